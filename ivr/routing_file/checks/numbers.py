"""Phone numbers: those we call and those we are called on."""

from collections.abc import Iterator

import phonenumbers
from phonenumbers import PhoneNumberFormat

from flows.routing import Routing
from ivr.line.dialling import DialPolicy
from ivr.routing_file.findings import Finding, Place


def written_wrong(number: str) -> str | None:
    """What is wrong with how ``number`` is written, or None when it is a valid number in E.164 form."""
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return f'{number} is not a phone number; write it with plus sign and country code, such as "+12025550101"'
    proper = phonenumbers.format_number(parsed, PhoneNumberFormat.E164)
    if not phonenumbers.is_valid_number(parsed):
        return f"no such phone number can exist: {number}; check its digits"
    return None if number == proper else f'write {number} without spaces, as "{proper}"'


def numbers(routing: Routing, policy: DialPolicy) -> Iterator[Finding]:
    """Every number must be callable; those the line dials must be allowed, and be none of its own."""
    own = frozenset(line.number for line in routing.lines)
    for count, line in enumerate(routing.lines, start=1):
        wrong = written_wrong(line.number) if line.number else None
        if wrong:
            yield Finding(place=("lines", str(count), "number"), message=wrong)
        yield from _dialled(("lines", str(count), "duty_number"), line.duty_number, own, policy)
    for key, person in routing.people.items():
        for count, number in enumerate(person.phones, start=1):
            yield from _dialled(("people", key, "phones", str(count)), number, own, policy)
            if number in person.phones[: count - 1]:
                message = f"{number} is there twice; keep one of the two"
                yield Finding(place=("people", key, "phones", str(count)), message=message)


def twice(routing: Routing, _: DialPolicy) -> Iterator[Finding]:
    """Two lines cannot share a number: only the first would ever answer."""
    seen: dict[str, str] = {}
    for count, line in enumerate(routing.lines, start=1):
        first = seen.setdefault(line.number, str(count))
        if first != str(count):
            message = f"line {first} has the number {line.number} too; give each line its own"
            numbers = (("lines", first, "number"),)
            yield Finding(place=("lines", str(count), "number"), message=message, drawn_from=numbers)


def _dialled(place: Place, number: str, own: frozenset[str], policy: DialPolicy) -> Iterator[Finding]:
    if not number:
        return
    wrong = written_wrong(number)
    refusal = wrong or policy.refusal(number)
    if number in own:
        yield Finding(place=place, message=f"{number} is a line's own number and would call itself; name another")
    elif wrong:
        yield Finding(place=place, message=wrong)
    elif refusal:
        yield Finding(place=place, message=f"{number} may not be dialled: {refusal}; see DIAL_REGIONS in the settings")
