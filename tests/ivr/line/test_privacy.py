"""What is kept about callers: forgotten by age, shown and forgotten on request; the work on a ticket stays."""

import json
from collections.abc import Iterator
from datetime import timedelta

import pytest

from ivr.line.privacy import AT_ONCE, Retention, StillNeeded, forget, kept_about, number_meant
from tests.calls.stage import CONTACT, LEVEL_1, LINE, Stage, on_stage

YEAR = timedelta(days=365)
STRANGER = "+12025550177"


@pytest.fixture
def stage(database_url: str) -> Iterator[Stage]:
    """A customer has talked with a manager, and a stranger has heard a refusal."""
    with on_stage(database_url) as told:
        told.escalates()
        told.accepts(told.level_1)
        told.caller.talks_to(told.level_1)
        told.caller.hang_up()
        told.level_1.hang_up()
        stranger = told.exchange.handset(STRANGER, name="stranger")
        told.calls_in_english(stranger)
        stranger.press("48214#")
        stranger.begins_to_hear("30 minutes ago")
        stranger.hang_up()
        told.exchange.nothing_else_happens()
        told.mails()
        yield told


def kept(stage: Stage, number: str) -> tuple[int, int, int]:
    """How many calls, letters and tickets are kept about a number."""
    with stage.line.parts.store.reading() as work:
        found = kept_about(work, number)
    return len(found.calls), len(found.letters), len(found.tickets)


def test_what_is_kept_is_shown_word_for_word(stage: Stage) -> None:
    with stage.line.parts.store.reading() as work:
        shown = json.loads(kept_about(work, CONTACT).as_json())

    [call] = shown["calls"]
    assert "Please key in your ticket number, then press the pound key." in [
        sentence for turn in call["turns"] for sentence in turn["said"]
    ]
    assert shown["contact_of"]
    assert LEVEL_1 not in json.dumps(call), "managers' numbers are not the caller's business"


def test_forgotten_on_request_with_every_trace_and_nobody_else_is(stage: Stage) -> None:
    with stage.line.parts.store.writing() as work:
        _, routing = work.routing.current()
        done = forget(work, routing, CONTACT, stage.exchange.now())

    assert (len(done.calls), bool(done.letters), bool(done.tickets)) == (1, True, True)
    assert kept(stage, CONTACT) == (0, 0, 0)
    assert kept(stage, STRANGER)[0] == 1
    assert stage.outcomes() == ["reached"], "the work on the ticket stays"
    with stage.line.parts.store.reading() as work:
        [attempt] = work.attempts.of_ticket("48213")
        assert [ring.number for ring in work.rings.of_attempt(attempt.id)] == [""]
        assert work.turns.of(str(attempt.call_sid)) == []


def test_a_message_is_deleted_with_its_call_here_and_at_the_carrier(stage: Stage) -> None:
    store, now = stage.line.parts.store, stage.exchange.now()
    with store.writing() as work:
        [call] = kept_about(work, CONTACT).calls
        message = work.messages.recorded(
            recording_sid="RE1", call_sid=str(call["sid"]), ticket_number="48213", attempt_id=None, seconds=9,
            language="en", at=now,
        )
    with store.reading() as work:
        [shown] = kept_about(work, CONTACT).calls
    assert [each["seconds"] for each in shown["messages"]] == [9]
    with store.writing() as work:
        _, routing = work.routing.current()
        forget(work, routing, CONTACT, now)

    with store.reading() as work:
        assert work.messages.read(message) is None
        assert work.outbox.by_key("recording/RE1/delete") is not None


@pytest.mark.parametrize("by_age", [True, False], ids=["by age", "on request"])
def test_a_callback_is_shown_and_forgotten_with_the_call_that_asked_for_it(stage: Stage, by_age: bool) -> None:
    store, now = stage.line.parts.store, stage.exchange.now()
    with store.writing() as work:
        [call] = kept_about(work, CONTACT).calls
        work.callbacks.ask(
            ticket_number="48213", call_sid=str(call["sid"]), line=LINE, number=CONTACT, language="en", at=now,
            until=now + timedelta(days=1), due_at=now,
        )
    with store.reading() as work:
        assert len(kept_about(work, CONTACT).callbacks) == 1
    if by_age:
        Retention(store, lambda: now + YEAR + timedelta(hours=1), YEAR).run_once()
    else:
        with store.writing() as work:
            _, routing = work.routing.current()
            forget(work, routing, CONTACT, now)

    with store.reading() as work:
        assert work.callbacks.of_ticket("48213") == []


def test_a_call_that_goes_on_is_not_forgotten_under_the_callers_feet(stage: Stage) -> None:
    stage.calls_in_english()
    with stage.line.parts.store.writing() as work:
        _, routing = work.routing.current()
        with pytest.raises(StillNeeded, match="goes on right now"):
            forget(work, routing, CONTACT, stage.exchange.now())
    assert kept(stage, CONTACT)[0] == 2


def test_a_phone_of_the_routing_is_taken_away_there_first(stage: Stage) -> None:
    with stage.line.parts.store.writing() as work:
        _, routing = work.routing.current()
        with pytest.raises(StillNeeded, match="a phone of Dana Whitfield in the routing"):
            forget(work, routing, LEVEL_1, stage.exchange.now())


def test_calls_and_letters_are_forgotten_by_age(stage: Stage) -> None:
    now = stage.exchange.now()
    store = stage.line.parts.store
    assert Retention(store, lambda: now + YEAR - timedelta(hours=1), YEAR).run_once() == 0
    assert kept(stage, CONTACT)[0] == 1

    assert Retention(store, lambda: now + YEAR + timedelta(hours=1), YEAR).run_once() > 2
    assert kept(stage, CONTACT)[:2] == (0, 0)
    assert kept(stage, STRANGER) == (0, 0, 0)
    assert stage.outcomes() == ["reached"]
    assert Retention(store, lambda: now + YEAR + timedelta(hours=1), YEAR).run_once() == 0


def test_everything_is_kept_when_so_set(stage: Stage) -> None:
    now = stage.exchange.now()

    assert Retention(stage.line.parts.store, lambda: now + 10 * YEAR, None).run_once() == 0
    assert kept(stage, CONTACT)[0] == 1


def test_a_clearance_is_done_in_parts(stage: Stage) -> None:
    store, later = stage.line.parts.store, stage.exchange.now() + 2 * YEAR
    with store.writing() as work:
        for number in range(2 * AT_ONCE):
            work.outbox.add("text", f"old/{number}", {}, stage.exchange.now())
        work.outbox.add("text", "new", {}, later)
    done = []
    while parts := Retention(store, lambda: later, YEAR).run_once():
        done.append(parts)

    assert max(done) < 2 * AT_ONCE
    assert len(done) > 2
    with store.reading() as work:
        assert [letter.key for letter in work.outbox.waiting(10)] == ["new"]


@pytest.mark.parametrize(("text", "number"), [
    (" +1 202 555-0123 ", "+12025550123"), ("+49 30 901820", "+4930901820"), ("2025550123", None), ("", None),
    ("+1", None), ("%", None), ('+1202555"0123', None),
])
def test_numbers_are_international(text: str, number: str | None) -> None:
    assert number_meant(text) == number
