"""Who must not be rung at a moment, from what the books hold."""

from dataclasses import replace
from datetime import timedelta

import pytest

from db.unit_of_work import Store, Work
from flows.heard import Spared
from flows.routing import Routing
from flows.rules.ladder import Ladder, Level, Member
from flows.rules.ring_outcome import NEVER_RANG, RingOutcome
from flows.ticket import Severity
from ivr.line.sparing import spared
from tests.db.samples import HOUR, MINUTE, NOW, TICKET, begin_attempt, begin_call

DANA, AT_HOME, EVE = "+12025550101", "+12025550111", "+12025550102"
TOKYO = "Asia/Tokyo"
"""It is 23:00 there at NOW, when the night has lasted an hour."""

PEOPLE = (
    Member(person="dana", name="Dana", number=DANA, further=(AT_HOME,), zone=TOKYO),
    Member(person="eve", name="Eve", number=EVE, zone="America/New_York"),
)
LADDER = Ladder(name="any", levels=(Level(rank=1, title="Operations", members=PEOPLE),))
ROUTING = Routing(lines=(), people={}, programs={}, ladders=())


def now_spared(work: Work, severity: Severity = Severity.HIGH, attempt: int | None = None) -> dict[str, RingOutcome]:
    """By person, why."""
    found = spared(work, ROUTING, LADDER, severity, attempt, NOW)
    assert all(isinstance(each, Spared) for each in found)
    return {each.person: each.why for each in found}


def ring(
    work: Work, attempt: int, number: str = DANA, outcome: RingOutcome | None = None, ago: timedelta = MINUTE
) -> int:
    """A phone rings, or rang and is done; the ring's id."""
    begun = work.rings.start(attempt, "CA1", 1, "Operations", "Dana", number, NOW - ago)
    if outcome is not None:
        work.rings.end(begun, outcome, NOW - ago)
    return begun


@pytest.fixture
def attempts(store: Store) -> tuple[int, int]:
    """Two attempts: the present one, and one for another ticket whose caller is on the line as well."""
    with store.writing() as work:
        begin_call(work)
        work.tickets.put(replace(TICKET, number="48220"))
        return begin_attempt(work), begin_attempt(work, "48220")


def test_nobody_is_at_first(store: Store, attempts: tuple[int, int]) -> None:
    with store.writing() as work:
        assert now_spared(work, attempt=attempts[0]) == {}


def test_whoever_is_off_duty_until_then(store: Store) -> None:
    with store.writing() as work:
        work.absences.set("dana", NOW + HOUR, NOW, "dana")
        work.absences.set("eve", NOW, NOW - HOUR, "eve")
        assert now_spared(work) == {"dana": RingOutcome.OFF_DUTY}


@pytest.mark.parametrize("number", [DANA, AT_HOME])
def test_whoever_is_rung_for_somebody_else_on_any_phone(
    store: Store, attempts: tuple[int, int], number: str
) -> None:
    here, elsewhere = attempts
    with store.writing() as work:
        ring(work, elsewhere, number)
        assert now_spared(work, attempt=here) == {"dana": RingOutcome.ENGAGED}
        assert now_spared(work, attempt=elsewhere) == {}


@pytest.mark.parametrize("final", [RingOutcome.DECLINED, RingOutcome.TALKED])
def test_whoever_has_declined_or_talked_in_this_attempt(
    store: Store, attempts: tuple[int, int], final: RingOutcome
) -> None:
    here, elsewhere = attempts
    with store.writing() as work:
        begun = ring(work, here)
        if final is RingOutcome.DECLINED:
            work.rings.decline(begun, NOW)
        work.rings.end(begun, final, NOW)
        assert now_spared(work, attempt=here) == {"dana": final}
        assert now_spared(work, attempt=elsewhere) == {}


def test_whoever_was_rung_three_times_tonight_on_any_phone(store: Store, attempts: tuple[int, int]) -> None:
    here, elsewhere = attempts
    with store.writing() as work:
        for number in (DANA, AT_HOME, DANA):
            assert now_spared(work, attempt=here) == {}
            ring(work, elsewhere, number, RingOutcome.NO_ANSWER)
        assert now_spared(work, attempt=here) == {"dana": RingOutcome.RUNG_ENOUGH}
        assert now_spared(work, Severity.URGENT, here) == {}


def test_by_day_nobody_counts(store: Store, attempts: tuple[int, int]) -> None:
    here, elsewhere = attempts
    with store.writing() as work:
        for _ in range(5):
            ring(work, elsewhere, EVE, RingOutcome.NO_ANSWER)
        assert now_spared(work, attempt=here) == {}


def test_rings_of_the_evening_before_do_not_count(store: Store, attempts: tuple[int, int]) -> None:
    here, elsewhere = attempts
    with store.writing() as work:
        for _ in range(3):
            ring(work, elsewhere, DANA, RingOutcome.NO_ANSWER, ago=HOUR + MINUTE)
        assert now_spared(work, attempt=here) == {}


@pytest.mark.parametrize("outcome", sorted(NEVER_RANG, key=str))
def test_what_never_rang_disturbed_nobody(store: Store, attempts: tuple[int, int], outcome: RingOutcome) -> None:
    here, elsewhere = attempts
    with store.writing() as work:
        for _ in range(4):
            ring(work, elsewhere, DANA, outcome)
        assert now_spared(work, attempt=here) == {}


def test_a_ladder_without_people_asks_nothing(store: Store) -> None:
    empty = Ladder(name="", levels=())
    with store.reading() as work:
        assert spared(work, ROUTING, empty, Severity.HIGH, None, NOW) == ()
