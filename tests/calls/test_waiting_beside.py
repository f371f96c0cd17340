"""Two callers, one ticket: the second one may wait on the same attempt, and hears how it goes."""

from datetime import timedelta

import pytest

from ivr.emulator.handset import Handset
from tests.calls.company import MARCUS
from tests.calls.stage import Stage

COLLEAGUE = "+12025550124"


@pytest.fixture
def colleague(stage: Stage) -> Handset:
    """Phones about the same ticket while Level 1 rings for the first caller, and waits."""
    second = stage.exchange.handset(COLLEAGUE, name="colleague")
    stage.escalates()
    stage.level_1.rings()
    stage.calls_in_english(second)
    second.press("48213#")
    second.begins_to_hear("To wait on the line and hear how that call goes, press 1")
    second.press("1")
    second.begins_to_hear("I will tell you how the other call goes")
    return second


def test_the_waiting_caller_hears_each_level_and_that_a_manager_has_picked_up(
    stage: Stage, colleague: Handset
) -> None:
    colleague.begins_to_hear("The Support Operations Manager is being called now")
    stage.level_1.decline()
    colleague.hears("The Senior Director of Support is being called now", within=60)
    stage.accepts(stage.level_2)
    stage.caller.talks_to(stage.level_2)
    colleague.hears("The Senior Director of Support has picked up, and is talking with the other caller now", within=60)
    colleague.hears("is still talking with the other caller", within=60)

    stage.caller.hang_up()
    colleague.hears("The other caller has talked with a manager about this ticket", within=60)
    colleague.hears("their phones rest now. You can escalate again from today at 11:0")
    colleague.hang_up()
    stage.level_2.call_ends()
    stage.exchange.pass_time(600)

    assert stage.outcomes() == ["reached"]
    assert stage.rings() == [("Support Operations Manager", "busy"), ("Senior Director of Support", "talked")]
    stage.ends(mails=2)


def test_when_nobody_is_reached_the_waiting_caller_can_leave_a_message(stage: Stage, colleague: Handset) -> None:
    stage.level_2.be_busy()
    stage.level_1.decline()
    colleague.hears("The other call is over. Nobody could be reached", within=120)
    colleague.hears("To leave a message for the shift manager, press 1")
    colleague.press("1")
    colleague.hears("(beep)")
    colleague.says("We both tried.")
    colleague.press("#")
    colleague.hears("To keep it, press 1")
    colleague.press("1")
    colleague.call_ends()
    stage.caller.call_ends()

    assert stage.outcomes() == ["exhausted"]
    assert sum(subject.startswith("Message left") for subject in stage.subjects()) == 1
    stage.ends(mails=3)


def test_when_the_first_caller_leaves_the_rules_decide_for_the_waiting_one(stage: Stage, colleague: Handset) -> None:
    stage.caller.hang_up()
    colleague.hears("The other call is over", within=60)
    colleague.hears("their phones rest now")
    colleague.hang_up()

    assert stage.outcomes() == ["abandoned"]
    assert len(stage.rings()) == 1
    stage.ends(mails=1)


def test_a_key_brings_the_choices_and_the_first_call_is_not_disturbed(stage: Stage, colleague: Handset) -> None:
    colleague.begins_to_hear("is being called now")
    colleague.press("5")
    colleague.begins_to_hear("To wait on the line and hear how that call goes, press 1")
    colleague.press("1")
    colleague.begins_to_hear("I will tell you how the other call goes")
    colleague.hang_up()
    stage.accepts(stage.level_1)
    stage.caller.talks_to(stage.level_1)
    stage.caller.hang_up()
    stage.level_1.call_ends()
    stage.exchange.pass_time(600)

    assert stage.outcomes() == ["reached"]
    stage.ends(mails=2)


def test_an_attempt_that_nobody_leads_any_more_lets_the_waiting_caller_escalate(
    stage: Stage, colleague: Handset
) -> None:
    with stage.line.parts.store.writing() as work:
        (attempt,) = work.attempts.of_ticket("48213")
        work.claims.renew(attempt.id, stage.exchange.now())     # as if the process that led it had died long ago
    colleague.hears("The other call is over", within=60)
    colleague.hears("may be escalated")
    colleague.hang_up()
    stage.caller.hang_up()

    assert len(stage.outcomes()) == 1, "nobody has escalated a second time"
    stage.ends(mails=1)


def test_a_level_that_was_passed_over_is_not_said_to_be_called(stage: Stage) -> None:
    stage.escalates()
    stage.accepts(stage.level_1)
    stage.caller.talks_to(stage.level_1)
    stage.caller.hang_up()
    stage.exchange.pass_time(61 * 60)
    with stage.line.parts.store.writing() as work:
        now = stage.exchange.now()
        work.absences.set(MARCUS, now + timedelta(hours=1), now, "a story")
    second = stage.exchange.handset(COLLEAGUE, name="colleague")
    stage.escalates()
    stage.level_1.rings()
    stage.calls_in_english(second)
    second.press("48213#")
    second.begins_to_hear("To wait on the line and hear how that call goes, press 1")
    second.press("1")
    second.begins_to_hear("The Support Operations Manager is being called now")
    second.hang_up()
    stage.caller.hang_up()

    assert ("Senior Director of Support", "off-duty") in stage.rings()
    assert not any("The Senior Director of Support is being called" in heard for heard in second.heard)
    stage.ends(mails=3)
