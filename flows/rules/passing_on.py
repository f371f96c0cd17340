"""Passing one's duty on: who comes next, until the end of the shift that is going on."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from flows.rules.schedule import Override, Schedule, Turn, duty_at


@dataclass(frozen=True, slots=True, kw_only=True)
class Passable:
    """Somebody's duty by a schedule (``schedule`` is its key, ``title`` what people call it), until its shift ends.

    ``to`` is the key of the person who can take it over, ``name`` what that person is called; empty: nobody can.
    ``by_text``: this person's telephone can be told of it by text.
    """

    schedule: str
    title: str
    until: datetime
    to: str = ""
    name: str = ""
    by_text: bool = False


def next_in_line(schedule: Schedule, overrides: Sequence[Override], at: datetime) -> tuple[str, ...]:
    """Who could take over from the person on duty at ``at``: keys of people, the next one first, each once.

    It is the order of the rotation whose turn it is. Whoever was put in by an override passes to the person planned
    beneath it, and then on in that rotation's order. Raises ValueError for a naive instant.
    """
    duty = duty_at(schedule, overrides, at)
    if duty is None or duty.person is None:
        return ()
    following = _after(schedule, duty) if isinstance(duty, Turn) else _beneath(schedule, at)
    return tuple(dict.fromkeys(person for person in following if person != duty.person))


def _after(schedule: Schedule, turn: Turn) -> Iterator[str]:
    rotation = schedule.rotations[turn.layer]
    return (rotation.person(turn.number + later) for later in range(1, len(rotation.people)))


def _beneath(schedule: Schedule, at: datetime) -> Iterator[str]:
    planned = duty_at(schedule, (), at)
    if isinstance(planned, Turn):
        yield planned.person
        yield from _after(schedule, planned)
    yield from schedule.people
