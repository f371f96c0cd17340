"""A schedule as a calendar shows it: day by day on the clock of its zone, who is on duty and when nobody is."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from flows.rules.schedule import Duty, Override, Schedule
from flows.rules.shifts import gaps, shifts
from flows.rules.working_time import DAY, opening


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Part of one day. ``person`` is a key, empty when nobody is on duty; ``begins`` and ``ends`` are local times, both
    empty for all of the day. ``kind`` is "turn", "by hand", "calendar" or "gap"."""

    person: str
    begins: str
    ends: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """One date and who is on duty on it, in order. ``inside``: it belongs to the month that is shown."""

    on: date
    inside: bool
    stretches: tuple[Stretch, ...]


def month_of(text: str, today: date) -> date:
    """The first day of the month in ``text`` (2026-03); of this one when it is no month near enough to reckon."""
    try:
        found = date.fromisoformat(f"{text}-01")
    except ValueError:
        found = today
    return found.replace(day=1) if abs(found.year - today.year) <= 2 else today.replace(day=1)


def weeks(schedule: Schedule, overrides: Sequence[Override], month: date) -> list[list[Day]]:
    """The weeks that touch a month, Monday to Sunday."""
    first = month - month.weekday() * DAY
    last = (month + timedelta(days=31)).replace(day=1) - DAY
    count = ((last - first).days // 7 + 1) * 7
    found = list(days(schedule, overrides, first, count, month))
    return [found[start : start + 7] for start in range(0, count, 7)]


def days(
    schedule: Schedule, overrides: Sequence[Override], first: date, count: int, month: date | None = None
) -> Iterator[Day]:
    """So many days from ``first`` on."""
    zone = ZoneInfo(schedule.zone)
    start, end = opening(first, time(0), zone), opening(first + count * DAY, time(0), zone)
    on = [(shift.starts_at, shift.ends_at, shift.person, _kind(shift.duty))
          for shift in shifts(schedule, overrides, start, end)]  # fmt: skip
    nobody = [(begins, ends, "", "gap") for begins, ends in gaps(schedule, overrides, start, end)]
    pieces = sorted([*on, *nobody])
    for day in (first + number * DAY for number in range(count)):
        begins, ends = opening(day, time(0), zone), opening(day + DAY, time(0), zone)
        touching = [piece for piece in pieces if piece[0] < ends and begins < piece[1]]
        yield Day(
            on=day,
            inside=month is None or (day.year, day.month) == (month.year, month.month),
            stretches=tuple(_stretch(piece, begins, ends, zone) for piece in touching),
        )


def _stretch(piece: tuple[datetime, datetime, str, str], begins: datetime, ends: datetime, zone: ZoneInfo) -> Stretch:
    since, until, person, kind = piece
    whole = since <= begins and until >= ends
    return Stretch(
        person=person, kind=kind,
        begins="" if whole else f"{max(since, begins).astimezone(zone):%H:%M}",
        ends="" if whole else "24:00" if until >= ends else f"{until.astimezone(zone):%H:%M}",
    )  # fmt: skip


def _kind(duty: Duty) -> str:
    if isinstance(duty, Override):
        return "calendar" if duty.imported else "by hand"
    return "turn"
