"""The events of an iCalendar, every recurrence of them, with what cannot be used told in words.

A file may be broken, huge, or written by somebody who wishes us ill: what would take long is refused beforehand.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

import recurring_ical_events
from icalendar import Calendar

from flows.rules.working_time import instant_of
from ivr.calendars.recurrences import MOST_DATES, times_a_day, why_not

Fields: TypeAlias = Any
"""A component of the library, which types each of its fields as any of thirty kinds."""
BIGGEST = 1_000_000
"""Bytes; a year of hourly shifts has fewer."""
MOST_A_DAY = 60
"""Recurrences a day of all events together; rotas have a handful, and each costs time."""
ONCE = ("DTSTART", "DTEND", "DURATION", "RECURRENCE-ID", "RRULE", "UID", "STATUS")
STUMBLES = (ValueError, TypeError, LookupError, AttributeError, ArithmeticError)
"""What the library raises for files that nobody should have written; the last good import is better than a guess."""


class CalendarTrouble(Exception):
    """A calendar cannot be had or used; the message is a sentence for whoever looks after it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One event, or one recurrence of it. ``attendees`` are mail addresses of those who have not declined."""

    summary: str
    attendees: tuple[str, ...]
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Unusable:
    """An event that cannot be used, or not quite as it stands, and why."""

    summary: str
    why: str


def parsed(text: bytes) -> list[Calendar]:
    """The calendars in a file. Raises CalendarTrouble."""
    if len(text) > BIGGEST:
        raise CalendarTrouble("it is bigger than a megabyte")
    try:
        found = Calendar.from_ical(text, multiple=True)
    except (*STUMBLES, RecursionError):
        raise CalendarTrouble("this is no iCalendar") from None
    calendars = [each for each in found if each.name == "VCALENDAR"]
    if not calendars:
        raise CalendarTrouble("there is no whole calendar in it")
    return calendars


def mended(calendar: Calendar, zone: str) -> Iterator[Unusable]:
    """Take out of ``calendar`` what cannot be read; each is told. Raises CalendarTrouble for too many recurrences."""
    kept, a_day = [], 0.0
    for component in calendar.subcomponents:
        if component.name != "VEVENT":
            kept.append(component)
        elif why := _unreadable(component):
            yield Unusable(summary=summary_of(component), why=why)
        else:
            kept.append(component)
            a_day += _times_a_day(component)
            yield from _doubts(component, zone)
    if a_day > MOST_A_DAY:
        raise CalendarTrouble(f"its events recur more than {MOST_A_DAY} times a day; import one with the shifts only")
    calendar.subcomponents = kept


def events(calendar: Calendar, zone: str, start: datetime, end: datetime) -> Iterator[Event]:
    """Every event that is not cancelled and touches the time between two instants; whole days are those of ``zone``,
    and so are times that name no zone. Raises CalendarTrouble."""
    place = ZoneInfo(zone)
    try:
        found = recurring_ical_events.of(calendar, skip_bad_series=True).between(start, end)
    except STUMBLES:
        raise CalendarTrouble("its events contradict themselves") from None
    for component in found:
        if str(component.get("STATUS", "")).upper() != "CANCELLED":
            yield Event(
                summary=summary_of(component),
                attendees=tuple(_attendees(component)),
                starts_at=_instant(component["DTSTART"].dt, place),
                ends_at=_instant(component["DTEND"].dt, place),
            )


def summary_of(component: Fields) -> str:
    """What the event is called, on one short line."""
    return " ".join(str(component.get("SUMMARY", "")).split())[:80] or "without a title"


def _unreadable(event: Fields) -> str:
    if event.errors:
        return f"its {event.errors[0][0]} cannot be read"
    twice = next((name for name in ONCE if isinstance(event.get(name), list)), "")
    if twice:
        return f"its {twice} is there twice"
    begins = getattr(event.get("DTSTART"), "dt", None)
    if not isinstance(begins, date):
        return "it has no beginning"
    if sum(len(each.dts) for each in _listed(event.get("RDATE"))) > MOST_DATES:
        return f"it has more than {MOST_DATES} dates"
    return why_not(event["RRULE"], begins) if event.get("RRULE") else ""


def _times_a_day(event: Fields) -> float:
    return times_a_day(event["RRULE"]) if event.get("RRULE") else 0.0


def _doubts(event: Fields, zone: str) -> Iterator[Unusable]:
    begins = event["DTSTART"]
    named = begins.params.get("TZID")
    if named and isinstance(begins.dt, datetime) and begins.dt.tzinfo is None:
        yield Unusable(summary=summary_of(event), why=f"nobody knows its time zone {named}; it is read as {zone}")


def _attendees(event: Fields) -> Iterator[str]:
    for attendee in _listed(event.get("ATTENDEE")):
        if str(attendee.params.get("PARTSTAT", "")).upper() != "DECLINED":
            yield str(attendee).rpartition(":")[2]


def _listed(field: Fields) -> Iterable[Fields]:
    """The library answers nothing, one, or a list."""
    return field if isinstance(field, list) else [] if field is None else [field]


def _instant(at: date, place: ZoneInfo) -> datetime:
    if not isinstance(at, datetime):
        return instant_of(datetime.combine(at, time(0), place))
    return at.astimezone(UTC) if at.tzinfo else instant_of(at.replace(tzinfo=place))
