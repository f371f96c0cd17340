"""Promises: an answer by a time; which of them a worker has to look at, and that each is settled once."""

from datetime import datetime

from db.unit_of_work import Store, Work
from flows.rules.promise import State
from tests.db.samples import HOUR, MINUTE, NOW, TICKET, begin_attempt, begin_ring

NUMBER = TICKET.number


def promise(
    work: Work, until: datetime = NOW + HOUR, at: datetime = NOW, person: str = "dana", number: str = NUMBER
) -> int:
    """A manager who has just talked promises an answer; the promise's id."""
    known = work.attempts.of_ticket(number)
    attempt = known[0].id if known else begin_attempt(work, number, at)
    return work.promises.make(number, attempt, begin_ring(work, attempt, at=at), person, at, until)


def test_a_promise_is_open_until_somebody_has_looked(store: Store) -> None:
    with store.writing() as work:
        made = promise(work)
        (stored,) = work.promises.open_of("dana")
        assert work.promises.of_ticket(NUMBER) == work.promises.latest(9) == [stored]
        assert work.promises.open_of("marcus") == []
    assert (stored.id, stored.ticket_number, stored.person) == (made, NUMBER, "dana")
    assert (stored.promised_at, stored.until, stored.state) == (NOW, NOW + HOUR, State.OPEN)
    assert (stored.settled_at, stored.looks) == (None, 0)


def test_a_promise_is_looked_at_when_its_time_has_passed_and_by_one_worker_only(store: Store) -> None:
    with store.writing() as work:
        made = promise(work)
        early = work.promises.due(NOW + HOUR - MINUTE, 5 * MINUTE, 9)
        mine = work.promises.due(NOW + HOUR, 5 * MINUTE, 9)
        theirs = work.promises.due(NOW + HOUR, 5 * MINUTE, 9)
        after_my_death = work.promises.due(NOW + HOUR + 5 * MINUTE, 5 * MINUTE, 9)
    assert ([], [made], [], [made]) == tuple(
        [one.id for one in found] for found in (early, mine, theirs, after_my_death)
    )
    assert after_my_death[0].looks == 2


def test_the_longest_due_is_looked_at_first(store: Store) -> None:
    with store.writing() as work:
        later, sooner = promise(work, NOW + 2 * HOUR), promise(work, NOW + HOUR, number="48299")
        assert [one.id for one in work.promises.due(NOW + 3 * HOUR, MINUTE, 1)] == [sooner]
        assert [one.id for one in work.promises.due(NOW + 3 * HOUR, MINUTE, 9)] == [later]


def test_what_could_not_be_told_is_looked_at_again(store: Store) -> None:
    with store.writing() as work:
        made = promise(work)
        work.promises.due(NOW + HOUR, 5 * MINUTE, 9)
        work.promises.look_again(made, NOW + HOUR + MINUTE)
        assert work.promises.due(NOW + HOUR, MINUTE, 9) == []
        assert [one.id for one in work.promises.due(NOW + HOUR + MINUTE, MINUTE, 9)] == [made]


def test_a_promise_is_settled_once(store: Store) -> None:
    with store.writing() as work:
        made = promise(work)
        first = work.promises.close(made, State.KEPT, NOW + HOUR)
        second = work.promises.close(made, State.BROKEN, NOW + 2 * HOUR)
        work.promises.look_again(made, NOW)
        (settled,) = work.promises.of_ticket(NUMBER)
        assert work.promises.due(NOW + 9 * HOUR, MINUTE, 9) == work.promises.open_of("dana") == []
    assert (first, second) == (True, False)
    assert (settled.state, settled.settled_at) == (State.KEPT, NOW + HOUR)


def test_a_new_promise_takes_the_place_of_the_older_one_of_that_ticket_alone(store: Store) -> None:
    with store.writing() as work:
        older, other = promise(work), promise(work, number="48299")
        newer = promise(work, NOW + 2 * HOUR, at=NOW + MINUTE, person="marcus")
        assert [one.id for one in work.promises.open_of("dana")] == [other]
        told = [(one.id, one.state, one.settled_at) for one in work.promises.of_ticket(NUMBER)]
    assert told == [(newer, State.OPEN, None), (older, State.SUPERSEDED, NOW + MINUTE)]


def test_a_promise_whose_time_has_passed_is_not_made_good_by_a_new_one(store: Store) -> None:
    with store.writing() as work:
        overdue = promise(work)
        promise(work, NOW + 3 * HOUR, at=NOW + HOUR)
        assert [one.id for one in work.promises.due(NOW + HOUR, MINUTE, 9)] == [overdue]


def test_promises_are_counted_by_person_and_state(store: Store) -> None:
    with store.writing() as work:
        for number in ("1", "2", "3"):
            work.promises.close(promise(work, number=number), State.KEPT, NOW + HOUR)
        work.promises.close(promise(work, number="4", person="marcus"), State.BROKEN, NOW + HOUR)
        promise(work, number="5", person="marcus")
        promise(work, number="6", at=NOW - HOUR)
        counted = work.promises.counted(since=NOW)
    assert counted == {
        ("dana", State.KEPT): 3,
        ("marcus", State.BROKEN): 1,
        ("marcus", State.OPEN): 1,
    }
