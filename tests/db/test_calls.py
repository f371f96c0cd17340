"""Calls and their journal: what is kept between two webhooks."""

from dataclasses import replace
from datetime import timedelta

import pytest

from db.errors import StoreConflict
from db.repositories.turns import StoredTurn
from db.unit_of_work import Store, Work
from flows.heard import Digits
from flows.turn import FindTicket
from tests.db.samples import CALL, MINUTE, NOW, at_step, begin_call


def test_a_call_begins_once(store: Store) -> None:
    with store.writing() as work:
        began = begin_call(work)
    with pytest.raises(StoreConflict), store.writing() as work:
        begin_call(work, at=NOW + MINUTE)
    with store.reading() as work:
        assert work.calls.read("CA1") == began


def test_a_call_comes_back_as_it_was_saved(store: Store) -> None:
    with store.writing() as work:
        begin_call(work)
        began = work.calls.lock("CA1")
        save(work, "CA1", turn=3)
    with store.reading() as work:
        stored = work.calls.read("CA1")
    assert began is not None
    assert stored == replace(
        began, state=at_step("ticket_number"), turn=3, pending=FindTicket(number="48213"),
        holds=1, deadline=NOW + MINUTE, attempt_id=7, ticket_number="48213",
    )


def test_the_turn_that_ends_a_hold_is_kept_while_the_caller_waits_and_then_forgotten(store: Store) -> None:
    with store.writing() as work:
        begin_call(work)
        save(work, "CA1", turn=5, exit_turn=4)
        waiting = work.calls.lock("CA1")
        save(work, "CA1", turn=6)
        off_hold = work.calls.read("CA1")
    assert waiting is not None
    assert off_hold is not None
    assert (waiting.turn, waiting.exit_turn) == (5, 4)
    assert off_hold.exit_turn is None


def save(work: Work, sid: str, turn: int = 1, over: bool = False, exit_turn: int | None = None) -> None:
    """One more turn, which asks the ticket system and keeps the caller waiting."""
    work.calls.save(
        sid, conversation="escalation_line", state=at_step("ticket_number"), turn=turn,
        pending=FindTicket(number="48213"), holds=1, deadline=NOW + MINUTE, ended_at=NOW if over else None,
        attempt_id=7, ticket_number="48213", exit_turn=exit_turn,
    )


def test_an_unknown_call_is_nothing(store: Store) -> None:
    with store.writing() as work:
        assert work.calls.lock("CA-unknown") is None
        assert work.calls.read("CA-unknown") is None


def test_live_calls_past_their_deadline_are_overdue(store: Store) -> None:
    with store.writing() as work:
        begin_call(work, "CA-late", deadline=NOW + 2 * MINUTE)
        begin_call(work, "CA-later", deadline=NOW + MINUTE)
        begin_call(work, "CA-over", deadline=NOW + MINUTE)
        save(work, "CA-over", over=True)
        begin_call(work, "CA-live", deadline=NOW + 5 * MINUTE)
        now = NOW + 3 * MINUTE
        assert work.calls.overdue(now, limit=10) == ["CA-later", "CA-late"]
        assert work.calls.overdue(now, limit=1) == ["CA-later"]
        assert [call.sid for call in work.calls.live(now)] == ["CA-live"]


def test_a_deadline_is_no_reason_until_it_has_passed(store: Store) -> None:
    with store.writing() as work:
        begin_call(work, deadline=NOW)
        assert work.calls.overdue(NOW, limit=10) == []


def test_a_talk_postpones_the_deadline(store: Store) -> None:
    with store.writing() as work:
        begin_call(work)
        work.calls.postpone("CA1", NOW + 60 * MINUTE)
        stored = work.calls.read("CA1")
    assert stored is not None
    assert stored.deadline == NOW + 60 * MINUTE


def test_recent_calls_are_the_newest_first(store: Store) -> None:
    with store.writing() as work:
        for minute in range(3):
            begin_call(work, f"CA{minute}", at=NOW + timedelta(minutes=minute))
        assert [call.sid for call in work.calls.recent(2)] == ["CA2", "CA1"]


HEARD = Digits(at=NOW, keys="48213")
SAID = (("en", "Thank you."), ("ru", "Спасибо."))


def record(work: Work, number: int, document: str = "<Response/>") -> None:
    """One turn of the journal."""
    work.turns.record("CA1", number, NOW, HEARD, "ticket_number", "confirm", SAID, document)


def test_a_turn_is_answered_again_byte_for_byte(store: Store) -> None:
    document = '<?xml version="1.0"?><Response><Say>Grüße, до свидания\n</Say></Response>'
    with store.writing() as work:
        begin_call(work)
        record(work, 0, document)
    with store.reading() as work:
        assert work.turns.answer("CA1", 0) == document
        assert work.turns.answer("CA1", 1) is None


def test_a_turn_is_taken_once(store: Store) -> None:
    with store.writing() as work:
        begin_call(work)
        record(work, 0, "first")
    with pytest.raises(StoreConflict), store.writing() as work:
        record(work, 0, "second")
    with store.reading() as work:
        assert work.turns.answer("CA1", 0) == "first"


def test_the_journal_is_told_in_order(store: Store) -> None:
    with store.writing() as work:
        begin_call(work)
        record(work, 1)
        record(work, 0)
        journal = work.turns.of("CA1")
    assert [turn.number for turn in journal] == [0, 1]
    assert journal[0] == StoredTurn(
        call_sid="CA1", number=0, at=NOW, heard=HEARD, step_from="ticket_number", step_to="confirm", said=SAID,
        document="<Response/>",
    )


def test_a_journal_needs_its_call(store: Store) -> None:
    with pytest.raises(StoreConflict), store.writing() as work:
        record(work, 0)


def test_the_state_knows_which_conversation_it_is(store: Store) -> None:
    with store.writing() as work:
        begin_call(work)
        stored = work.calls.read("CA1")
    assert stored is not None
    assert stored.state == CALL
