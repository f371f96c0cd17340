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
    """A person on a level. ``number`` is E.164; empty when the person is reached by e-mail only."""

    name: str
    number: str = ""
    email: str = ""
    language: str = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """One rung of the ladder, ``rank`` counted from 1. ``ring_seconds`` is per member; ``active`` None means always."""

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
    """An ordered manager ladder for a product, program and region. Frozen into the call when the attempt starts."""

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

SCREENING = timedelta(seconds=35)
"""The longest a phone can be answered without the key being pressed: the story, its repetition, two pauses."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hunt:
    """A ladder as it can be climbed ``now``. ``barred`` numbers are never rung (the line's own, the caller's), ``rung``
    ones not again in this attempt."""

    ladder: Ladder
    now: datetime
    barred: frozenset[str] = frozenset()
    rung: frozenset[str] = frozenset()

    def first(self, last_talked: int) -> Position | None:
        """The first phone above the last level that talked; when that was the highest, the highest again."""
        above = self._from(level=last_talked)
        return next(above, None) or next(self._from(level=max(last_talked - 1, 0)), None)

    def after(self, position: Position) -> Position | None:
        """The next phone on the same level, else on the next level that has one."""
        return next(self._from(level=position.level, member=position.member + 1), None)

    def above(self, position: Position) -> Position | None:
        """The first phone on a higher level."""
        return next(self._from(level=position.level + 1), None)

    def together(self, position: Position) -> tuple[Position, ...]:
        """The phones to ring at once: the whole level where its members are rung together, else the one."""
        level = self.ladder.levels[position.level]
        if level.order is Order.IN_TURN:
            return (position,)
        return tuple(each for each in self._from(level=position.level) if each.level == position.level)

    def wait_at(self, position: Position) -> timedelta:
        """How long at most the phone at ``position`` keeps a caller waiting."""
        return timedelta(seconds=self.ladder.levels[position.level].ring_seconds) + CARRIER_ADDS + SCREENING

    def longest_wait(self, position: Position) -> timedelta:
        """How long at most, from ``position`` on, until every phone has rung and nobody has accepted."""
        numbers: set[str] = set()
        total = timedelta()
        for each in self._from(level=position.level, member=position.member):
            number = self.ladder.member_at(each).number
            if number not in numbers:
                total += self.wait_at(each)
            numbers.add(number)
        return total

    def _from(self, *, level: int, member: int = 0) -> Iterator[Position]:
        for rung_up, plan in enumerate(self.ladder.levels):
            if rung_up < level or plan.email_only or (plan.active and not plan.active.is_open(self.now)):
                continue
            for index, one in enumerate(plan.members):
                if (rung_up, index) >= (level, member) and self._ringable(one):
                    yield Position(level=rung_up, member=index)

    def _ringable(self, member: Member) -> bool:
        return bool(member.number) and member.number not in self.barred | self.rung
