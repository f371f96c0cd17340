"""What the person (or machine) at a telephone does by itself when it rings or hears something."""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Manual:
    """Somebody holds the telephone: it rings until told otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoAnswer:
    """It rings and nobody is there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """Picks up after so many seconds of ringing."""

    after: float = 3.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Declines:
    """Presses the red button after so many seconds of ringing."""

    after: float = 3.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailbox:
    """A machine answers, speaks its greeting, and listens without pressing anything."""

    greeting: str
    after: float = 5.0
    patience: float = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Busy:
    """The number is engaged."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreachable:
    """Switched off or without coverage: SIP 480."""


Behaviour = Manual | NoAnswer | Answers | Declines | Mailbox | Busy | Unreachable


@dataclass(frozen=True, slots=True, kw_only=True)
class Reaction:
    """After a sentence that matches, press these keys and/or say this."""

    pattern: re.Pattern[str]
    press: str = ""
    says: str = ""
    hang_up: bool = False
    after: float = 0.5


def pattern_of(what: str | re.Pattern[str]) -> re.Pattern[str]:
    """Words are sought anywhere in a sentence, in any case, with any blanks between them."""
    if isinstance(what, re.Pattern):
        return what
    return re.compile(r"\s+".join(re.escape(word) for word in what.split()), re.IGNORECASE)
