"""How a call ended, from what the carrier saw."""

import json

from ivr.emulator.happenings import Alerted, WebhookMade
from ivr.emulator.softphone.wire import Shown
from ivr.terminal_phone.cast import Cast
from ivr.terminal_phone.record import Record
from tests.ivr.terminal_phone.telling import (
    CALLER,
    LEVEL_1,
    SIDS,
    answered,
    at,
    bridged,
    dialled,
    ended,
    rang,
    silenced,
    spoke,
)

NOTIFIED = "Thank you. The escalation is under way, and the shift manager is being told by mail."


def recorded(cast: Cast, *happenings: Shown) -> Record:
    record = Record(cast)
    for shown in happenings:
        record.tell(shown)
    return record


def webhook(kind: str, handset: str = CALLER, status: int = 200, **parameters: str) -> WebhookMade:
    sid = SIDS[handset]
    return WebhookMade(
        at=at(1), kind=kind, call_sid=sid, method="POST", url="", parameters=parameters, status=status, body=""
    )


def test_music_on_hold_is_no_turn_but_keys_and_the_end_of_the_hold_are(cast: Cast) -> None:
    on_hold = [webhook("voice"), webhook("wait"), webhook("redirect"), webhook("redirect"), webhook("action")]
    off_hold = [webhook("action", QueueResult="bridged"), webhook("redirect")]

    assert recorded(cast, dialled(), *on_hold).ending(()).turns == 2
    assert recorded(cast, dialled(), *on_hold, *off_hold).ending(()).turns == 4


def test_bridged_with_a_manager_is_reached(cast: Cast) -> None:
    ending = recorded(cast, dialled(), spoke(1, NOTIFIED), rang(2), answered(5), bridged(9)).ending(())
    assert ending.outcome == "reached"
    assert ending.reached == cast.managers[0]


def test_answered_without_a_bridge_is_not_reached(cast: Cast) -> None:
    assert recorded(cast, dialled(), spoke(1, NOTIFIED), rang(2), answered(5)).ending(()).outcome == "exhausted"


def test_bridged_with_the_duty_phone_is_no_level(cast: Cast) -> None:
    assert recorded(cast, dialled(), bridged(9, CALLER, cast.duty.number)).ending(()).outcome == "not-escalated"


def test_the_caller_who_leaves_before_a_talk_has_abandoned_it(cast: Cast) -> None:
    record = recorded(cast, dialled(), spoke(1, NOTIFIED), rang(2))
    record.hangs_up(cast.caller)
    assert record.ending(()).outcome == "abandoned"


def test_a_manager_who_hangs_up_abandons_nothing(cast: Cast) -> None:
    record = recorded(cast, dialled(), spoke(1, NOTIFIED), rang(2))
    record.hangs_up(cast.managers[0])
    assert record.ending(()).outcome == "exhausted"


def test_whoever_leaves_before_the_escalation_has_not_escalated(cast: Cast) -> None:
    record = recorded(cast, dialled(), spoke(1, "Hello."))
    record.hangs_up(cast.caller)
    assert record.ending(()).outcome == "not-escalated"


def test_turns_are_the_answered_voice_webhooks_of_the_callers_leg(cast: Cast) -> None:
    asked = [webhook("voice"), webhook("action"), webhook("status"), webhook("screening", LEVEL_1)]
    assert recorded(cast, dialled(), rang(1), *asked).ending(()).turns == 2


def test_what_was_cut_off_counts_as_far_as_it_was_heard(cast: Cast) -> None:
    happenings = (spoke(1, "Hello."), spoke(2, "For English"), silenced(3, "For–"), spoke(4, "Für"), silenced(4, "–"))
    assert recorded(cast, dialled(), *happenings).ending(()).heard == ("Hello.", "For–")


def test_the_call_is_over_with_its_last_leg(cast: Cast) -> None:
    record = Record(cast)
    assert not record.is_over
    for shown in (dialled(), rang(1), ended(5)):
        record.tell(shown)
        assert not record.is_over
    record.tell(ended(6, LEVEL_1, "canceled"))
    assert record.is_over


def test_trouble_is_a_failure(cast: Cast) -> None:
    alert = Alerted(at=at(1), code=12100, level="error", text="Document parse failure", call_sid=SIDS[CALLER], url="")
    sorry = spoke(1, "I am sorry. Something went wrong on our side.")
    assert len(recorded(cast, dialled(), alert, sorry, webhook("action", status=500)).failures) == 3


def test_the_trouble_of_other_calls_is_not_ours(cast: Cast) -> None:
    alert = Alerted(at=at(1), code=12100, level="error", text="", call_sid="CA-other", url="")
    assert recorded(cast, dialled(), alert).failures == []


def test_the_json_line_has_exactly_its_keys(cast: Cast) -> None:
    ending = recorded(cast, dialled(), spoke(1, "Hello.")).ending(("grace",))
    assert json.loads(ending.as_json()) == {
        "outcome": "not-escalated", "level": None, "title": None, "turns": 0, "heard": ["Hello."], "reasons": ["grace"],
    }  # fmt: skip
    assert "\n" not in ending.as_json()


def test_reasons_that_cannot_be_known_are_left_out(cast: Cast) -> None:
    assert "reasons" not in json.loads(recorded(cast, dialled()).ending(None).as_json())


def test_the_ending_in_a_sentence(cast: Cast) -> None:
    assert recorded(cast, dialled()).ending(("closed",)).as_sentence() == "Not escalated (closed)."
    reached = recorded(cast, dialled(), rang(1), bridged(9)).ending(())
    assert reached.as_sentence() == "Reached: the caller talked to Level 1, the Support Operations Manager."
