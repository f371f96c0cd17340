"""A person with several phones is rung on one after the other, and no phone rings twice."""

from collections.abc import Iterator

import pytest

from flows.rules.ladder import Order
from tests.calls.company import (
    COLLEAGUE,
    DANA,
    DANA_AT_HOME,
    DIRECTOR,
    MARCUS,
    OPERATIONS,
    ladder_is,
    level,
    person_is,
)
from tests.calls.stage import LEVEL_1, LEVEL_2, Stage, on_stage


@pytest.fixture
def stage(stage: Stage) -> Stage:
    """Level 1 has a phone at home too."""
    person_is(stage, DANA, phones=(LEVEL_1, DANA_AT_HOME))
    return stage


@pytest.fixture
def on_hold(database_url: str) -> Iterator[Stage]:
    """Several phones ring at once only beside a caller on hold."""
    with on_stage(database_url, ring_mode="hold") as told:
        yield told


def test_the_second_phone_rings_when_the_first_is_not_answered(stage: Stage) -> None:
    at_home = stage.exchange.handset(DANA_AT_HOME, name="Level 1 at home")
    stage.level_1.no_answer()
    stage.escalates()
    at_home.rings(within=60)
    stage.accepts(at_home)
    stage.caller.talks_to(at_home)
    stage.caller.hang_up()
    if at_home.state == "talking":
        at_home.hang_up()

    assert stage.rings() == [(OPERATIONS, "no-answer"), (OPERATIONS, "talked")]
    assert stage.level_2.heard == []
    stage.ends(mails=1)


def test_whoever_passes_the_call_on_is_not_rung_on_the_other_phone(stage: Stage) -> None:
    at_home = stage.exchange.handset(DANA_AT_HOME, name="Level 1 at home")
    stage.escalates()
    stage.level_1.rings()
    stage.level_1.answer()
    stage.level_1.hears("Press 1 to accept")
    stage.level_1.press("2")
    stage.level_2.rings(within=30)
    stage.caller.hang_up()
    stage.exchange.pass_time(30)

    assert at_home.state == "idle"
    assert stage.rings() == [(OPERATIONS, "declined"), (DIRECTOR, "caller-left")]
    stage.ends(mails=1)


def test_a_phone_that_stands_on_two_levels_rings_once(stage: Stage) -> None:
    person_is(stage, MARCUS, phones=(DANA_AT_HOME, LEVEL_2))
    at_home = stage.exchange.handset(DANA_AT_HOME, name="shared phone")
    at_home.no_answer()
    stage.level_1.no_answer()
    stage.escalates()
    stage.level_2.rings(within=120)
    stage.caller.hang_up()

    assert [title for title, _ in stage.rings()] == [OPERATIONS, OPERATIONS, DIRECTOR]
    stage.ends(mails=1)


def test_whoever_talked_is_not_handed_the_call_as_the_next_level(stage: Stage) -> None:
    """Dana stands on both levels: what she hands up must not come back to her other phone."""
    at_home = stage.exchange.handset(DANA_AT_HOME, name="Level 1 at home")
    ladder_is(stage, level(OPERATIONS, DANA), level(DIRECTOR, DANA, MARCUS))
    stage.escalates()
    stage.accepts(stage.level_1)
    stage.caller.talks_to(stage.level_1)
    stage.level_1.hang_up()
    stage.caller.hears("To talk to the next level, press 2", within=60)
    stage.caller.press("2")
    stage.level_2.rings(within=30)
    stage.caller.hang_up()

    assert at_home.state == "idle"
    assert stage.rings() == [(OPERATIONS, "talked"), (DIRECTOR, "caller-left")]
    stage.ends(mails=1)


def test_together_the_first_phones_of_all_ring_then_the_second_ones(on_hold: Stage) -> None:
    stage = on_hold
    person_is(stage, DANA, phones=(LEVEL_1, DANA_AT_HOME))
    ladder_is(stage, level(OPERATIONS, DANA, "eve", order=Order.TOGETHER), level(DIRECTOR, MARCUS))
    colleague = stage.exchange.handset(COLLEAGUE, name="colleague")
    at_home = stage.exchange.handset(DANA_AT_HOME, name="Level 1 at home")
    stage.escalates()
    stage.level_1.rings()
    colleague.rings()
    assert at_home.state == "idle"
    at_home.rings(within=60)
    stage.accepts(at_home)
    stage.caller.talks_to(at_home)
    stage.caller.hang_up()
    if at_home.state == "talking":
        at_home.hang_up()

    assert stage.rings() == [(OPERATIONS, "no-answer"), (OPERATIONS, "no-answer"), (OPERATIONS, "talked")]
    stage.ends(mails=1)
