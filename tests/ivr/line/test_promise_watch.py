"""When a promise's time has passed the worker asks the ticket system: kept or broken, told once."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from db.unit_of_work import Store
from flows.rules.promise import State
from ivr.line.ports import RetryLater
from ivr.line.promises import LEASE, PAUSES, owed
from tests.db.samples import HOUR, MINUTE, NOW, TICKET
from tests.ivr.line.promise_stories import NUMBER, UNTIL, Tickets, Watch, company, promised, talked

UPDATED = replace(TICKET, updated_at=NOW + MINUTE)


@pytest.fixture
def tickets() -> Tickets:
    """A ticket system in which nothing has happened to the ticket since hours."""
    return Tickets()


@pytest.fixture
def watch(store: Store, tickets: Tickets) -> Iterator[Watch]:
    """A worker, at the minute at which the promised answer is due."""
    company(store)
    promised(store)
    watching = Watch(store, tickets)
    yield watching
    watching.lookups.close()


def state(store: Store) -> State:
    """What became of the ticket's latest promise."""
    with store.reading() as work:
        return work.promises.of_ticket(NUMBER)[0].state


def letters(store: Store) -> list[str]:
    """What waits to be sent about the promise."""
    with store.reading() as work:
        return [letter.kind for letter in work.outbox.about(NUMBER) if letter.key.startswith("promise/")]


def test_before_its_time_nobody_is_asked(store: Store, watch: Watch, tickets: Tickets) -> None:
    assert watch.looks(-MINUTE) == 0
    assert tickets.asked == 0
    assert state(store) is State.OPEN


def test_a_ticket_that_has_not_moved_breaks_the_promise_and_is_told_of(store: Store, watch: Watch) -> None:
    assert watch.looks() == 1
    assert state(store) is State.BROKEN
    assert letters(store) == ["ticket-note", "notice"]
    with store.reading() as work:
        note, notice = (each.body for each in work.outbox.about(NUMBER)[-2:])
    assert note["text"] == (
        "Support Operations Manager, Dana, promised an answer by 2026-11-23 15:00 UTC, on 2026-11-23 14:00 UTC. "
        "The ticket was not updated since: the promise is not kept, and the customer may escalate again."
    )
    assert notice["recipient"]["name"] == "Priya Raman"
    assert notice["promised"]["name"] == "Dana"
    assert watch.looks(24 * HOUR) == 0


def test_an_update_after_the_promise_keeps_it_and_nobody_is_written_to(
    store: Store, watch: Watch, tickets: Tickets
) -> None:
    tickets.ticket = UPDATED
    watch.looks()
    assert state(store) is State.KEPT
    assert letters(store) == []
    assert watch.looks(24 * HOUR) == 0


def test_while_the_ticket_system_is_down_nobody_is_blamed_and_it_is_asked_again_ever_more_rarely(
    store: Store, watch: Watch, tickets: Tickets
) -> None:
    tickets.trouble = RetryLater("connection refused")
    for pause in (timedelta(), *PAUSES, PAUSES[-1], PAUSES[-1]):
        assert watch.looks(pause - timedelta(seconds=1)) == 0 or not pause
        watch.looks(timedelta(seconds=1))
    assert tickets.asked == len(PAUSES) + 3
    assert state(store) is State.OPEN
    tickets.trouble = None
    watch.looks(PAUSES[-1])
    assert state(store) is State.BROKEN
    assert letters(store) == ["ticket-note", "notice"]


def test_a_ticket_that_is_gone_leaves_nobody_to_answer(store: Store, watch: Watch, tickets: Tickets) -> None:
    tickets.ticket = None
    watch.looks()
    assert state(store) is State.GONE
    assert letters(store) == []


def test_two_workers_never_look_at_once(store: Store, watch: Watch, tickets: Tickets) -> None:
    colleague = Watch(store, Tickets())
    seen: list[int] = []
    tickets.meanwhile = lambda: seen.append(colleague.looks())
    watch.looks()
    colleague.lookups.close()
    assert seen == [0]


def test_a_worker_taken_for_dead_settles_nothing_a_second_time(store: Store, watch: Watch, tickets: Tickets) -> None:
    colleague = Watch(store, Tickets(UPDATED))
    tickets.meanwhile = lambda: colleague.looks(LEASE)
    watch.looks()
    colleague.lookups.close()
    assert state(store) is State.KEPT
    assert letters(store) == []


def test_a_promise_that_another_one_superseded_is_not_looked_at(store: Store, watch: Watch) -> None:
    promised(store, at=NOW + 30 * MINUTE + HOUR, until=UNTIL + 9 * HOUR)
    assert watch.looks(-MINUTE) == 0


class TestSomebodyLooksBefore:
    """Whoever calls about the ticket has it looked at, too."""

    def test_an_early_update_keeps_the_promise_at_once(self, store: Store, watch: Watch) -> None:
        with store.writing() as work:
            assert owed(work, UPDATED, NOW + 2 * MINUTE) is None
        assert state(store) is State.KEPT
        assert watch.looks() == 0

    def test_before_its_time_nothing_is_owed(self, store: Store, watch: Watch) -> None:
        with store.writing() as work:
            assert owed(work, TICKET, UNTIL - MINUTE) is None
        assert state(store) is State.OPEN

    def test_a_caller_who_is_quicker_than_the_worker_hears_of_it_and_it_is_told_once(
        self, store: Store, watch: Watch
    ) -> None:
        with store.writing() as work:
            assert owed(work, TICKET, UNTIL) == UNTIL
        assert watch.looks() == 0
        assert letters(store) == ["ticket-note", "notice"]

    def test_an_answer_is_owed_until_the_ticket_moves(self, store: Store, watch: Watch) -> None:
        watch.looks()
        with store.writing() as work:
            assert owed(work, TICKET, UNTIL + 9 * HOUR) == UNTIL
            assert owed(work, UPDATED, UNTIL + 9 * HOUR) is None

    def test_an_answer_is_owed_until_somebody_talks_about_it(self, store: Store, watch: Watch) -> None:
        watch.looks()
        with store.writing() as work:
            talked(work, at=UNTIL + MINUTE, rank=2)
            assert owed(work, TICKET, UNTIL + 2 * HOUR) is None

    def test_a_newer_promise_is_waited_for(self, store: Store, watch: Watch) -> None:
        watch.looks()
        promised(store, at=UNTIL + MINUTE, until=UNTIL + 2 * HOUR)
        with store.writing() as work:
            assert owed(work, TICKET, UNTIL + HOUR) is None
            assert owed(work, TICKET, UNTIL + 2 * HOUR) == UNTIL + 2 * HOUR
