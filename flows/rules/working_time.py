"""Working time: weekly hours in one time zone, less holidays. All reckoning is done in UTC, so DST cannot bend it.

What the clock on the wall says is what counts, also on the days when clocks change:

- a local time that a clock change skips becomes the first moment after the gap;
- of a local time that happens twice, the first one opens and the last one closes;
- the end of a day is where the next date begins, also where midnight is skipped (America/Santiago) or happens twice
  (America/Havana), so no day's hours run into a holiday;
- no moment counts twice, even where two openings overlap for an hour because it was repeated.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from itertools import pairwise
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

MIDNIGHT = time(0)
DAY = timedelta(days=1)
FARTHEST = timedelta(days=3660)
"""A calendar that has not enough working time in ten years is a mistake."""
Period = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """Open from ``opens`` to ``closes`` (local wall-clock time) on ``weekday`` (0 = Monday).

    00:00 as ``closes`` ends the day. Raises ValueError when the hours are empty or run backwards.
    """

    weekday: int
    opens: time
    closes: time

    def __post_init__(self) -> None:
        if not 0 <= self.weekday <= 6:
            raise ValueError("a weekday is a number from 0 (Monday) to 6 (Sunday)")
        if self.closes != MIDNIGHT and self.closes <= self.opens:
            raise ValueError("hours must close after they open; split hours over midnight into two days")


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkingTime:
    """A calendar of working time: weekly ``hours`` in IANA ``zone``, none of it on ``holidays`` (local dates).

    Raises ValueError for an unknown zone, no hours, or overlapping ones. Every method takes aware instants of any zone,
    raises ValueError for naive ones, and answers in UTC.
    """

    zone: str
    hours: tuple[Hours, ...]
    holidays: frozenset[date] = frozenset()

    def __post_init__(self) -> None:
        try:
            ZoneInfo(self.zone)
        except (ZoneInfoNotFoundError, ValueError, OSError):  # OSError: a folder of zones, such as "America"
            raise ValueError(f"unknown time zone {self.zone!r}; use an IANA name such as Europe/Berlin") from None
        if not self.hours:
            raise ValueError("working time needs at least one opening in the week")
        for one, following in pairwise(sorted(self.hours, key=lambda hours: (hours.weekday, hours.opens))):
            if one.weekday == following.weekday and (one.closes == MIDNIGHT or following.opens < one.closes):
                raise ValueError(f"hours overlap on weekday {one.weekday}; merge them into one")

    def is_open(self, at: datetime) -> bool:
        """Whether ``at`` is working time; the moment of closing is not."""
        return any(opens <= at for opens, _ in self.periods(at, at))

    def next_opening(self, at: datetime) -> datetime | None:
        """The next moment of working time at or after ``at``; None when there is none for ten years."""
        return next((opens for opens, _ in self.periods(at, at + FARTHEST)), None)

    def after(self, start: datetime, length: timedelta) -> datetime:
        """The first instant at which ``length`` of working time has passed since ``start``; no length, no wait.

        Raises ValueError for a negative length, and when ten years do not hold as much: the calendar is a mistake.
        """
        if length < timedelta():
            raise ValueError("a length of working time cannot be negative")
        if not length:
            return utc(start)
        left = length
        for opens, closes in self.periods(start, start + FARTHEST):
            if left <= closes - opens:
                return opens + left
            left -= closes - opens
        raise ValueError("the calendar has too little working time in ten years; check its hours and holidays")

    def elapsed(self, start: datetime, end: datetime) -> timedelta:
        """How much working time lies between two instants; none when ``end`` is not after ``start``."""
        inside = (min(closes, end) - opens for opens, closes in self.periods(start, end) if opens < end)
        return sum(inside, timedelta())

    def periods(self, start: datetime, end: datetime) -> Iterator[Period]:
        """The working periods in UTC after ``start`` in their order, the last of them on the local date of ``end``.

        They begin with the date of ``start``: no clock goes back from one date into the one before, now or as planned.
        """
        zone, counted = ZoneInfo(self.zone), utc(start)
        week = [sorted((each.opens, each.closes) for each in self.hours if each.weekday == day) for day in range(7)]
        day, last = counted.astimezone(zone).date(), utc(end).astimezone(zone).date()
        while day <= last:
            for opens, closes in week[day.weekday()] if day not in self.holidays else ():
                begins, ends = max(opening(day, opens, zone), counted), closing(day, closes, zone)
                if begins < ends:
                    yield begins, ends
                    counted = ends
            day += DAY


def opening(day: date, opens: time, zone: ZoneInfo) -> datetime:
    """The instant (UTC) at which something begins that begins at ``opens`` on ``day``."""
    return instant_of(datetime.combine(day, opens.replace(fold=0), zone))


def closing(day: date, closes: time, zone: ZoneInfo) -> datetime:
    """The instant (UTC) at which something ends that ends at ``closes`` on ``day``; 00:00 ends the day."""
    if closes == MIDNIGHT:
        return opening(day + DAY, MIDNIGHT, zone)
    return instant_of(datetime.combine(day, closes.replace(fold=1), zone))


def instant_of(local: datetime) -> datetime:
    """The instant (UTC) of a local time; of one that clocks skip, the moment they do."""
    instant, other = local.astimezone(UTC), local.replace(fold=1 - local.fold).astimezone(UTC)
    late, early = (instant, other) if local.fold == 0 else (other, instant)
    return _change(early, late, local.tzinfo) if early < late else instant


def _change(early: datetime, late: datetime, zone: tzinfo | None) -> datetime:
    """The one clock change between two instants, found by halving; changes fall on whole seconds."""
    afterwards = late.astimezone(zone).utcoffset()
    while late - early > timedelta(seconds=1):
        middle = early + (late - early) / 2
        early, late = (early, middle) if middle.astimezone(zone).utcoffset() == afterwards else (middle, late)
    return late.replace(microsecond=0)


def utc(at: datetime) -> datetime:
    """The same instant in UTC. Raises ValueError for a naive one."""
    if at.utcoffset() is None:
        raise ValueError("a naive time names no instant; give it a time zone")
    return at.astimezone(UTC)
