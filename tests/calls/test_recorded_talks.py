"""Talks are recorded where the line does so and the caller agrees by a key; both are told, and nothing else is."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from db.repositories.talk_recordings import TalkRecording
from ivr.line import privacy
from tests.calls.stage import CONTACT, Stage, on_stage

MAY_WE = "May your talk with the manager be recorded?"
TOLD = "This talk is recorded; the customer has agreed."

ANSWERS = {"2": "escalation is under way", "7": "does nothing here"}


@pytest.fixture
def stage(database_url: str) -> Iterator[Stage]:
    """A line that records talks, with callers on hold."""
    with on_stage(database_url) as told:
        records(told)
        yield told


def records(stage: Stage) -> None:
    with stage.line.parts.store.writing() as work:
        _, routing = work.routing.current()
        line = replace(routing.lines[0], record_talks=True)
        work.routing.publish(replace(routing, lines=(line,)), by="test", note="", at=stage.exchange.now())


def is_asked(stage: Stage) -> None:
    """Escalate; the line then asks whether the talk may be recorded."""
    stage.calls_in_english()
    stage.caller.press("48213#")
    stage.caller.begins_to_hear("may be escalated")
    stage.caller.press("1")
    stage.caller.begins_to_hear(MAY_WE)


def talks(stage: Stage) -> None:
    """Level 1 accepts; after a while the caller hangs up, and the manager says no more."""
    stage.accepts(stage.level_1)
    stage.caller.talks_to(stage.level_1)
    stage.exchange.pass_time(20)
    stage.caller.hang_up()
    stage.level_1.hang_up()


def recorded(stage: Stage) -> list[TalkRecording]:
    """What is kept of this caller's talks."""
    with stage.line.parts.store.reading() as work:
        (call,) = work.personal.calls_of(CONTACT)
        return work.talk_recordings.of_call(str(call["sid"]))


def recordings_at_the_carrier(stage: Stage) -> list[str]:
    stage.mails()
    return list(stage.exchange.office.recordings)


def test_a_caller_who_agrees_is_recorded_with_the_manager(stage: Stage) -> None:
    is_asked(stage)
    stage.caller.press("1")
    stage.caller.begins_to_hear("escalation is under way")
    talks(stage)

    (talk,) = recorded(stage)
    assert talk.seconds >= 20
    assert any(TOLD in line for line in stage.level_1.transcript)
    assert recordings_at_the_carrier(stage) == [talk.recording_sid]
    stage.ends(mails=1)


@pytest.mark.parametrize("keys", ["2", "", "7", "72"])
def test_whoever_does_not_agree_is_escalated_without_a_recording(stage: Stage, keys: str) -> None:
    is_asked(stage)
    for key in keys:
        stage.caller.press(key)
        stage.caller.begins_to_hear(ANSWERS[key])
    if not keys.endswith("2"):
        stage.caller.begins_to_hear("escalation is under way", within=60)
    talks(stage)

    assert recorded(stage) == []
    assert not any("recorded" in line for line in stage.level_1.transcript)
    assert recordings_at_the_carrier(stage) == []
    stage.ends(mails=1)


def test_star_asks_again(stage: Stage) -> None:
    is_asked(stage)
    stage.caller.press("*")
    stage.caller.begins_to_hear(MAY_WE)
    stage.caller.hang_up()
    assert stage.rings() == []
    stage.ends(mails=0)


def test_a_manager_who_goes_back_to_the_caller_makes_a_second_recording(stage: Stage) -> None:
    is_asked(stage)
    stage.caller.press("1")
    stage.accepts(stage.level_1)
    stage.caller.talks_to(stage.level_1)
    stage.exchange.pass_time(5)
    stage.level_1.press("*")
    stage.level_1.begins_to_hear("to go back to the caller")
    stage.level_1.press("*")
    stage.caller.talks_to(stage.level_1)
    stage.exchange.pass_time(5)
    stage.caller.hang_up()
    stage.level_1.hang_up()

    assert len(recorded(stage)) == 2
    stage.ends(mails=1)


def test_whoever_is_forgotten_is_forgotten_at_the_carrier_too(stage: Stage) -> None:
    is_asked(stage)
    stage.caller.press("1")
    talks(stage)
    assert len(recordings_at_the_carrier(stage)) == 1
    stage.exchange.nothing_else_happens()

    with stage.line.parts.store.writing() as work:
        (call,) = work.personal.calls_of(CONTACT)
        assert len(privacy.kept_about(work, CONTACT).calls[0]["talks"]) == 1
        privacy.forget(work, work.routing.current()[1], CONTACT, stage.exchange.now())
    assert recordings_at_the_carrier(stage) == []
    with stage.line.parts.store.reading() as work:
        assert work.talk_recordings.of_call(str(call["sid"])) == []


def test_where_phones_are_dialled_from_the_callers_leg_nobody_is_asked(database_url: str) -> None:
    with on_stage(database_url, ring_mode="dial") as stage:
        records(stage)
        stage.escalates()
        stage.accepts(stage.level_1)
        stage.caller.talks_to(stage.level_1)
        stage.caller.hang_up()
        assert recordings_at_the_carrier(stage) == []
        stage.ends(mails=1)
