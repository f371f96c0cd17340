"""People: those who are named exist, those who exist are named, and whoever is to be mailed can be."""

from collections.abc import Iterator

from flows.routing import Line, Person, Routing
from ivr.line.dialling import DialPolicy
from ivr.line.mail_addresses import AddressError, address
from ivr.routing_file.findings import Finding, Place
from ivr.routing_file.kinds import meant


def shift_managers(routing: Routing, _: DialPolicy) -> Iterator[Finding]:
    """Each line's shift manager is a person with a mail address, or a schedule of such people."""
    for count, line in enumerate(routing.lines, start=1):
        place = ("lines", str(count), "shift_manager")
        if line.shift_manager not in routing.people and line.shift_manager not in routing.schedules:
            yield unknown_member(routing, place, line.shift_manager)
        schedule = routing.schedules.get(line.shift_manager)
        if schedule and not schedule.rotations and not schedule.otherwise:
            message = "without rotations it has gaps; name as otherwise who is mailed about an escalation then"
            yield Finding(place=("schedules", line.shift_manager), message=message)
        for key in who_may_be(routing, line.shift_manager):
            if key in routing.people and not routing.people[key].email:
                message = f"{key} is mailed about every escalation and has no email; add one to that person"
                yield Finding(place=place, message=message, drawn_from=(("people", key, "email"),))


def who_may_be(routing: Routing, key: str) -> tuple[str, ...]:
    """The keys of those whom ``key`` may mean: of a schedule those who take turns, else itself."""
    schedule = routing.schedules.get(key)
    return schedule.people if schedule else (key,)


def filled_elsewhere(routing: Routing, key: str) -> bool:
    """Whether ``key`` is a schedule on which anybody may be, because a calendar fills it."""
    schedule = routing.schedules.get(key)
    return schedule is not None and (bool(schedule.calendar_url) or not schedule.rotations)


def unknown_member(routing: Routing, place: Place, key: str) -> Finding:
    """A name that is nobody's and no schedule's."""
    known = [*routing.people, *routing.schedules]
    among = "people and schedules" if routing.schedules else "people"
    message = f"{key} is not among the {among}; {meant(key, known)}"
    return Finding(place=place, message=message, drawn_from=(("people", key), ("schedules", key)))


def unknown_person(routing: Routing, place: Place, key: str) -> Finding:
    """A name that is nobody's."""
    message = f"{key} is not among the people; {meant(key, routing.people)}"
    return Finding(place=place, message=message, drawn_from=(("people", key),))


def nobody_names_them(routing: Routing, _: DialPolicy) -> Iterator[Finding]:
    """A person on no level and no shift is forgotten, or about to be removed."""
    named = {line.shift_manager for line in routing.lines}
    named |= {key for ladder in routing.ladders for level in ladder.levels for key in level.members}
    taking_turns = {person for schedule in routing.schedules.values() for person in schedule.people}
    if any(filled_elsewhere(routing, key) for key in routing.schedules):
        return
    for key in routing.people:
        if key not in named | taking_turns:
            message = "is on no level and is no shift manager; put them on a level or remove them"
            yield Finding(place=("people", key), message=message, warning=True, drawn_from=(("ladders",), ("lines",)))


def addresses(routing: Routing, _: DialPolicy) -> Iterator[Finding]:
    """Mail addresses are what the mail channel can send to."""
    for key, person in routing.people.items():
        if person.email and not _sendable(person):
            message = f"{person.email} is not one mail address such as dana@example.com"
            yield Finding(place=("people", key, "email"), message=message)


def company_words(routing: Routing, _: DialPolicy) -> Iterator[Finding]:
    """There is a line at all, with languages to speak in."""
    if not routing.lines:
        yield Finding(place=("lines",), message="has no line; add the phone number that customers call")
    for count, line in enumerate(routing.lines, start=1):
        yield from _languages(count, line)


def _languages(count: int, line: Line) -> Iterator[Finding]:
    place = ("lines", str(count), "languages")
    if not line.languages:
        yield Finding(place=place, message="has no language; name at least one, such as [en]")
    for language in sorted({each for each in line.languages if line.languages.count(each) > 1}):
        yield Finding(place=place, message=f"names {language} twice; keep one of the two")


def _sendable(person: Person) -> bool:
    try:
        address(person.email)
    except AddressError:
        return False
    return True
