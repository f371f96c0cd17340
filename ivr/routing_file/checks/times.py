"""Programs, calendars, zones and languages: names that exist, and hours that can be counted."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from difflib import get_close_matches
from functools import cache
from itertools import pairwise
from zoneinfo import available_timezones

import holidays

from flows.prompts.catalogue import LANGUAGES
from flows.routing import Person, Routing
from flows.rules.working_time import MIDNIGHT, Hours
from ivr.line.dialling import DialPolicy
from ivr.routing_file.findings import Finding, Place
from ivr.routing_file.kinds import meant
from ivr.routing_file.texts import SEVERITIES, WEEKDAYS, openings_to_text

SHORTEST_TALK, LONGEST_TALK = timedelta(minutes=1), timedelta(hours=4)
"""The carrier ends a talk after four hours at the latest."""


def programs(routing: Routing, _: DialPolicy) -> Iterator[Finding]:
    """Each program says something about every severity."""
    if not routing.programs:
        yield Finding(place=("programs",), message="has no program; every ticket would be refused, so add one")
    for key, program in routing.programs.items():
        missing = [name for name, number in SEVERITIES.items() if number not in program.grants]
        if missing:
            message = f"says nothing about {', '.join(missing)}: such tickets are refused; add them, if only to say so"
            yield Finding(place=("programs", key, "severities"), message=message, warning=True)


def calendars_named(routing: Routing, _: DialPolicy) -> Iterator[Finding]:
    """Calendars that are named exist."""
    for place, name in _names_of_calendars(routing):
        if name and name not in routing.calendars:
            message = f"{name} is not among the calendars; {meant(name, routing.calendars)}"
            yield Finding(place=place, message=message, drawn_from=(("calendars", name),))


def calendars(routing: Routing, _: DialPolicy) -> Iterator[Finding]:
    """Calendars can be counted in."""
    for name, calendar in routing.calendars.items():
        place = ("calendars", name)
        if not calendar.hours:
            yield Finding(place=(*place, "hours"), message="has no hours; open at least one weekday")
        if calendar.holiday_region and not _has_holidays(calendar.holiday_region):
            message = f"no holidays are known for {calendar.holiday_region}; name a country (US) or a state (DE-BY)"
            yield Finding(place=(*place, "holidays"), message=message)
        yield from overlaps((*place, "hours"), calendar.hours)


def zones(routing: Routing, _: DialPolicy) -> Iterator[Finding]:
    """Time zones exist under exactly this name."""
    places: dict[Place, str] = {("calendars", name): each.zone for name, each in routing.calendars.items()}
    places |= {("lines", str(count)): line.zone for count, line in enumerate(routing.lines, start=1)}
    places |= {("schedules", key): schedule.zone for key, schedule in routing.schedules.items()}
    places |= {("people", key): person.zone for key, person in routing.people.items() if person.zone}
    for place, zone in places.items():
        if unknown_zone(zone):
            yield Finding(place=(*place, "time_zone"), message=unknown_zone(zone))


def unknown_zone(zone: str) -> str:
    """What to do about a zone that does not exist; empty when it does."""
    if zone in _zones():
        return ""
    close = get_close_matches(zone, _zones(), 1)
    advice = f"did you mean {close[0]}?" if close else "use a name such as Europe/Berlin"
    return f"there is no time zone {zone}; {advice}"


def languages(routing: Routing, _: DialPolicy) -> Iterator[Finding]:
    """Every language named is one the line can speak."""
    for place, language in _languages(routing):
        if language not in LANGUAGES:
            yield Finding(place=place, message=f"the line cannot speak {language}; it speaks {', '.join(LANGUAGES)}")
    for key, person in routing.people.items():
        yield from _understood(("people", key, "languages"), person)


def overlaps(place: Place, hours: Iterable[Hours]) -> Iterator[Finding]:
    """Weekly hours, at ``place``, count no moment twice."""
    for day, name in enumerate(WEEKDAYS):
        openings = sorted((each for each in hours if each.weekday == day), key=lambda each: each.opens)
        if any(_overlap(one, following) for one, following in pairwise(openings)):
            message = f"{openings_to_text(openings)} overlap; merge them into one"
            yield Finding(place=(*place, name), message=message)


def talks(routing: Routing, _: DialPolicy) -> Iterator[Finding]:
    """A talk is given a length that the carrier keeps."""
    for count, line in enumerate(routing.lines, start=1):
        if not SHORTEST_TALK <= line.talk_limit <= LONGEST_TALK:
            yield Finding(place=("lines", str(count), "talk_limit"), message="expected a length from 1m to 4h")


def _names_of_calendars(routing: Routing) -> Iterator[tuple[Place, str]]:
    for key, program in routing.programs.items():
        for name, number in SEVERITIES.items():
            if number in program.grants:
                yield ("programs", key, "severities", name, "calendar"), program.grants[number].calendar
    for number, ladder in enumerate(routing.ladders, start=1):
        for rank, level in enumerate(ladder.levels, start=1):
            yield ("ladders", str(number), "levels", str(rank), "calendar"), level.calendar


def _understood(place: Place, person: Person) -> Iterator[Finding]:
    """A person may know languages that the line has no words for, as long as there is one that both know."""
    strange = [language for language in person.languages if language not in LANGUAGES]
    if strange:
        message = f"the line cannot speak {' or '.join(strange)}; it speaks {', '.join(LANGUAGES)}"
        yield Finding(place=place, message=message, warning=len(strange) < len(person.languages))


def _languages(routing: Routing) -> Iterator[tuple[Place, str]]:
    for count, line in enumerate(routing.lines, start=1):
        for position, language in enumerate(line.languages, start=1):
            yield ("lines", str(count), "languages", str(position)), language
    for number, ladder in enumerate(routing.ladders, start=1):
        for rank, level in enumerate(ladder.levels, start=1):
            for language in level.titles:
                yield ("ladders", str(number), "levels", str(rank), "titles", language), language


def _overlap(one: Hours, following: Hours) -> bool:
    return one.closes == MIDNIGHT or following.opens < one.closes


def _has_holidays(region: str) -> bool:
    country, _, subdivision = region.partition("-")
    try:
        holidays.country_holidays(country, subdiv=subdivision or None)
    except NotImplementedError:
        return False
    return True


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())
