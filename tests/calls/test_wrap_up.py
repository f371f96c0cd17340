"""When the talk ends: nothing is said that is not so, and the manager can always state how it goes on."""

import pytest

from tests.calls.own_line import DANA
from tests.calls.promising import asked_how_it_goes_on, talks, told
from tests.calls.stage import Stage


@pytest.fixture
def ring_mode() -> str:
    """Only who was rung beside the caller keeps a leg on which to be asked."""
    return "hold"


def heard(stage: Stage) -> str:
    """Everything the caller has heard."""
    return " ".join(stage.caller.phone.transcript.lines())


def test_a_manager_hears_of_the_star_key_before_the_talk(stage: Stage) -> None:
    stage.escalates()
    stage.accepts(stage.level_1)
    stage.level_1.hears("Connecting you now. Star brings the menu")
    stage.caller.talks_to(stage.level_1)
    stage.caller.hang_up()
    stage.ends(mails=1)


def test_after_a_plain_hang_up_nobody_is_said_to_be_noting_anything(stage: Stage) -> None:
    talks(stage)
    stage.level_1.hang_up()
    stage.caller.begins_to_hear("You are back on the escalation line", within=10)
    stage.caller.hang_up()
    assert "is noting how it goes on" not in heard(stage)
    stage.ends(mails=1)


def test_while_the_manager_is_noting_there_is_no_ringing_to_stop(stage: Stage) -> None:
    talks(stage)
    asked_how_it_goes_on(stage)
    stage.caller.hears("is noting how it goes on")
    stage.caller.press("5")
    offered = stage.caller.begins_to_hear("To keep waiting, press 1")
    assert "stop ringing" not in offered
    stage.caller.press("2")
    stage.caller.begins_to_hear("That key does nothing here")
    stage.caller.press("9")
    stage.caller.hears("Thank you for calling. Goodbye")
    stage.caller.call_ends()
    assert stage.outcomes() == ["reached"]
    stage.ends(mails=1)


def test_back_to_a_caller_who_has_left_leads_to_the_menu_and_terms_can_still_be_stated(stage: Stage) -> None:
    talks(stage)
    asked_how_it_goes_on(stage)
    stage.caller.hang_up()
    stage.level_1.press("*")
    stage.level_1.begins_to_hear("The caller is no longer on hold", within=60)
    stage.level_1.press("2")
    stage.level_1.begins_to_hear("Key the minutes")
    stage.level_1.press("30#")
    stage.level_1.hears("You have promised an answer by")
    assert told(stage) == [(DANA, "open")]
    stage.ends(mails=1)


def test_a_caller_who_has_left_is_not_handed_up(stage: Stage) -> None:
    talks(stage)
    asked_how_it_goes_on(stage)
    stage.caller.hang_up()
    stage.level_1.press("3")
    stage.level_1.begins_to_hear("The caller is no longer on hold")
    stage.level_1.press("1")
    stage.level_1.hears("Noted as resolved")
    assert [outcome for _, outcome in stage.rings()] == ["talked"]
    stage.ends(mails=1)


def test_a_caller_who_is_being_asked_meanwhile_is_not_handed_up_behind_their_back(stage: Stage) -> None:
    talks(stage)
    asked_how_it_goes_on(stage)
    stage.level_1.begins_to_hear("I did not hear a key", within=40)
    stage.exchange.pass_time(15)
    stage.level_1.press("7")
    stage.caller.begins_to_hear("If this is resolved for you, press 1", within=30)
    stage.level_1.press("3")
    stage.level_1.begins_to_hear("The caller is no longer on hold")
    stage.caller.press("2")
    stage.level_2.rings()
    stage.caller.hang_up()
    stage.ends(mails=1)


@pytest.mark.parametrize("key", ["7", "0", "5"])
def test_keys_that_mean_nothing_are_asked_again(stage: Stage, key: str) -> None:
    talks(stage)
    asked_how_it_goes_on(stage).press(key)
    stage.level_1.begins_to_hear("That key does nothing here")
    stage.level_1.press("1")
    stage.level_1.hears("Noted as resolved")
    stage.caller.hang_up()
    stage.ends(mails=1)
