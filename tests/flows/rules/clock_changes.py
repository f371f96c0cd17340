"""Every clock change of a zone, and what working time must be around it, found by looking at the clock on the wall.

Only the direction UTC → local is used here, which is never ambiguous; the rule under test goes the other way.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from flows.rules.working_time import WorkingTime

DAY = timedelta(days=1)
QUARTER = timedelta(minutes=15)
"""All offsets, changes and hours in these tests are multiples of it, so looking every quarter of an hour is enough."""


def clock_changes(zone: str, first: int = 2024, last: int = 2035) -> Iterator[datetime]:
    """The instants (UTC) from year ``first`` to ``last`` at which clocks in ``zone`` jump."""
    place = ZoneInfo(zone)
    at, end = datetime(first, 1, 1, tzinfo=UTC), datetime(last + 1, 1, 1, tzinfo=UTC)
    while at < end:
        if _offset(at, place) != _offset(at + DAY, place):
            yield next(each for each in quarters(at, at + DAY + QUARTER) if _offset(each, place) != _offset(at, place))
        at += DAY


def kind_of_change(at: datetime, zone: str) -> tuple[time, timedelta]:
    """What the clock showed when it jumped, and how far it did."""
    place = ZoneInfo(zone)
    before, after = _offset(at - QUARTER, place), _offset(at, place)
    return (at + before).time(), after - before


@dataclass(frozen=True)
class Wall:
    """The clock on the wall of ``calendar``'s zone, looked at every quarter of an hour for days around ``middle``."""

    calendar: WorkingTime
    middle: datetime

    @cached_property
    def open_quarters(self) -> frozenset[datetime]:
        """The beginnings of those quarters of an hour, a day before and after ``middle``, that are working time."""
        near = frozenset(quarters(self.middle - DAY, self.middle + DAY))
        dates = {self._shown[each].date() for each in near}
        return near.intersection(each for day in dates for each in self._open_on(day))

    @cached_property
    def _shown(self) -> dict[datetime, datetime]:
        place = ZoneInfo(self.calendar.zone)
        around = quarters(self.middle - 3 * DAY, self.middle + 3 * DAY)
        return {each: each.astimezone(place).replace(tzinfo=None) for each in around}

    def _open_on(self, day: date) -> Iterator[datetime]:
        for hours in self.calendar.hours if day not in self.calendar.holidays else ():
            if hours.weekday == day.weekday():
                yield from quarters(self._first(day, hours.opens), self._last(day, hours.closes))

    def _first(self, day: date, at: time) -> datetime:
        wanted = datetime.combine(day, at)
        return next(each for each, shown in self._shown.items() if shown >= wanted)

    def _last(self, day: date, at: time) -> datetime:
        if at == time(0):
            return self._first(day + DAY, at)
        wanted = datetime.combine(day, at)
        return max((each for each, shown in self._shown.items() if shown == wanted), default=self._first(day, at))


def quarters(start: datetime, end: datetime) -> Iterator[datetime]:
    """``start``, and every quarter of an hour after it before ``end``."""
    while start < end:
        yield start
        start += QUARTER


def _offset(at: datetime, place: ZoneInfo) -> timedelta:
    offset = at.astimezone(place).utcoffset()
    assert offset is not None
    return offset
