"""Somebody guesses PINs, perhaps with a forged calling number: it gets slower and slower, and tells nothing."""

import re
from datetime import datetime, timedelta

import pytest

from ivr.emulator.handset import Handset
from ivr.line.own_line import TERMS
from tests.calls.own_line import DANA, MARCUS, PIN, WRONG, acts, calls_own_line, gives_pin
from tests.calls.stage import Stage

EITHER = re.compile("Thank you|not right")


@pytest.fixture
def ring_mode() -> str:
    """Nobody is rung in these stories."""
    return "hold"


def guesses(stage: Stage, phone: Handset, times: int) -> None:
    """Key a wrong PIN so many times, three in each call."""
    for before in range(times):
        if before % 3 == 0:
            calls_own_line(stage, phone)
        phone.press(WRONG)
        phone.begins_to_hear("That PIN is not right")
        if before % 3 == 2:
            phone.call_ends()
    if phone.state != "idle":
        phone.hang_up()


def gets_in(stage: Stage, phone: Handset | None = None, pin: str = PIN) -> bool:
    """Call once more and key the right PIN; whether it opens the line."""
    manager = phone or stage.level_1
    calls_own_line(stage, manager)
    manager.press(pin)
    told = manager.begins_to_hear(EITHER)
    manager.hang_up()
    return told.startswith("Thank you")


def locked(stage: Stage, person: str = DANA) -> datetime | None:
    """Until when the person's PIN is locked."""
    with stage.line.parts.store.reading() as work:
        return work.pins.of([person])[person].locked_until


def test_after_three_wrong_pins_the_call_is_over(stage: Stage) -> None:
    gives_pin(stage)
    guesses(stage, stage.level_1, 3)

    assert stage.level_1.heard[-1].endswith("the administrator of this line can give you a new one. Goodbye.")
    assert acts(stage) == [("", "wrong-pin")] * 3
    assert locked(stage) is None
    stage.ends(mails=0)


def test_asking_again_gives_no_tries_back(stage: Stage) -> None:
    gives_pin(stage)
    calls_own_line(stage, stage.level_1)
    for _ in range(3):
        stage.level_1.press("*#")
        stage.level_1.begins_to_hear("key your PIN")
        stage.level_1.press(WRONG)
        stage.level_1.begins_to_hear("That PIN is not right")
    stage.level_1.call_ends()

    assert len(acts(stage)) == 3
    stage.ends(mails=0)


def test_keys_that_can_be_no_pin_are_no_guess(stage: Stage) -> None:
    gives_pin(stage)
    calls_own_line(stage, stage.level_1)
    stage.level_1.press("7304#")
    stage.level_1.begins_to_hear("A PIN has six digits. Please key your PIN once more")
    stage.level_1.press(PIN)
    stage.level_1.begins_to_hear("Thank you, Dana Whitfield")
    stage.level_1.hang_up()

    assert acts(stage) == [(DANA, "came-in")]
    stage.ends(mails=0)


def test_a_manager_who_mistypes_twice_gets_in_and_all_is_forgotten(stage: Stage) -> None:
    gives_pin(stage)
    guesses(stage, stage.level_1, 4)
    assert gets_in(stage)
    guesses(stage, stage.level_1, 4)

    assert locked(stage) is None
    assert gets_in(stage)
    stage.ends(mails=0)


def test_five_wrong_pins_in_a_row_lock_it_and_the_right_one_then_sounds_as_wrong_as_any(stage: Stage) -> None:
    gives_pin(stage)
    guesses(stage, stage.level_1, 5)
    assert locked(stage) is not None

    calls_own_line(stage, stage.level_1)
    before = len(stage.level_1.heard)
    for pin in (PIN, WRONG, PIN):
        stage.level_1.press(pin)
        stage.level_1.begins_to_hear("That PIN is not right")
    stage.level_1.call_ends()
    told = stage.level_1.heard[before:]
    stage.exchange.pass_time(15 * 60)
    assert gets_in(stage)

    guesses(stage, stage.level_1, 3)
    assert stage.level_1.heard[-3:] == told[-3:], "a locked PIN sounds like a wrong one"
    stage.ends(mails=0)


def test_each_further_lock_lasts_twice_as_long(stage: Stage) -> None:
    gives_pin(stage)
    for minutes in (15, 30, 60):
        guesses(stage, stage.level_1, 5)
        until = locked(stage)
        assert until is not None
        assert timedelta(minutes=minutes - 1) < until - stage.exchange.now() <= timedelta(minutes=minutes)
        guesses(stage, stage.level_1, 2)
        assert locked(stage) == until, "guessing on does not prolong the lock"
        stage.exchange.pass_time(60 * 60)

    assert gets_in(stage)
    stage.ends(mails=0)


def test_who_guesses_for_many_people_shuts_the_line_for_an_hour(stage: Stage) -> None:
    """Each of them stays below the lock; the line counts them together."""
    gives_pin(stage)
    gives_pin(stage, MARCUS)
    for _ in range(TERMS.on_the_line // 8):
        guesses(stage, stage.level_1, 4)
        guesses(stage, stage.level_2, 4)
        assert gets_in(stage)
        assert gets_in(stage, stage.level_2)
    guesses(stage, stage.level_1, TERMS.on_the_line % 8)

    assert not gets_in(stage)
    assert not gets_in(stage, stage.level_2)
    stage.exchange.pass_time(60 * 60)
    assert gets_in(stage)
    stage.ends(mails=0)


def test_a_pin_that_was_taken_away_opens_nothing(stage: Stage) -> None:
    gives_pin(stage)
    calls_own_line(stage, stage.level_1)
    with stage.line.parts.store.writing() as work:
        work.pins.clear(DANA)
    stage.level_1.press(PIN)
    stage.level_1.begins_to_hear("That PIN is not right")
    stage.level_1.hang_up()

    assert acts(stage) == [("", "wrong-pin")]
    stage.ends(mails=0)
