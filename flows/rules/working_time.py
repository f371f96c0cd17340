"""Working time: weekly hours in one time zone, less holidays. All reckoning is done in UTC, so DST cannot bend it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

MIDNIGHT = time(0)
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

    Where clocks go forward over an opening, it opens at the first moment that exists; where an hour happens twice,
    the first one opens and the last one closes. Raises ValueError for an unknown zone, no hours, or overlapping ones.
    """

    zone: str
    hours: tuple[Hours, ...]
    holidays: frozenset[date] = frozenset()

    def __post_init__(self) -> None:
        try:
            ZoneInfo(self.zone)
        except (ZoneInfoNotFoundError, ValueError):
            raise ValueError(f"unknown time zone {self.zone!r}; use an IANA name such as Europe/Berlin") from None
        if not self.hours:
            raise ValueError("working time needs at least one opening in the week")
        for one, following in pairwise(sorted(self.hours, key=lambda hours: (hours.weekday, hours.opens))):
            if one.weekday == following.weekday and (one.closes == MIDNIGHT or following.opens < one.closes):
                raise ValueError(f"hours overlap on weekday {one.weekday}; merge them into one")

    def is_open(self, at: datetime) -> bool:
        """Whether ``at`` is working time; the moment of closing is not."""
        return any(opens <= at < closes for opens, closes in self._around(at))

    def next_opening(self, at: datetime) -> datetime | None:
        """The next moment of working time at or after ``at`` (UTC); None when there is none for ten years."""
        for opens, closes in self._periods(at):
            if closes > at:
                return max(opens, at)
        return None

    def after(self, start: datetime, length: timedelta) -> datetime:
        """The instant (UTC) at which ``length`` of working time has passed since ``start``.

        Raises ValueError when ten years do not hold as much: the calendar has no open days left.
        """
        left = length
        for opens, closes in self._periods(start):
            begins = max(opens, start)
            if begins + left <= closes:
                return begins + left
            left -= max(closes - begins, timedelta())
        raise ValueError("the calendar has too little working time; check its hours and holidays")

    def elapsed(self, start: datetime, end: datetime) -> timedelta:
        """How much working time lies between two instants."""
        total = timedelta()
        for opens, closes in self._periods(start):
            if opens >= end:
                break
            total += max(min(closes, end) - max(opens, start), timedelta())
        return total

    def _around(self, at: datetime) -> Iterator[Period]:
        today = at.astimezone(ZoneInfo(self.zone)).date()
        for offset in (-1, 0, 1):
            yield from self._on(today + timedelta(days=offset))

    def _periods(self, start: datetime) -> Iterator[Period]:
        """Working periods in UTC, from the day before ``start`` on, for ten years."""
        first = start.astimezone(ZoneInfo(self.zone)).date() - timedelta(days=1)
        for offset in range(FARTHEST.days):
            yield from self._on(first + timedelta(days=offset))

    def _on(self, day: date) -> Iterator[Period]:
        if day in self.holidays:
            return
        for hours in sorted(self.hours, key=lambda each: each.opens):
            if hours.weekday == day.weekday():
                ends = day + timedelta(days=1) if hours.closes == MIDNIGHT else day
                opens, closes = self._utc(day, hours.opens, fold=0), self._utc(ends, hours.closes, fold=1)
                if opens < closes:
                    yield opens, closes

    def _utc(self, day: date, at: time, *, fold: int) -> datetime:
        return datetime.combine(day, at.replace(fold=fold), ZoneInfo(self.zone)).astimezone(UTC)
