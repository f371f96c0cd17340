"""What a manager states when the talk is over: the terms on which the ticket rests, or goes on."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

SHORTEST, LONGEST = timedelta(minutes=1), timedelta(hours=72)
"""A promise outside these is a slip of the finger."""


class Terms(Enum):
    """One key each."""

    RESOLVED = "resolved"
    PROMISED = "promised"      # an answer, until a time
    HANDED_UP = "handed-up"    # the next level, now
    QUIET = "quiet"            # please stop phoning, until a time


@dataclass(frozen=True, slots=True, kw_only=True)
class WrapUp:
    """The manager's word. ``until`` is when the promised answer is due, or the quiet ends."""

    terms: Terms
    until: datetime | None = None


def keyed_length(keys: str) -> timedelta | None:
    """A length of time as keyed: minutes, or, behind a star, hours. None for nonsense and for what no one can mean."""
    hours, digits = keys.startswith("*"), keys.removeprefix("*")
    if not (digits.isascii() and digits.isdigit()) or len(digits) > 4:
        return None
    length = timedelta(hours=int(digits)) if hours else timedelta(minutes=int(digits))
    return length if SHORTEST <= length <= LONGEST else None
