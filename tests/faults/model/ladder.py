"""Who may be rung next, and who must have been: reckoned from the published ladder and the rings so far."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Row

from flows.routing import LevelPlan, Routing
from flows.rules.ladder import Order
from tests.faults.company import LINE, OFFICE_HOURS

SATURDAY = 5
NOT_RUNG = "not-placed"
"""The carrier did not take the order: that phone may be dialled once more."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A ladder as an admin published it, for one caller."""

    routing: Routing
    levels: tuple[LevelPlan, ...]
    caller: str

    def numbers(self, rank: int) -> list[str]:
        """The level's phones in order, as written: empty ones, forbidden ones and repetitions included."""
        people = (self.routing.people[name] for name in self.levels[rank - 1].members)
        return [number for person in people for number in person.phones]

    def can_ring(self, rank: int, at: datetime, rung: Sequence[str]) -> list[str]:
        """The level's phones that can be rung now, in order and each once."""
        level = self.levels[rank - 1]
        if level.email_only or (level.calendar and not in_office_hours(at)):
            return []
        return list(dict.fromkeys(
            number for number in self.numbers(rank) if number and number not in (LINE, self.caller, *rung)
        ))

    def begins_at(self, last_talked: int, at: datetime) -> int | None:
        """The first level above the one that talked last; if nobody is up there, the highest with a phone."""
        ranks = range(1, len(self.levels) + 1)
        above = (rank for rank in ranks if rank > last_talked and self.can_ring(rank, at, ()))
        return next(above, None) or next((rank for rank in reversed(ranks) if self.can_ring(rank, at, ())), None)

    def skipped(self, rank: int | None, until: int, at: datetime, rung: Sequence[str]) -> list[str]:
        """Phones that could ring now and are passed over by going from level ``rank`` (None: from below) to
        ``until``."""
        return [number for each in range(rank or 1, until) for number in self.can_ring(each, at, rung)]


def in_office_hours(at: datetime) -> bool:
    """Whether the office of the company is open."""
    local = at.astimezone(ZoneInfo("America/New_York"))
    return local.weekday() < SATURDAY and OFFICE_HOURS[0] <= local.time() < OFFICE_HOURS[1]


def misclimbed(plan: Plan, rings: Sequence[Row[Any]], last_talked: int) -> Iterator[str]:
    """Everything wrong with the order in which an attempt has rung."""
    rung: list[str] = []
    group: list[Row[Any]] = []
    for ring in rings:
        numbers = plan.numbers(ring.rank) if ring.rank <= len(plan.levels) else []
        at_once = bool(group) and group[0].started_at == ring.started_at
        if ring.number not in numbers:
            yield f"{_name(ring)} is not on level {ring.rank}"
        elif ring.number in rung:
            yield f"{_name(ring)} was rung twice"
        elif not at_once:
            yield from _next(plan, ring, group, rung, last_talked)
        group = [*group, ring] if at_once else [ring]
        rung += [ring.number] if ring.outcome != NOT_RUNG else []


def _next(
    plan: Plan, ring: Row[Any], group: Sequence[Row[Any]], rung: Sequence[str], last_talked: int
) -> Iterator[str]:
    """``group`` is what rang before: one phone, or several at once."""
    at = ring.started_at
    if not group:
        first = plan.begins_at(last_talked, at)
        if first != ring.rank:
            yield f"the first to ring was {_name(ring)} on level {ring.rank}, and level {first} comes first"
    else:
        talked = any(one.outcome == "talked" for one in group)
        lowest = group[0].rank + talked
        if ring.rank < lowest:
            yield f"after {'a talk on ' if talked else ''}level {group[0].rank} level {ring.rank} was rung"
        for number in plan.skipped(lowest, ring.rank, at, rung):
            yield f"{_name(ring)} on level {ring.rank} rang before …{number[-2:]}"
    possible = plan.can_ring(ring.rank, at, rung)
    if possible and possible[0] != ring.number:
        yield f"{_name(ring)} rang before …{possible[0][-2:]}, who comes first on level {ring.rank}"


def not_exhausted(plan: Plan, rings: Sequence[Row[Any]], last_talked: int, at: datetime) -> list[str]:
    """Phones that could still have been rung when an attempt was given up at ``at``."""
    rung = [ring.number for ring in rings]
    rank = rings[-1].rank if rings else plan.begins_at(last_talked, at)
    return plan.skipped(rank, len(plan.levels) + 1, at, rung) if rank else []


def rings_apart(plan: Plan, rings: Sequence[Row[Any]]) -> Iterator[str]:
    """Phones of a level whose members ring together, and that did not begin to ring at the same moment."""
    begun: dict[int, set[datetime]] = {}
    for ring in rings:
        if plan.levels[ring.rank - 1].order is Order.TOGETHER:
            begun.setdefault(ring.rank, set()).add(ring.started_at)
    for rank, moments in begun.items():
        if len(moments) > 1:
            yield f"level {rank} rings together, and its phones began at {len(moments)} moments"


def _name(ring: Row[Any]) -> str:
    return f"{ring.member} (…{ring.number[-2:]})"
