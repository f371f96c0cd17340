"""Schedules: who is on duty. People take turns; whoever is put in for a time comes before them.

Turns are reckoned on the clock on the wall of the schedule's zone: they are handed over at the same time of day all
year round, those of twelve hours at 08:00 and 20:00 also on the days when clocks change. A hand-over at a time that a
clock change skips takes place when it does; one at a time that happens twice takes place the first time. A turn that a
skipped hour swallows whole is nobody's, and the order goes on after it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import TypeAlias
from zoneinfo import ZoneInfo

from flows.rules.working_time import Hours, WorkingTime, instant_of, utc

DAY = timedelta(days=1)
WEEK = timedelta(days=7)
SHORTEST_TURN, LONGEST_TURN = timedelta(hours=1), timedelta(days=366)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rotation:
    """``people`` (keys) take turns in their order, the first from ``start`` (a local date) at ``hand_over`` on.

    Each turn is ``every`` long on the clock on the wall: a day, a week, any number of minutes. With ``hours`` this
    rotation is on duty only in them ("nights", "weekends"); the turns go on all the same. Raises ValueError when nobody
    takes part, and for a turn shorter than an hour or longer than a year.
    """

    people: tuple[str, ...]
    start: date
    hand_over: time
    every: timedelta = WEEK
    hours: tuple[Hours, ...] = ()

    def __post_init__(self) -> None:
        if not self.people:
            raise ValueError("somebody must take turns; name at least one person")
        if not SHORTEST_TURN <= self.every <= LONGEST_TURN:
            raise ValueError("a turn lasts from one hour to 366 days")

    def turn(self, at: datetime, zone: ZoneInfo) -> int:
        """Which turn ``at`` belongs to, counted from 0; negative before the first."""
        number = (at.astimezone(zone).replace(tzinfo=None) - self._first) // self.every
        while self.begins(number + 1, zone) <= at:
            number += 1
        while at < self.begins(number, zone):
            number -= 1
        return number

    def begins(self, turn: int, zone: ZoneInfo) -> datetime:
        """When a turn begins, in UTC."""
        return instant_of((self._first + turn * self.every).replace(tzinfo=zone))

    def person(self, turn: int) -> str:
        """Whose turn it is."""
        return self.people[turn % len(self.people)]

    @property
    def _first(self) -> datetime:
        return datetime.combine(self.start, self.hand_over.replace(fold=0))


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """A named duty. Of the ``rotations`` the first that has somebody on duty counts.

    ``name`` is what people call it, ``zone`` is an IANA name. ``calendar_url`` (or empty) is an iCalendar whose shifts
    come before the rotations; it is fetched again after ``refresh``. ``otherwise`` (a person key, or empty) is mailed
    while nobody is on duty.
    """

    name: str
    zone: str
    rotations: tuple[Rotation, ...] = ()
    calendar_url: str = ""
    refresh: timedelta = timedelta(minutes=15)
    otherwise: str = ""

    @property
    def people(self) -> tuple[str, ...]:
        """Everybody who takes turns, once, in the order in which they are named."""
        return tuple(dict.fromkeys(person for rotation in self.rotations for person in rotation.people))


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """From ``starts_at`` until ``ends_at`` it is ``person`` (a key), or nobody (None), whatever the rotations say.

    Set by hand, or ``imported`` from a calendar; what is set by hand comes first. ``id`` is 0 before it is stored;
    ``set_by`` and ``why`` are for those who ask later. Raises ValueError when it ends before it has begun.
    """

    schedule: str
    person: str | None
    starts_at: datetime
    ends_at: datetime
    set_by: str = ""
    why: str = ""
    imported: bool = False
    id: int = 0

    def __post_init__(self) -> None:
        if utc(self.ends_at) <= utc(self.starts_at):
            raise ValueError("it must end after it starts")

    def covers(self, at: datetime) -> bool:
        """Whether it counts at ``at``; it does from its first moment on, no longer at its last."""
        return self.starts_at <= at < self.ends_at

    def overlaps(self, other: "Override") -> bool:
        """Whether there is a moment at which both would count."""
        together = self.starts_at < other.ends_at and other.starts_at < self.ends_at
        return self.schedule == other.schedule and together


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A turn of a rotation: the how manieth layer of the schedule, and the number of the turn."""

    layer: int
    number: int
    person: str


Duty: TypeAlias = Override | Turn


def on_duty(schedule: Schedule, overrides: Iterable[Override], at: datetime) -> str | None:
    """Who is on duty at ``at``: the key of a person, or None for nobody.

    ``overrides`` are those of this schedule, at least all that cover ``at``. Raises ValueError for a naive instant.
    """
    duty = duty_at(schedule, overrides, at)
    return duty.person if duty else None


def duty_at(schedule: Schedule, overrides: Iterable[Override], at: datetime) -> Duty | None:
    """Why somebody, or by an override nobody, is on duty at ``at``; None when nothing is planned.

    Of several overrides the one counts that begins last; two that were set by hand at the same moment on two machines
    are the only ones that can overlap.
    """
    moment = utc(at)
    standing = [override for override in overrides if override.covers(moment)]
    if standing:
        return max(standing, key=lambda override: (not override.imported, override.starts_at, override.id))
    zone = ZoneInfo(schedule.zone)
    turns = (_turn(layer, rotation, moment, zone) for layer, rotation in enumerate(schedule.rotations))
    return next((turn for turn in turns if turn), None)


def _turn(layer: int, rotation: Rotation, at: datetime, zone: ZoneInfo) -> Turn | None:
    if rotation.hours and not hours_of(rotation, zone.key).is_open(at):
        return None
    number = rotation.turn(at, zone)
    return Turn(layer=layer, number=number, person=rotation.person(number)) if number >= 0 else None


@lru_cache(maxsize=256)
def hours_of(rotation: Rotation, zone: str) -> WorkingTime:
    """The hours in which a rotation is on duty; to be asked only of one that has some."""
    return WorkingTime(zone=zone, hours=rotation.hours)
