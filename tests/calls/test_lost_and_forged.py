"""Callbacks that never come, come late, or come from somebody else."""

import requests

from ivr.emulator.chaos import Mischief
from tests.calls.stage import Stage


def everything(stage: Stage) -> list[tuple[object, ...]]:
    """All that the line remembers of calls, to see that nothing has changed."""
    with stage.line.parts.store.reading() as work:
        calls = work.calls.recent(100)
        return [(call, *work.turns.of(call.sid)) for call in calls]


def test_a_lost_hang_up_is_noticed_and_the_ticket_is_free_again(stage: Stage) -> None:
    stage.escalates()
    stage.accepts(stage.level_1)
    stage.caller.talks_to(stage.level_1)
    stage.level_1.hang_up()
    stage.caller.begins_to_hear("back on the escalation line")
    stage.exchange.be_unkind(Mischief(drop=1.0))
    stage.caller.hang_up()
    stage.exchange.pass_time(5 * 60)
    assert stage.outcomes() == [None]

    assert stage.line.parts.switchboard.sweep() > 0
    assert stage.line.parts.switchboard.sweep() == 0
    assert stage.outcomes() == ["reached"]
    stage.ends(mails=2)


def test_callbacks_that_are_late_doubled_and_out_of_order_change_nothing_for_people(stage: Stage) -> None:
    stage.exchange.be_unkind(Mischief(delay=5.0, duplicate=0.5, reorder=0.5))
    stage.level_1.be_busy()
    stage.escalates()
    stage.accepts(stage.level_2)
    stage.caller.talks_to(stage.level_2)
    stage.caller.hang_up()
    stage.exchange.pass_time(30)

    assert [outcome for _, outcome in stage.rings()] == ["busy", "talked"]
    assert stage.outcomes() == ["reached"]
    stage.ends(mails=1)


def test_an_unsigned_or_forged_webhook_changes_nothing(stage: Stage) -> None:
    stage.calls_in_english()
    before = everything(stage)
    for made in [made for made in stage.exchange.log if made.status == 200]:
        for headers in ({}, {"X-Twilio-Signature": "AAAAAAAAAAAAAAAAAAAAAAAAAAA="}):
            answer = requests.post(made.url, data=made.parameters, headers=headers, timeout=10)
            assert answer.status_code == 403
    assert everything(stage) == before
    stage.caller.hang_up()
    stage.ends(mails=0)


def test_a_hang_up_reported_twice_ends_the_attempt_once(stage: Stage) -> None:
    stage.escalates()
    stage.level_1.rings()
    stage.caller.hang_up()
    stage.exchange.pass_time(1)
    (call,) = [call for call, *_ in everything(stage)]
    stage.line.parts.switchboard.hung_up(call.sid)  # type: ignore[attr-defined]

    assert stage.outcomes() == ["abandoned"]
    stage.ends(mails=1)


def test_a_number_that_is_no_line_of_ours_gets_an_apology(stage: Stage) -> None:
    stage.exchange.line("+12025550151", voice_url=f"{stage.line.url}/voice/incoming")
    stage.caller.dial("+12025550151")
    stage.caller.hears("Something went wrong on our side")
    stage.caller.hang_up()
    stage.ends(mails=0)
