"""People: those who are named exist, those who exist are named, and whoever is to be mailed can be."""

from collections.abc import Iterator

from flows.routing import Line, Person, Routing
from ivr.line.dialling import DialPolicy
from ivr.line.mail_addresses import AddressError, address
from ivr.routing_file.findings import Finding, Place
from ivr.routing_file.kinds import meant


def shift_managers(routing: Routing, _: DialPolicy) -> Iterator[Finding]:
    """Each line's shift manager is a person with a mail address."""
    for count, line in enumerate(routing.lines, start=1):
        place = ("lines", str(count), "shift_manager")
        person = routing.people.get(line.shift_manager)
        if person is None:
            yield unknown_person(routing, place, line.shift_manager)
        elif not person.email:
            message = f"{line.shift_manager} is mailed about every escalation and has no email; add one to that person"
            yield Finding(place=place, message=message, drawn_from=(("people", line.shift_manager, "email"),))


def unknown_person(routing: Routing, place: Place, key: str) -> Finding:
    """A name that is nobody's."""
    message = f"{key} is not among the people; {meant(key, routing.people)}"
    return Finding(place=place, message=message, drawn_from=(("people", key),))


def nobody_names_them(routing: Routing, _: DialPolicy) -> Iterator[Finding]:
    """A person on no level and no shift is forgotten, or about to be removed."""
    named = {line.shift_manager for line in routing.lines}
    named |= {key for ladder in routing.ladders for level in ladder.levels for key in level.members}
    for key in routing.people:
        if key not in named:
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
