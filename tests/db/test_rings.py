"""Ring, answer, accept, decline: four different facts, and only one manager joins the caller."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from db.unit_of_work import Store
from flows.rules.ring_outcome import RingOutcome
from flows.wrap_up import Terms, WrapUp
from tests.db.samples import MINUTE, NOW, begin_attempt, begin_ring

LEGS = 6


def test_a_ring_tells_its_story(store: Store) -> None:
    with store.writing() as work:
        ring = begin_ring(work, begin_attempt(work))
        work.rings.answered(ring, "CA-leg", NOW + MINUTE)
        work.rings.accept(ring, "CA-leg", NOW + 2 * MINUTE)
        work.rings.end(ring, RingOutcome.TALKED, NOW + 3 * MINUTE)
        told = work.rings.read(ring)
    assert told is not None
    assert (told.leg_sid, told.answered_at, told.accepted_at) == ("CA-leg", NOW + MINUTE, NOW + 2 * MINUTE)
    assert (told.declined_at, told.ended_at, told.outcome) == (None, NOW + 3 * MINUTE, "talked")


def test_the_same_leg_may_press_1_twice(store: Store) -> None:
    with store.writing() as work:
        ring = begin_ring(work, begin_attempt(work))
        assert [work.rings.accept(ring, "CA-leg", NOW) for _ in range(2)] == [True, True]


def test_another_leg_cannot_accept_a_ring_that_is_taken(store: Store) -> None:
    with store.writing() as work:
        ring = begin_ring(work, begin_attempt(work))
        work.rings.accept(ring, "CA-leg", NOW)
        assert not work.rings.accept(ring, "CA-other", NOW)


def test_a_ring_that_is_over_or_declined_cannot_be_accepted(store: Store) -> None:
    with store.writing() as work:
        attempt = begin_attempt(work)
        over, declined = begin_ring(work, attempt), begin_ring(work, attempt, rank=2)
        work.rings.end(over, RingOutcome.NO_ANSWER, NOW)
        work.rings.decline(declined, NOW)
        assert [work.rings.accept(ring, "CA-leg", NOW) for ring in (over, declined)] == [False, False]


def test_a_manager_who_accepted_cannot_decline_any_more(store: Store) -> None:
    with store.writing() as work:
        ring = begin_ring(work, begin_attempt(work))
        work.rings.accept(ring, "CA-leg", NOW)
        assert not work.rings.decline(ring, NOW)


def test_a_ring_ends_once(store: Store) -> None:
    with store.writing() as work:
        ring = begin_ring(work, begin_attempt(work))
        ends = [work.rings.end(ring, outcome, NOW) for outcome in (RingOutcome.BUSY, RingOutcome.FAILED)]
        told = work.rings.read(ring)
    assert ends == [True, False]
    assert told is not None
    assert told.outcome == "busy"


def test_the_next_level_can_accept_when_the_first_talk_is_over(store: Store) -> None:
    with store.writing() as work:
        attempt = begin_attempt(work)
        first = begin_ring(work, attempt)
        work.rings.accept(first, "CA-leg", NOW)
        work.rings.end(first, RingOutcome.TALKED, NOW)
        assert work.rings.accept(begin_ring(work, attempt, rank=2), "CA-next", NOW)


def test_the_ring_under_way_is_found_by_the_callers_leg(store: Store) -> None:
    with store.writing() as work:
        attempt = begin_attempt(work)
        first = begin_ring(work, attempt)
        work.rings.end(first, RingOutcome.DECLINED, NOW)
        between = work.rings.open_for("CA1")
        second = begin_ring(work, attempt, rank=2)
        ringing = work.rings.open_for("CA1")
        ranks = [ring.rank for ring in work.rings.of_attempt(attempt)]
    assert between is None
    assert ringing is not None
    assert ringing.id == second
    assert ranks == [1, 2]


def test_a_placed_ring_knows_its_leg_before_anybody_answers(store: Store) -> None:
    with store.writing() as work:
        ring = begin_ring(work, begin_attempt(work))
        work.rings.placed(ring, "CA-leg")
        told = work.rings.read(ring)
    assert told is not None
    assert (told.leg_sid, told.answered_at, told.ended_at) == ("CA-leg", None, None)


def test_a_leg_that_answered_before_the_order_came_back_keeps_its_name(store: Store) -> None:
    with store.writing() as work:
        ring = begin_ring(work, begin_attempt(work))
        work.rings.answered(ring, "CA-leg", NOW)
        work.rings.placed(ring, "CA-other")
        told = work.rings.read(ring)
    assert told is not None
    assert told.leg_sid == "CA-leg"


@pytest.mark.parametrize(
    "wrap_up",
    [
        WrapUp(terms=Terms.RESOLVED),
        WrapUp(terms=Terms.PROMISED, until=NOW + 30 * MINUTE),
        WrapUp(terms=Terms.HANDED_UP),
        WrapUp(terms=Terms.QUIET, until=NOW + 90 * MINUTE),
    ],
    ids=lambda wrap_up: wrap_up.terms.value,
)
def test_a_ring_keeps_the_terms_that_were_stated_after_its_talk(store: Store, wrap_up: WrapUp) -> None:
    with store.writing() as work:
        ring = begin_ring(work, begin_attempt(work))
        work.rings.end(ring, RingOutcome.TALKED, NOW)
        work.rings.state(ring, wrap_up, NOW)
        told = work.rings.read(ring)
    assert told is not None
    assert (told.terms, told.terms_until, told.terms_at) == (wrap_up.terms.value, wrap_up.until, NOW)


def test_rings_that_are_still_open_are_those_of_this_attempt_that_have_not_ended(store: Store) -> None:
    with store.writing() as work:
        attempt, other = begin_attempt(work), begin_attempt(work, number="48299")
        ended, ringing, accepted = (begin_ring(work, attempt) for _ in range(3))
        begin_ring(work, other)
        work.rings.end(ended, RingOutcome.BUSY, NOW)
        work.rings.accept(accepted, "CA-leg", NOW)
        still_open = [ring.id for ring in work.rings.still_open(attempt)]
    assert still_open == [ringing, accepted]


def press_1_together(store: Store, rings: list[int]) -> list[bool]:
    """Each ring is accepted by a leg of its own, all at the same moment."""
    barrier = Barrier(len(rings))

    def press(leg: int) -> bool:
        barrier.wait()
        with store.writing() as work:
            return work.rings.accept(rings[leg], f"CA-leg-{leg}", NOW)

    with ThreadPoolExecutor(len(rings)) as threads:
        return list(threads.map(press, range(len(rings))))


def test_of_many_legs_on_one_ring_one_joins(store: Store) -> None:
    with store.writing() as work:
        ring = begin_ring(work, begin_attempt(work))
    assert sum(press_1_together(store, [ring] * LEGS)) == 1


def test_of_many_phones_ringing_together_one_joins(store: Store) -> None:
    with store.writing() as work:
        attempt = begin_attempt(work)
        rings = [begin_ring(work, attempt) for _ in range(LEGS)]
    assert sum(press_1_together(store, rings)) == 1
