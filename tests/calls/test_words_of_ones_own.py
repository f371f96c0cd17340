"""What an admin has the line say is said from the next call on; who is on the line hears the words he began with."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.calls.stage import LINE, Stage, on_stage


@pytest.fixture
def stage(database_url: str) -> Iterator[Stage]:
    """Words do not depend on the way of ringing."""
    with on_stage(database_url) as told:
        yield told


def rewords(stage: Stage, **voices: str) -> None:
    with stage.line.parts.store.writing() as work:
        _, routing = work.routing.current()
        words = {"en": {"ticket.ask": "Your ticket number, please.", "severity.urgent": "all is down"},
                 "de": {"ticket.ask": "Ihre Ticketnummer, bitte."}}
        work.routing.publish(replace(routing, words=words, voices=voices), by="test", note="", at=stage.exchange.now())


def test_the_next_call_hears_them_and_the_running_one_does_not(stage: Stage) -> None:
    stage.caller.dial(LINE)
    stage.caller.begins_to_hear("For English, press 1")
    rewords(stage)
    stage.caller.press("1")
    stage.caller.begins_to_hear("Please key in your ticket number")
    stage.caller.hang_up()

    stage.caller.dial(LINE)
    stage.caller.press("1")
    stage.caller.begins_to_hear("Your ticket number, please.")
    stage.caller.hang_up()
    stage.ends(mails=0)


def test_each_language_has_its_own(stage: Stage) -> None:
    rewords(stage)
    stage.caller.dial(LINE)
    stage.caller.press("2")
    stage.caller.begins_to_hear("Ihre Ticketnummer, bitte.")
    stage.caller.hang_up()
    stage.ends(mails=0)


def test_another_voice_says_them(stage: Stage) -> None:
    rewords(stage, en="Polly.Amy")
    stage.caller.dial(LINE)
    stage.caller.press("1")
    stage.caller.begins_to_hear("Your ticket number, please.")
    with stage.line.parts.store.reading() as work:
        asked = work.turns.of(stage.exchange.log[0].call_sid)[-1].document
    assert '<Say language="en-GB" voice="Polly.Amy">Your ticket number, please.</Say>' in asked
    stage.caller.hang_up()
    stage.ends(mails=0)
