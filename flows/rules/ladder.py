"""The manager ladder: who is rung, in which order, for how long."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum

from flows.rules.working_time import WorkingTime


class Order(Enum):
    """How the members of a level are rung."""

    IN_TURN = "in-turn"
    TOGETHER = "together"


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A person on a level, known to the routing as ``person``. ``number`` is E.164; empty when the person is reached by
    e-mail only."""

    person: str = ""
    name: str
    number: str = ""
    email: str = ""
    language: str = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """One rung of the ladder, ``rank`` counted from 1. ``ring_seconds`` is per member; ``active`` None means always.

    A level may have no members: it is passed over, like one whose members have no telephone.
    """

    rank: int
    title: str
    members: tuple[Member, ...]
    titles: Mapping[str, str] = field(default_factory=dict)
    order: Order = Order.IN_TURN
    ring_seconds: int = 25
    active: WorkingTime | None = None
    email_only: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Ladder:
    """An ordered manager ladder for a product, program and region. Frozen into the call when the attempt starts.

    It may have no levels: nobody serves such tickets, and the caller is told so.
    """

    name: str
    levels: tuple[Level, ...]

    def member_at(self, position: "Position") -> Member:
        """Who is rung at ``position``."""
        return self.levels[position.level].members[position.member]


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """Where the hunt stands: ``level`` and ``member`` are indexes from 0 into the ladder's levels and members."""

    level: int
    member: int


CARRIER_ADDS = timedelta(seconds=5)
"""The carrier rings about this much longer than it is told (twilio.md 1.4)."""

SCREENING = timedelta(seconds=45)
"""The longest a phone can be answered without the key being pressed: the story, its repetition, two pauses."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hunt:
    """A ladder as it can be climbed ``now``. ``barred`` numbers are never rung (the line's own, the caller's), ``rung``
    ones not again in this attempt.

    Raises ValueError unless the ladder's ranks count up from 1: what is remembered about a ticket is the rank of the
    level that talked, so a gap would ring the wrong people.
    """

    ladder: Ladder
    now: datetime
    barred: frozenset[str] = frozenset()
    rung: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        ranks = [level.rank for level in self.ladder.levels]
        if ranks != list(range(1, len(ranks) + 1)):
            raise ValueError(f"ladder {self.ladder.name!r} has the ranks {ranks}; number its levels 1, 2, 3 and so on")

    def first(self, last_talked: int) -> Position | None:
        """The first phone above the last level that talked (its rank; 0: none has). When no phone is left up there,
        the first one of the highest level that has one now: a manager who talked before is better than nobody."""
        above = self._from(level=last_talked)
        return next(above, None) or self._highest()

    def after(self, position: Position) -> Position | None:
        """The next phone on the same level, else on the next level that has one."""
        return next(self._from(level=position.level, member=position.member + 1), None)

    def above(self, position: Position) -> Position | None:
        """The first phone on a higher level."""
        return next(self._from(level=position.level + 1), None)

    def together(self, position: Position) -> tuple[Position, ...]:
        """The phones to ring at once: the whole level where its members are rung together, else the one. A phone that
        two members share rings once."""
        if self.ladder.levels[position.level].order is Order.IN_TURN:
            return (position,)
        phones: dict[str, Position] = {}
        for each in self._on(position.level, by=self.now):
            phones.setdefault(self.ladder.member_at(each).number, each)
        return tuple(phones.values())

    def wait_at(self, position: Position) -> timedelta:
        """How long at most the phone at ``position`` keeps a caller waiting."""
        return timedelta(seconds=self.ladder.levels[position.level].ring_seconds) + CARRIER_ADDS + SCREENING

    def longest_wait(self, position: Position) -> timedelta:
        """How long at most, from ``position`` on, until every phone has rung and nobody has accepted.

        A level whose hours begin before the hunt can have got there counts, so that the promise holds.
        """
        numbers: set[str] = set()
        total = timedelta()
        for level in range(position.level, len(self.ladder.levels)):
            for each in self._on(level, by=self.now + total):
                number = self.ladder.member_at(each).number
                if number not in numbers and (level, each.member) >= (position.level, position.member):
                    numbers.add(number)
                    total += self.wait_at(each)
        return total

    def _from(self, *, level: int, member: int = 0) -> Iterator[Position]:
        for each in range(level, len(self.ladder.levels)):
            yield from (one for one in self._on(each, by=self.now) if each > level or one.member >= member)

    def _highest(self) -> Position | None:
        levels = reversed(range(len(self.ladder.levels)))
        return next((one for level in levels for one in self._on(level, by=self.now)), None)

    def _on(self, level: int, *, by: datetime) -> Iterator[Position]:
        plan = self.ladder.levels[level]
        opens = plan.active.next_opening(self.now) if plan.active else self.now
        if plan.email_only or opens is None or opens > by:
            return
        for member, one in enumerate(plan.members):
            if one.number and one.number not in self.barred | self.rung:
                yield Position(level=level, member=member)
