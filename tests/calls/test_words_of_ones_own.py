"""What an admin has the line say is said from the next call on; who is on the line hears the words he began with."""

from collections.abc import Iterator
from dataclasses import replace
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from flows.prompts.recorded import Recorded
from tests.calls.stage import LINE, Stage, on_stage
from tests.ivr.line.sounds import wav

SILENCE = wav(1)


@pytest.fixture
def stage(database_url: str) -> Iterator[Stage]:
    """Words do not depend on the way of ringing."""
    with on_stage(database_url) as told:
        yield told


SAYS = "Your ticket number, please."


def records(stage: Stage, says: str) -> str:
    """There is a recording for the question of the ticket number; its sound's address."""
    with stage.line.parts.store.writing() as work:
        _, routing = work.routing.current()
        sound = work.sounds.add(SILENCE, 1000, "olga", stage.exchange.now())
        recordings = {"en": {"ticket.ask": Recorded(says=says, sound=sound)}}
        work.routing.publish(replace(routing, recordings=recordings), by="test", note="", at=stage.exchange.now())
    return f"{stage.line.url}/sounds/{sound}.wav"


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


def test_a_recording_is_played_where_the_line_says_what_it_says(stage: Stage) -> None:
    rewords(stage)
    address = records(stage, SAYS)
    stage.caller.dial(LINE)
    stage.caller.press("1")
    stage.caller.begins_to_hear(f"(plays {address})")
    stage.caller.press("48213#")
    stage.caller.begins_to_hear("To escalate")
    stage.caller.hang_up()

    with urlopen(address) as answer:
        assert (answer.read(), answer.headers["Content-Type"]) == (SILENCE, "audio/wav")
    with stage.line.parts.store.reading() as work:
        told = [text for turn in work.turns.of(stage.exchange.log[0].call_sid) for _, text in turn.said]
    assert SAYS in told, "the timeline tells the words"
    stage.ends(mails=0)


def test_a_recording_of_other_words_is_not_played(stage: Stage) -> None:
    records(stage, SAYS)
    stage.caller.dial(LINE)
    stage.caller.press("1")
    stage.caller.begins_to_hear("Please key in your ticket number")
    stage.caller.hang_up()
    stage.ends(mails=0)


@pytest.mark.parametrize("name", ["0" * 64, "x", "..%2F..%2Fetc%2Fpasswd"])
def test_there_are_no_other_sounds(stage: Stage, name: str) -> None:
    with pytest.raises(HTTPError, match="404"):
        urlopen(f"{stage.line.url}/sounds/{name}.wav")
    stage.ends(mails=0)
