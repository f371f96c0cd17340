"""The carrier guesses that a mailbox has picked up: a hint for people, by which nothing is decided."""

from collections.abc import Iterator

import pytest

from db.history import history
from flows.rules.ring_outcome import Guess
from ivr.line.timeline import timeline as events
from ivr.line.timeline_words import sentence
from tests.calls.stage import Stage, on_stage


@pytest.fixture
def stage(sqlite_url: str) -> Iterator[Stage]:
    """A line that pays for the guess."""
    with on_stage(sqlite_url, machine_detection=True) as told:
        yield told


def timeline(stage: Stage) -> list[str]:
    """What is written down about the ticket."""
    with stage.line.parts.store.reading() as work:
        return [sentence(event) for event in events(history(work, "48213"))]


def guesses(stage: Stage) -> list[str | None]:
    """What the carrier thinks of each ring."""
    with stage.line.parts.store.reading() as work:
        attempts = work.attempts.of_ticket("48213")
        return [ring.guess for attempt in attempts for ring in work.rings.of_attempt(attempt.id)]


def test_a_mailbox_is_told_the_caller_and_the_ladder_goes_on(stage: Stage) -> None:
    stage.level_1.be_mailbox("You have reached Dana. I am not at my desk. Please leave a message after the tone.")
    stage.escalates()
    stage.caller.hears("A mailbox answered for the Support Operations Manager", within=180)
    stage.level_2.rings()
    stage.caller.hang_up()

    assert guesses(stage) == [Guess.MACHINE.value, None]
    assert any("not-accepted (a mailbox, the carrier thinks)" in each for each in timeline(stage))
    stage.ends(mails=1)


def test_a_manager_whom_the_carrier_takes_for_a_machine_is_joined_all_the_same(stage: Stage) -> None:
    stage.escalates()
    stage.level_1.rings()
    stage.level_1.answer()
    stage.level_1.begins_to_hear("Press 1 to accept")
    with stage.line.parts.store.writing() as work:
        (attempt,) = work.attempts.of_ticket("48213")
        (ring,) = work.rings.of_attempt(attempt.id)
        work.rings.guess(ring.id, Guess.MACHINE)
    stage.level_1.press("1")
    stage.caller.talks_to(stage.level_1)
    stage.caller.hang_up()

    assert stage.rings() == [("Support Operations Manager", "talked")]
    stage.ends(mails=1)


def test_a_person_is_a_person(stage: Stage) -> None:
    stage.escalates()
    stage.accepts(stage.level_1)
    stage.caller.talks_to(stage.level_1)
    stage.exchange.pass_time(10)
    stage.caller.hang_up()

    assert guesses(stage) == [Guess.PERSON.value]
    stage.ends(mails=1)
