"""Recordings after the call: looked for, deleted, transcribed; the carrier may be away, and it tells things twice."""

from datetime import timedelta

import pytest

from db.repositories.messages import MessageState
from db.unit_of_work import Store
from ivr.line.dispatcher import Dispatcher
from ivr.line.messages import MessageDesk
from ivr.line.ports import Recording, Rejected, RetryLater
from tests.db.samples import CALL, begin_call
from tests.ivr.line.outbox_stories import NOW, PostOffice, Shelf, ToldClock, a_dispatcher, dead_letters, nothing_waits


@pytest.fixture
def clock() -> ToldClock:
    return ToldClock()


@pytest.fixture
def shelf() -> Shelf:
    return Shelf(of={"CA1": [Recording(sid="RE1", seconds=20)]})


@pytest.fixture
def dispatcher(store: Store, clock: ToldClock, shelf: Shelf) -> Dispatcher:
    """The dispatcher with the carrier's shelf of recordings."""
    return a_dispatcher(store, clock, PostOffice(), shelf)


@pytest.fixture
def desk(store: Store, clock: ToldClock, shelf: Shelf) -> MessageDesk:
    """The desk that the carrier's callbacks reach; one call about ticket 48213 goes on."""
    with store.writing() as work:
        begin_call(work)
        work.calls.save(
            "CA1", conversation="escalation_line", state=CALL, turn=1, pending=None, holds=0,
            deadline=NOW + timedelta(minutes=2), ended_at=None, attempt_id=None, ticket_number="48213",
        )
    return MessageDesk(store, clock, shelf)


def state(store: Store) -> MessageState | None:
    with store.reading() as work:
        message = work.messages.by_recording("RE1")
    return message.state if message else None


def test_while_the_caller_is_there_the_conversation_decides(store: Store, desk: MessageDesk) -> None:
    desk.report("CA1", Recording(sid="RE1", seconds=20))

    assert state(store) is MessageState.OPEN


@pytest.mark.parametrize("seconds", [0, -1])
def test_what_cannot_be_heard_is_no_message(store: Store, desk: MessageDesk, seconds: int) -> None:
    desk.report("CA1", Recording(sid="RE1", seconds=seconds))

    assert state(store) is None


def test_an_unwanted_recording_is_deleted_when_the_carrier_is_there_again(
    store: Store, clock: ToldClock, dispatcher: Dispatcher, shelf: Shelf
) -> None:
    shelf.troubles = [RetryLater("not now")]
    with store.writing() as work:
        work.outbox.add("unwanted-recording", "recording/RE1/delete", {"recording": "RE1"}, NOW)

    dispatcher.run_once()
    clock.advance(timedelta(seconds=15))
    dispatcher.run_once()

    assert shelf.of == {"CA1": []}
    assert nothing_waits(store)


def test_a_carrier_that_refuses_leaves_a_dead_letter(store: Store, dispatcher: Dispatcher, shelf: Shelf) -> None:
    shelf.troubles = [Rejected("no such account")]
    with store.writing() as work:
        work.outbox.add("lost-recordings", "recordings/CA1", {"call_sid": "CA1"}, NOW)

    dispatcher.run_once()

    assert dead_letters(store) == [("recordings/CA1", "no such account")]


def test_a_transcription_is_stored_but_not_that_of_a_deleted_message(store: Store, desk: MessageDesk) -> None:
    for recording in ("RE1", "RE2"):
        desk.report("CA1", Recording(sid=recording, seconds=20))
    with store.writing() as work:
        found = work.messages.by_recording("RE2")
        assert found is not None
        work.messages.discard(found.id)

    for recording in ("RE1", "RE2", "RE9"):
        desk.transcribe(recording, "Please call me.")
    desk.transcribe("RE1", "Police call me.")

    with store.reading() as work:
        found = [message.transcription for message in work.messages.of_ticket("48213")]
    assert found == ["Please call me.", None]
