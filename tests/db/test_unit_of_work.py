"""One transaction for one turn: all of it, or nothing."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from db.engine import open_engine
from db.unit_of_work import Store
from tests.db.samples import CALL, MINUTE, NOW, begin_attempt, begin_call, begin_ring

THREADS, TURNS = 4, 25


class Mishap(Exception):
    """Something goes wrong in the middle."""


def test_what_is_committed_can_be_read_over_another_connection(store: Store, database_url: str) -> None:
    with store.writing() as work:
        begin_call(work)
        attempt = begin_attempt(work)
        ring = begin_ring(work, attempt)
        work.rings.accept(ring, "CA-leg", NOW)
        work.outbox.add("notice", "accepted", {}, NOW)
    other = Store(open_engine(database_url))
    with other.reading() as work:
        accepted = work.rings.read(ring)
        assert work.calls.read("CA1") is not None
        assert accepted is not None
        assert accepted.accepted_at == NOW
        assert work.outbox.by_key("accepted") is not None
    other.close()


def test_a_turn_that_fails_leaves_no_trace(store: Store) -> None:
    def fail_half_way() -> None:
        with store.writing() as work:
            begin_call(work)
            begin_attempt(work)
            raise Mishap

    with pytest.raises(Mishap):
        fail_half_way()
    with store.writing() as work:
        assert work.calls.read("CA1") is None
        assert work.attempts.of_ticket("48213") == []
        begin_attempt(work)


def test_turns_of_one_call_come_one_after_the_other(store: Store) -> None:
    """No update is lost: each turn reads the call, counts one up, and writes it back."""
    with store.writing() as work:
        begin_call(work)

    def take_turns(_: int) -> None:
        for _ in range(TURNS):
            with store.writing() as work:
                stored = work.calls.lock("CA1")
                assert stored is not None
                work.calls.save(
                    "CA1", conversation="escalation_line", state=CALL, turn=stored.turn + 1, pending=None, holds=0,
                    deadline=NOW + MINUTE, ended_at=None, attempt_id=None, ticket_number=None,
                )

    with ThreadPoolExecutor(THREADS) as threads:
        list(threads.map(take_turns, range(THREADS)))
    with store.reading() as work:
        counted = work.calls.read("CA1")
    assert counted is not None
    assert counted.turn == THREADS * TURNS
