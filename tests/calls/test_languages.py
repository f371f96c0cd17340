"""The line speaks the caller's language from the choice on, times and titles included."""

import pytest

from tests.calls.stage import LINE, Stage


@pytest.mark.parametrize(
    ("key", "ask", "allowed", "under_way", "title"),
    [
        ("2", "Ticketnummer", "eskaliert", "Schichtleitung", "Leitung Supportbetrieb"),
        ("3", "номер", "эскал", "менеджер", "уководител"),
    ],
    ids=["German", "Russian"],
)
def test_an_escalation_in(stage: Stage, key: str, ask: str, allowed: str, under_way: str, title: str) -> None:
    stage.caller.dial(LINE)
    stage.caller.begins_to_hear("escalation line")
    stage.caller.press(key)
    stage.caller.hears(ask)
    stage.caller.press("48213#")
    stage.caller.begins_to_hear(allowed)
    stage.caller.press("1")
    stage.caller.begins_to_hear(under_way)
    stage.level_1.rings()
    assert title in "\n".join(stage.caller.heard)
    stage.caller.hang_up()
    stage.ends(mails=1)


def test_whoever_does_not_choose_is_served_in_the_first_language(stage: Stage) -> None:
    stage.caller.dial(LINE)
    stage.caller.hears("For English, press 1")
    stage.caller.hears("Please choose a language")
    stage.caller.hears("Please key in your ticket number", within=60)
    stage.caller.hang_up()
    stage.ends(mails=0)


def test_a_key_without_a_language_is_asked_again(stage: Stage) -> None:
    stage.caller.dial(LINE)
    stage.caller.begins_to_hear("For English, press 1")
    stage.caller.press("8")
    stage.caller.begins_to_hear("That key is not on the list")
    stage.caller.press("1")
    stage.caller.hears("Please key in your ticket number")
    stage.caller.hang_up()
    stage.ends(mails=0)
