"""What a step may say: the key of a sentence and the values that fill its placeholders.

Code holds keys, catalogues hold sentences. Values stay typed until the last moment, so that each language
can speak dates, durations and digits in its own way.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Spelled:
    """Digits to be read one by one: "4 8 2 1 3"."""

    digits: str


@dataclass(frozen=True, slots=True)
class Moment:
    """An instant to be spoken as local time in ``zone`` (IANA name).

    ``now`` decides whether the day is said ("today", "tomorrow", a date); ``named`` whether the zone is.
    """

    at: datetime
    now: datetime
    zone: str
    named: bool = False


@dataclass(frozen=True, slots=True)
class Span:
    """A length of time to be spoken in the units a person would use: "2 hours and 5 minutes".

    It is rounded down, so that an age is never exaggerated; ``at_most`` rounds up, so that a promise holds.
    """

    length: timedelta
    at_most: bool = False


@dataclass(frozen=True, slots=True)
class Count:
    """A whole number that decides the plural form of its sentence."""

    number: int


@dataclass(frozen=True, slots=True)
class Words:
    """Text from outside (a title, a product, an organisation); ``translations`` maps language codes to other wordings.

    Spoken up to ``longest`` characters: enough for any name, so that no record can hold a caller up for minutes.
    """

    text: str
    translations: Mapping[str, str] = field(default_factory=dict)
    longest: int = 80


@dataclass(frozen=True, slots=True)
class Named:
    """Another catalogue entry spoken inside this one: a severity's name, a reason."""

    key: str


Value: TypeAlias = Words | Named | Spelled | Span | Moment | Count
"""The commonest first: they are looked for in this order when a state is read back."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """One sentence to speak: its catalogue key and the values of its placeholders.

    ``language`` overrides the language of the call; a language menu offers each language in its own.
    ``recording`` is the id of a message that is played after the sentence (0: none).
    """

    key: str
    values: Mapping[str, Value] = field(default_factory=dict)
    language: str = ""
    recording: int = 0


def say(key: str, /, **values: Value) -> Prompt:
    """The prompt ``key`` with its placeholders filled; the catalogue linter checks the names against the sentence."""
    return Prompt(key, values)
