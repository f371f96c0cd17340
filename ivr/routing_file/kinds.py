"""The kinds of value a routing document holds: each says what it expects, and reads it."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from difflib import get_close_matches
from typing import Generic, TypeVar
from unicodedata import category

from flows.rules.daily_hours import DailyHours
from ivr.routing_file.nodes import NOTHING, Unreadable, Value
from ivr.routing_file.texts import hours_from_text, length_from_text, time_of_day_from_text

T = TypeVar("T")
LENGTH = "a length such as 45m, 2h, 1h 30m or 1d"
WHOLE = re.compile("0|[1-9][0-9]{0,8}")
TRUTH = {"true": True, "yes": True, "false": False, "no": False}


@dataclass(frozen=True, slots=True)
class Kind(Generic[T]):
    """``read`` answers None, or raises Unreadable with a better sentence, for what is not ``expected``."""

    expected: str
    read: Callable[[Value], T | None]

    def of(self, value: Value) -> T:
        """What ``value`` says. Raises Unreadable."""
        if value.node.tag == NOTHING:
            raise Unreadable(f"has no value; expected {self.expected}, or remove the key")
        found = self.read(value)
        if found is None:
            raise Unreadable(f"expected {self.expected}, not {value.raw}")
        return found

    def attempt(self, value: Value, otherwise: T) -> T:
        """What ``value`` says; a mistake is noted, and reading goes on with ``otherwise`` to find the others."""
        try:
            return self.of(value)
        except Unreadable as trouble:
            value.complain(str(trouble))
            return otherwise


class Record:
    """A mapping with a fixed set of keys."""

    def __init__(self, value: Value, *known: str) -> None:
        """Notes keys that are not ``known``. Raises Unreadable when the value is no mapping."""
        self._value = value
        self._entries = value.entries()
        for name in self._entries:
            if name not in known:
                value.complain(f"is not a key used here; {meant(name, known)}", name)

    def required(self, name: str, kind: Kind[T], otherwise: T) -> T:
        """The value of ``name``; its absence is a mistake."""
        if name not in self._entries:
            self._value.complain(f"is missing; expected {kind.expected}", name)
        return self.optional(name, kind, otherwise)

    def optional(self, name: str, kind: Kind[T], default: T) -> T:
        """The value of ``name``, or ``default``."""
        return kind.attempt(self._entries[name], default) if name in self._entries else default

    def needs(self, name: str, other: str) -> None:
        """Notes that ``name`` says nothing, because ``other`` is missing."""
        if name in self._entries and other not in self._entries:
            self._entries[name].complain(f"says nothing without {other}; add that, or remove this")

    def one_or_more(self, name: str, short: str, kind: Kind[T]) -> tuple[T, ...]:
        """The list ``name``, or its only item written as ``short``; both together are a mistake."""
        if short not in self._entries:
            return self.optional(name, list_of(kind), ())
        only = self._entries[short]
        if name in self._entries:
            only.complain(f"is there beside {name}; write it as the first of them")
        only.notes.short[(*only.place[:-1], name)] = only.place
        return _found(kind, only)


def meant(name: str, known: Iterable[str]) -> str:
    """Advice about a name that is none of ``known``."""
    choices = tuple(known)
    close = get_close_matches(name, choices, 1)
    return f"did you mean {close[0]}?" if close else f"there are {', '.join(choices) or 'none'}"


def words(expected: str) -> Kind[str]:
    """A text on one line."""
    return Kind(expected, _words)


def one_of(choices: Mapping[str, T]) -> Kind[T]:
    """One of a few words."""
    return Kind(" or ".join(choices), lambda value: choices.get(value.raw))


def whole(expected: str) -> Kind[int]:
    """A whole number, not negative."""
    return Kind(expected, lambda value: int(value.raw) if WHOLE.fullmatch(value.raw) else None)


def list_of(kind: Kind[T]) -> Kind[tuple[T, ...]]:
    """A list; what cannot be read is noted and left out."""

    def read(value: Value) -> tuple[T, ...]:
        found = (_found(kind, item) for item in value.items())
        return tuple(each for one in found for each in one)

    return Kind(f"a list, each item {kind.expected}", read)


def parts(expected: str, read: Callable[[Value], T], blank: T) -> Kind[tuple[T, ...]]:
    """A list of records; one that cannot be read keeps its place as ``blank``."""
    return Kind(expected, lambda value: tuple(Kind(expected, read).attempt(item, blank) for item in value.items()))


def by_name(kind: Kind[T], blank: T) -> Kind[Mapping[str, T]]:
    """A mapping whose keys are up to the writer; a value that cannot be read is ``blank``."""

    def read(value: Value) -> Mapping[str, T]:
        return {_named(name, each): kind.attempt(each, blank) for name, each in value.entries().items()}

    return Kind(f"keys, each with {kind.expected}", read)


def _hours(value: Value) -> DailyHours | None:
    try:
        return hours_from_text(value.text())
    except ValueError as trouble:
        raise Unreadable(str(trouble)) from trouble


def _found(kind: Kind[T], item: Value) -> tuple[T, ...]:
    try:
        return (kind.of(item),)
    except Unreadable as trouble:
        item.complain(str(trouble))
        return ()


def _words(value: Value) -> str:
    return _tidy(value.text())


def _named(name: str, value: Value) -> str:
    try:
        return _tidy(value.name())
    except Unreadable as trouble:
        value.complain(f"the key cannot be used: {trouble}")
        return name


def _tidy(text: str) -> str:
    if not text or text != text.strip():
        raise Unreadable("expected a text without spaces around it")
    if any(category(char) == "Cc" for char in text):
        raise Unreadable("expected a text on one line, without control characters")
    return text


def _length(value: Value) -> timedelta | None:
    return length_from_text(value.raw)


def _working_length(value: Value) -> timedelta | None:
    length = length_from_text(value.raw)
    if length is not None and "d" in value.raw:
        raise Unreadable("write it in hours: with a calendar only working hours count, so 1d would be 24 of them")
    return length


def _truth(value: Value) -> bool | None:
    return TRUTH.get(value.raw.lower())


def _day(value: Value) -> date | None:
    try:
        return date.fromisoformat(value.raw)
    except ValueError:
        return None


def _time_of_day(value: Value) -> time | None:
    return time_of_day_from_text(value.text())


DURATION = Kind(LENGTH, _length)
WORKING_DURATION = Kind(LENGTH, _working_length)
YES_OR_NO = Kind("true or false", _truth)
TIME_OF_DAY = Kind('a time of day such as "09:00"', _time_of_day)
DAILY_HOURS = Kind('hours such as "22:00-07:00"', _hours)
DAY = Kind("a date such as 2026-12-24", _day)
