"""The manager ladder: who is on it, and in which order. How it is climbed stands in ``flows.rules.hunt``."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum

from flows.rules.daily_hours import DailyHours
from flows.rules.working_time import WorkingTime
from flows.ticket import Severity


class Order(Enum):
    """How the members of a level are rung."""

    IN_TURN = "in-turn"
    TOGETHER = "together"


@dataclass(frozen=True, slots=True, kw_only=True)
class QuietHours:
    """When a person's phones are not to ring; a ticket of severity ``except_for`` or worse rings anyway (0: none)."""

    hours: DailyHours
    except_for: int = Severity.URGENT.value

    def end(self, at: datetime, zone: str, severity: Severity) -> datetime:
        """When a ticket of this severity may ring that comes at ``at``: at once, or when the quiet hours end in IANA
        ``zone``."""
        around = self.hours.around(at, zone) if severity.value > self.except_for else None
        return around[1] if around else at


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A person on a level, known to the routing as ``person``. ``number`` is E.164; empty when the person is reached by
    e-mail only. ``further`` are this person's other phones, in the order in which they are rung.

    ``zone`` is the IANA zone of this person's day. ``vacant``: a schedule named ``name`` has nobody on shift.
    """

    person: str = ""
    name: str
    number: str = ""
    further: tuple[str, ...] = ()
    email: str = ""
    language: str = "en"
    zone: str = "UTC"
    quiet: QuietHours | None = None
    vacant: bool = False

    @property
    def phones(self) -> tuple[str, ...]:
        """Every phone, the first one first."""
        return (self.number, *self.further) if self.number else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """A place on the ladder: ``level``, ``member`` and that member's ``phone`` are indexes from 0."""

    level: int
    member: int
    phone: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """One rung of the ladder, ``rank`` counted from 1. ``ring_seconds`` is per phone; ``active`` None means always.

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

    def places(self) -> list[Position]:
        """Where there is a phone to ring, in the order in which they are rung: in turn all phones of one member, then
        the next member; together the first phones of all, then the second ones. A vacant place is one as well."""
        level = self.rank - 1
        found = [
            Position(level=level, member=member, phone=phone)
            for member, one in enumerate(self.members)
            for phone in range(len(one.phones) or one.vacant)
        ]
        return sorted(found, key=self.turn)

    def turn(self, place: Position) -> tuple[int, int]:
        """What sorts the places of this level into the order in which they are rung."""
        return (place.phone, place.member) if self.order is Order.TOGETHER else (place.member, place.phone)

    def opens(self, at: datetime) -> datetime | None:
        """From when on the level takes part: at once, or when its hours begin; None: not for years."""
        return self.active.next_opening(at) if self.active else at


@dataclass(frozen=True, slots=True, kw_only=True)
class Ladder:
    """An ordered manager ladder for a product, program and region. Frozen into the call when the attempt starts.

    It may have no levels: nobody serves such tickets, and the caller is told so.
    """

    name: str
    levels: tuple[Level, ...]

    def member_at(self, place: Position) -> Member:
        """Whose phone it is."""
        return self.levels[place.level].members[place.member]

    def number_at(self, place: Position) -> str:
        """Which phone it is; empty for a vacant place."""
        phones = self.member_at(place).phones
        return phones[place.phone] if place.phone < len(phones) else ""
