"""A calendar of shifts read for one schedule: who in the routing is meant by each event."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from flows.routing import Person
from flows.rules.schedule import Override, Schedule
from ivr.calendars.events import CalendarTrouble, Event, Unusable, events, mended, parsed

BEHIND, AHEAD = timedelta(days=14), timedelta(days=183)
"""What is imported of a calendar, counted from now."""
MOST_SHIFTS = 2000
MOST_REMARKS = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """The shifts of a calendar in their order, and sentences about what in it could not be used as it stands."""

    shifts: tuple[Override, ...]
    remarks: tuple[str, ...] = ()


def read(text: bytes, key: str, schedule: Schedule, people: Mapping[str, Person], now: datetime) -> Reading:
    """What a calendar says about a schedule (``key``) from two weeks ago until half a year from ``now``. Raises
    CalendarTrouble.

    An event means the first attendee whose mail address is somebody's of ours, else the first of our people whose name
    stands in its title.
    """
    odd: list[Unusable] = []
    meant: dict[tuple[datetime, datetime, str], Override] = {}
    for calendar in parsed(text):
        odd += mended(calendar, schedule.zone)
        for event in events(calendar, schedule.zone, now - BEHIND, now + AHEAD):
            why, person = _unusable(event), _meant(event, people)
            if person and not why:
                shift = Override(
                    schedule=key, person=person, starts_at=event.starts_at, ends_at=event.ends_at, imported=True
                )
                meant[shift.starts_at, shift.ends_at, person] = shift
            else:
                odd.append(Unusable(summary=event.summary, why=why or "it names nobody in the routing"))
    if len(meant) > MOST_SHIFTS:
        raise CalendarTrouble(f"it holds more than {MOST_SHIFTS} shifts in half a year")
    shifts = tuple(meant[each] for each in sorted(meant))
    return Reading(shifts=shifts, remarks=(*_remarks(odd), *_overlaps(shifts, schedule)))


def _unusable(event: Event) -> str:
    return "" if event.starts_at < event.ends_at else "it has no length"


def _meant(event: Event, people: Mapping[str, Person]) -> str | None:
    by_mail = {person.email.casefold(): key for key, person in people.items() if person.email}
    invited = (by_mail.get(address.strip().casefold()) for address in event.attendees)
    return next((key for key in invited if key), None) or _named(event.summary, people)


def _named(summary: str, people: Mapping[str, Person]) -> str | None:
    """Of those whose names stand in the title the first; of two at the same place the one with the longer name."""
    found = [
        (place.start(), -len(name), key)
        for key, person in people.items()
        for name in {person.name, key}
        if (place := re.search(rf"(?<!\w){re.escape(name)}(?!\w)", summary, re.IGNORECASE))
    ]
    return min(found)[2] if found else None


def _remarks(odd: list[Unusable]) -> Iterator[str]:
    told = Counter((each.summary, each.why) for each in odd)
    for (summary, why), times in list(told.items())[:MOST_REMARKS]:
        yield f"“{summary}”{f', {times} times' if times > 1 else ''}: {why}"
    if len(told) > MOST_REMARKS:
        yield f"and {len(told) - MOST_REMARKS} more"


def _overlaps(shifts: tuple[Override, ...], schedule: Schedule) -> Iterator[str]:
    """Two people at the same time: the shift that begins last counts, and the first such place is told."""
    zone, ends_last = ZoneInfo(schedule.zone), None
    for shift in shifts:
        if ends_last and shift.starts_at < ends_last.ends_at and shift.person != ends_last.person:
            at = f"{shift.starts_at.astimezone(zone):%Y-%m-%d %H:%M}"
            yield f"{ends_last.person} and {shift.person} at the same time, first on {at}: the later shift counts"
            return
        if ends_last is None or shift.ends_at > ends_last.ends_at:
            ends_last = shift
