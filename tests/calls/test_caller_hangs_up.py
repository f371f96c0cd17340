"""The caller leaves, at every step: nobody is rung afterwards, and the attempt costs what it should."""

from collections.abc import Callable

import pytest

from tests.calls.stage import LINE, Stage


def at_the_greeting(stage: Stage) -> None:
    stage.caller.dial(LINE)
    stage.caller.begins_to_hear("escalation line")


def at_the_ticket_number(stage: Stage) -> None:
    stage.calls_in_english()


def in_the_middle_of_keying(stage: Stage) -> None:
    stage.calls_in_english()
    stage.caller.press("482")


def after_a_refusal(stage: Stage) -> None:
    stage.calls_in_english()
    stage.caller.press("48218#")
    stage.caller.hears("closed")


def before_confirming(stage: Stage) -> None:
    stage.calls_in_english()
    stage.caller.press("48213#")
    stage.caller.begins_to_hear("may be escalated")


@pytest.mark.parametrize(
    "reach", [at_the_greeting, at_the_ticket_number, in_the_middle_of_keying, after_a_refusal, before_confirming]
)
def test_before_the_ladder_starts_it_costs_nothing(stage: Stage, reach: Callable[[Stage], None]) -> None:
    reach(stage)
    stage.caller.hang_up()
    assert stage.outcomes() == []
    stage.ends(mails=0)


def test_while_the_first_phone_rings_it_stops_ringing(stage: Stage) -> None:
    stage.escalates()
    stage.level_1.rings()
    stage.caller.hang_up()
    stage.level_1.stops_ringing(within=3)

    assert stage.rings() == [("Support Operations Manager", "caller-left")]
    assert stage.outcomes() == ["abandoned"]
    stage.ends(mails=1)


def test_while_the_manager_hears_the_story(stage: Stage) -> None:
    stage.escalates()
    stage.level_1.rings()
    stage.level_1.answer()
    stage.level_1.begins_to_hear("Escalation")
    stage.caller.hang_up()
    stage.level_1.call_ends()

    assert stage.outcomes() == ["abandoned"]
    stage.ends(mails=1)


def test_while_they_talk_it_counts_as_reached(stage: Stage) -> None:
    stage.escalates()
    stage.accepts(stage.level_1)
    stage.caller.talks_to(stage.level_1)
    stage.caller.hang_up()
    stage.level_1.call_ends()

    assert stage.rings() == [("Support Operations Manager", "talked")]
    assert stage.outcomes() == ["reached"]
    stage.ends(mails=1)


def test_while_the_second_phone_rings(stage: Stage) -> None:
    stage.level_1.be_busy()
    stage.escalates()
    stage.level_2.rings()
    stage.caller.hang_up()
    stage.level_2.stops_ringing(within=3)

    assert stage.outcomes() == ["abandoned"]
    stage.ends(mails=1)


def test_when_asked_whether_it_is_resolved(stage: Stage) -> None:
    stage.escalates()
    stage.accepts(stage.level_1)
    stage.caller.talks_to(stage.level_1)
    stage.level_1.hang_up()
    stage.caller.begins_to_hear("back on the escalation line")
    stage.caller.hang_up()

    assert stage.outcomes() == ["reached"]
    stage.ends(mails=1)
