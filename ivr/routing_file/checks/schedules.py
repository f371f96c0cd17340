"""Schedules: those who take turns exist, and somebody is on duty."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from flows.routing import Routing
from flows.rules.schedule import Rotation, Schedule
from flows.rules.shifts import gaps
from ivr.line.dialling import DialPolicy
from ivr.routing_file.checks.people import unknown_person
from ivr.routing_file.checks.times import overlaps, unknown_zone
from ivr.routing_file.findings import Finding, Place

AHEAD = timedelta(days=14)
SHORTEST_REFRESH, LONGEST_REFRESH = timedelta(minutes=5), timedelta(days=1)


def names(routing: Routing, _: DialPolicy) -> Iterator[Finding]:
    """People and schedules share one name space: a level's member may be either."""
    for key in routing.schedules:
        if key in routing.people:
            message = f"there is a person {key} too; call the schedule something else"
            yield Finding(place=("schedules", key), message=message, drawn_from=(("people", key),))


def rotations(routing: Routing, _: DialPolicy) -> Iterator[Finding]:
    """Turns are taken by people, never by schedules: no duty can be handed round in a circle."""
    for key, schedule in routing.schedules.items():
        for count, rotation in enumerate(schedule.rotations, start=1):
            place = ("schedules", key, "rotations", str(count))
            yield from _takers(routing, (*place, "people"), rotation)
            yield from overlaps((*place, "hours"), rotation.hours)
        if schedule.otherwise:
            yield from _otherwise(routing, ("schedules", key, "otherwise"), schedule.otherwise)


def calendar_addresses(routing: Routing, _: DialPolicy) -> Iterator[Finding]:
    """What is fetched is fetched over https, often enough and not too often."""
    for key, schedule in routing.schedules.items():
        place, address = ("schedules", key), schedule.calendar_url
        if address and not _fetchable(address):
            message = "expected an https address without a password in it, such as https://example.com/shifts.ics"
            yield Finding(place=(*place, "calendar_url"), message=message)
        if not SHORTEST_REFRESH <= schedule.refresh <= LONGEST_REFRESH:
            yield Finding(place=(*place, "refresh"), message="expected a length from 5m to 1d")


def in_use(routing: Routing, _: DialPolicy) -> Iterator[Finding]:
    """A schedule that nothing names, or on which nobody can ever be, is forgotten or unfinished."""
    named = {line.shift_manager for line in routing.lines}
    named |= {key for ladder in routing.ladders for level in ladder.levels for key in level.members}
    for key, schedule in routing.schedules.items():
        place = ("schedules", key)
        if key not in named:
            message = "is on no level and is no shift manager; put it on a level or remove it"
            yield Finding(place=place, message=message, warning=True, drawn_from=(("ladders",), ("lines",)))
        if not schedule.rotations and not schedule.calendar_url:
            message = "has neither rotations nor a calendar_url; `ivr oncall import` a file, else nobody is on duty"
            yield Finding(place=place, message=message, warning=True)


def gaps_ahead(routing: Routing, now: datetime) -> Iterator[Finding]:
    """Nobody on duty within the next two weeks. Only turns are known here: a schedule that a calendar fills too is left
    to ``ivr oncall gaps``."""
    for key, schedule in routing.schedules.items():
        if schedule.rotations and not schedule.calendar_url and not unknown_zone(schedule.zone):
            yield from _gaps(("schedules", key), schedule, now)


def _gaps(place: Place, schedule: Schedule, now: datetime) -> Iterator[Finding]:
    if any(True for rotation in schedule.rotations for _ in overlaps(place, rotation.hours)):
        return
    found = list(gaps(schedule, (), now, now + AHEAD))
    if found:
        zone = ZoneInfo(schedule.zone)
        begins, ends = (f"{at.astimezone(zone):%Y-%m-%d %H:%M}" for at in found[0])
        first = f", the first of {len(found)} gaps within the next two weeks" if len(found) > 1 else ""
        message = f"nobody is on duty from {begins} to {ends}{first}"
        yield Finding(place=place, message=message, warning=True)


def _takers(routing: Routing, place: Place, rotation: Rotation) -> Iterator[Finding]:
    for key in dict.fromkeys(rotation.people):
        if key in routing.people:
            continue
        if key in routing.schedules:
            message = f"{key} is a schedule; turns are taken by people, so name the people"
            yield Finding(place=place, message=message, drawn_from=(("schedules", key),))
        else:
            yield unknown_person(routing, place, key)


def _otherwise(routing: Routing, place: Place, key: str) -> Iterator[Finding]:
    person = routing.people.get(key)
    if person is None:
        yield unknown_person(routing, place, key)
    elif not person.email:
        message = f"{key} is mailed while nobody is on duty and has no email; add one to that person"
        yield Finding(place=place, message=message, drawn_from=(("people", key, "email"),))


def _fetchable(address: str) -> bool:
    try:
        parts = urlsplit(address)
        return parts.scheme == "https" and bool(parts.hostname) and "@" not in parts.netloc and parts.port != 0
    except ValueError:
        return False
