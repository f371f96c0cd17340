"""Whom a name means at a moment: a level's member and a line's shift manager may be a person or a schedule."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from flows.routing import Routing
from flows.rules.schedule import Override, on_duty

Standing: TypeAlias = Mapping[str, Sequence[Override]]
"""By schedule, at least the overrides that count at the moment asked about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailed:
    """``person`` (a key; empty: nobody can be mailed at all) gets the mails. ``stands_in_for`` names the schedule that
    has nobody on duty who can be mailed; empty when all is in order."""

    person: str
    stands_in_for: str = ""


def person_meant(routing: Routing, key: str, standing: Standing, at: datetime) -> str | None:
    """The key of the person whom ``key`` means at ``at``; None when nobody whom the routing knows is on duty.

    Raises KeyError for a ``key`` that is neither.
    """
    if key in routing.people:
        return key
    person = on_duty(routing.schedules[key], standing.get(key, ()), at)
    return person if person in routing.people else None


def mailed(routing: Routing, key: str, standing: Standing, at: datetime) -> Mailed:
    """Who gets the mails for ``key`` at ``at``. No mail is lost in a gap: it goes to whom the schedule names for that,
    else to the first who takes turns, else to anybody who has an address. Raises KeyError as ``person_meant``."""
    person = person_meant(routing, key, standing, at)
    if person and (key in routing.people or routing.people[person].email):
        return Mailed(person=person)
    found = next(_with_mail(routing, _instead(routing, key)), "")
    return Mailed(person=found, stands_in_for=routing.schedules[key].name)


def _instead(routing: Routing, key: str) -> Iterator[str]:
    schedule = routing.schedules[key]
    yield schedule.otherwise
    yield from schedule.people
    yield from routing.people


def _with_mail(routing: Routing, keys: Iterable[str]) -> Iterator[str]:
    return (key for key in keys if key in routing.people and routing.people[key].email)
