"""A person as a form: what was typed, whatever it is, and the person it means."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time

import phonenumbers
from werkzeug.datastructures import MultiDict

from flows.routing import Person
from flows.rules.daily_hours import DailyHours
from flows.rules.ladder import QuietHours
from ivr.admin.ladder_form import MOVES, tidy
from ivr.routing_file.texts import RINGS_ANYWAY, time_of_day_from_text

USUAL = "1 urgent"
HALF_QUIET = "Say from when and until when, or leave both empty."
NO_LENGTH = "They must end at another time than they begin."


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonForm:
    """``was`` is the key when the form was opened, empty for somebody new; times are texts such as 22:00."""

    was: str = ""
    key: str = ""
    name: str = ""
    phones: tuple[str, ...] = ()
    email: str = ""
    languages: str = ""
    zone: str = ""
    quiet_from: str = ""
    quiet_to: str = ""
    rings_anyway: str = USUAL

    @property
    def wrong(self) -> Mapping[str, str]:
        """What no person can be made of, by field."""
        begins, ends = _time(self.quiet_from), _time(self.quiet_to)
        if bool(self.quiet_from) != bool(self.quiet_to) or (self.quiet_from and (begins is None or ends is None)):
            return {"quiet": HALF_QUIET}
        return {"quiet": NO_LENGTH} if begins is not None and begins == ends else {}

    @property
    def person(self) -> Person:
        """The person it means, when nothing is ``wrong``."""
        begins, ends = _time(self.quiet_from), _time(self.quiet_to)
        hours = None if begins is None or ends is None else DailyHours(begins=begins, ends=ends)
        except_for = RINGS_ANYWAY.get(self.rings_anyway, RINGS_ANYWAY[USUAL])
        return Person(
            name=self.name,
            phones=tuple(number for number in self.phones if number),
            email=self.email,
            languages=tuple(each for each in map(tidy, self.languages.split(",")) if each),
            zone=self.zone,
            quiet=QuietHours(hours=hours, except_for=except_for) if hours else None,
        )


def shown(key: str, person: Person) -> PersonForm:
    """The form of somebody who is there."""
    quiet = person.quiet
    anyway = next((word for word, value in RINGS_ANYWAY.items() if quiet and value == quiet.except_for), USUAL)
    return PersonForm(
        was=key, key=key, name=person.name, phones=person.phones, email=person.email, zone=person.zone,
        languages=", ".join(person.languages),
        quiet_from=f"{quiet.hours.begins:%H:%M}" if quiet else "",
        quiet_to=f"{quiet.hours.ends:%H:%M}" if quiet else "",
        rings_anyway=anyway,
    )  # fmt: skip


def sent(form: MultiDict[str, str]) -> PersonForm:
    """The form as it was sent, with the move done that a button asks for."""
    name = tidy(form.get("name", ""))
    was = form.get("was", "")
    return PersonForm(
        was=was, key=was or tidy(form.get("key", "")) or key_of(name), name=name, phones=_phones(form),
        email=tidy(form.get("email", "")), languages=tidy(form.get("languages", "")),
        zone=tidy(form.get("zone", "")), quiet_from=form.get("quiet_from", "").strip(),
        quiet_to=form.get("quiet_to", "").strip(), rings_anyway=form.get("rings_anyway", USUAL),
    )  # fmt: skip


def key_of(name: str) -> str:
    """A short key for somebody: dana-whitfield."""
    return "-".join("".join(char if char.isalnum() else " " for char in name.lower()).split())


def _phones(form: MultiDict[str, str]) -> tuple[str, ...]:
    numbers = [number for each in form.getlist("phone") if (number := _dialled(tidy(each)))]
    what, _, number = form.get("do", "").partition(" ")
    move = MOVES.get(what.removeprefix("phone-"))
    return tuple(dict.fromkeys(move(numbers, number) if move else numbers))


def _dialled(text: str) -> str:
    """A number as it is dialled, if it can be one; else as it was typed, for it to be named."""
    try:
        return phonenumbers.format_number(phonenumbers.parse(text), phonenumbers.PhoneNumberFormat.E164)
    except phonenumbers.NumberParseException:
        return text


def _time(text: str) -> time | None:
    return time_of_day_from_text(text)
