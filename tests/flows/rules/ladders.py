"""Ladders for the tests of the hunt, written the way people talk about them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

from flows.rules.hunt import CARRIER_ADDS, SCREENING, Hunt
from flows.rules.ladder import Ladder, Level, Member, Order, Position
from flows.rules.ring_outcome import RingOutcome
from flows.rules.working_time import Hours, WorkingTime
from flows.ticket import Severity
from tests.flows.rules.strategies import NUMBERS

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
NIGHT = datetime(2026, 11, 23, 23, 0, tzinfo=UTC)
OFFICE = WorkingTime(zone="UTC", hours=tuple(Hours(weekday=day, opens=time(9), closes=time(17)) for day in range(5)))
DANA, EVE, FRANK, GRACE = NUMBERS[:4]
DANA_AT_HOME, EVE_AT_HOME = NUMBERS[4:6]
RING = timedelta(seconds=25) + CARRIER_ADDS + SCREENING
NAMES = {DANA: "dana", EVE: "eve", FRANK: "frank", GRACE: "grace"}


def member(*phones: str) -> Member:
    """A person with these phones, known by the first of them."""
    person = NAMES.get(phones[0], "") if phones else ""
    return Member(person=person, name=person.title(), number=phones[0] if phones else "", further=phones[1:])


def level(
    rank: int,
    *members: str | Member,
    active: WorkingTime | None = None,
    email_only: bool = False,
    together: bool = False,
) -> Level:
    """A level of members, each given by name or by the only phone."""
    on_it = tuple(each if isinstance(each, Member) else member(*[each] if each else []) for each in members)
    order = Order.TOGETHER if together else Order.IN_TURN
    return Level(
        rank=rank, title=f"Level {rank}", members=on_it, active=active, email_only=email_only, order=order
    )


def hunt(
    *levels: Level,
    now: datetime = NOON,
    severity: Severity = Severity.HIGH,
    barred: str = "",
    rung: str = "",
    spared: Mapping[str, RingOutcome] | None = None,
    beside: bool = False,
) -> Hunt:
    """A hunt on these levels."""
    return Hunt(
        ladder=Ladder(name="any", levels=levels),
        now=now,
        severity=severity,
        barred=frozenset({barred}),
        rung=frozenset({rung}),
        spared=spared or {},
        beside=beside,
    )


def at(level: int, member: int, phone: int = 1) -> Position:
    """Counted from 1, as people do."""
    return Position(level=level - 1, member=member - 1, phone=phone - 1)


def climb(hunt: Hunt, last_talked: int = 0) -> list[tuple[Position, ...]]:
    """Every ring of an attempt in which nobody accepts and every phone takes as long as it may; each entry is what
    rings at once."""
    rings, place = [], hunt.first(last_talked)
    while place is not None:
        at_once = hunt.together(place)
        rings.append(at_once)
        numbers, later = {hunt.ladder.number_at(each) for each in at_once}, hunt.now + hunt.wait_at(place)
        beyond = hunt.beyond_round(place)
        hunt = replace(hunt, rung=hunt.rung | numbers, now=later)
        place = hunt.onward(beyond).to
    return rings


def one_by_one(hunt: Hunt, last_talked: int = 0) -> list[Position]:
    """The same where nothing rings at once."""
    return [place for (place,) in climb(hunt, last_talked)]
