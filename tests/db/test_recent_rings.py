"""What is asked about phones before one rings: who is on a call of ours, and who has been rung since when."""

from db.repositories.recent_rings import RecentRing
from db.unit_of_work import Store, Work
from flows.rules.ring_outcome import RingOutcome
from tests.db.samples import CALL, HOUR, MINUTE, NOW, begin_attempt, begin_call, begin_ring

DANA, EVE = "+12025550101", "+12025550102"


def recent(work: Work, *numbers: str, since: int = 60) -> list[RecentRing]:
    """The rings of these phones in the last minutes, Dana's if none is named."""
    return work.recent_rings.of(numbers or (DANA,), NOW - since * MINUTE)


def test_a_phone_that_rings_is_live(store: Store) -> None:
    with store.writing() as work:
        begin_call(work)
        attempt = begin_attempt(work)
        begin_ring(work, attempt)
        assert recent(work) == [
            RecentRing(number=DANA, attempt_id=attempt, started_at=NOW, outcome=None, declined=False, live=True)
        ]


def test_only_the_phones_asked_for(store: Store) -> None:
    with store.writing() as work:
        begin_call(work)
        begin_ring(work, begin_attempt(work))
        assert recent(work, EVE) == []
        assert len(recent(work, EVE, DANA)) == 1
        assert work.recent_rings.of((), NOW - HOUR) == []


def test_only_since_then(store: Store) -> None:
    with store.writing() as work:
        begin_call(work)
        begin_ring(work, begin_attempt(work))
        assert len(work.recent_rings.of((DANA,), NOW)) == 1
        assert work.recent_rings.of((DANA,), NOW + MINUTE) == []


def test_a_ring_that_is_over_is_not_live_and_tells_how_it_ended(store: Store) -> None:
    with store.writing() as work:
        begin_call(work)
        ring = begin_ring(work, begin_attempt(work))
        work.rings.decline(ring, NOW)
        work.rings.end(ring, RingOutcome.DECLINED, NOW)
        (over,) = recent(work)
        assert (over.live, over.declined, over.outcome) == (False, True, "declined")


def test_a_manager_who_still_states_terms_is_live_though_the_ring_is_over(store: Store) -> None:
    with store.writing() as work:
        begin_call(work)
        ring = begin_ring(work, begin_attempt(work))
        begin_call(work, "CA2")
        work.rings.answered(ring, "CA2", NOW)
        work.rings.end(ring, RingOutcome.TALKED, NOW)
        assert [each.live for each in recent(work)] == [True]


def test_a_ring_whose_end_was_lost_is_not_live_when_its_caller_is_gone(store: Store) -> None:
    with store.writing() as work:
        begin_call(work)
        begin_ring(work, begin_attempt(work))
        work.calls.save(
            "CA1", conversation="escalation_line", state=CALL, turn=1, pending=None, holds=0, deadline=NOW,
            ended_at=NOW, attempt_id=None, ticket_number=None,
        )  # fmt: skip
        assert [each.live for each in recent(work)] == [False]


def test_who_was_passed_over_was_not_rung(store: Store) -> None:
    with store.writing() as work:
        begin_call(work)
        attempt = begin_attempt(work)
        work.rings.pass_over(
            attempt_id=attempt, call_sid="CA1", rank=1, title="Support Operations Manager", member="Dana",
            person="dana", language="en", why=RingOutcome.OFF_DUTY, at=NOW,
        )  # fmt: skip
        assert recent(work) == []
        (kept,) = work.rings.of_attempt(attempt)
        assert (kept.member, kept.person, kept.number, kept.outcome) == ("Dana", "dana", "", "off-duty")
        assert kept.started_at == kept.ended_at == NOW
        assert work.rings.still_open(attempt) == []
