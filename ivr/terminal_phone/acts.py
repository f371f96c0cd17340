"""What a person at a telephone can do by script, and the good manners all of them share."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from ivr.emulator.happenings import Silenced, Spoke

MANNERS = timedelta(seconds=1)
"""How long the voice must have been quiet before somebody answers it: nobody by script cuts a sentence off."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Pick up."""


@dataclass(frozen=True, slots=True)
class Press:
    """Press keys."""

    keys: str


@dataclass(frozen=True, slots=True)
class HangUp:
    """End the call."""


Act = Answer | Press | HangUp


class Attention:
    """Knows whether the voice has finished."""

    def __init__(self) -> None:
        self._quiet_from: datetime | None = None

    def follow(self, voice: Spoke | Silenced) -> None:
        """A sentence has begun, or was cut off."""
        seconds = voice.seconds if isinstance(voice, Spoke) else 0.0
        self._quiet_from = voice.at + timedelta(seconds=seconds)

    @property
    def polite_from(self) -> datetime | None:
        """When it will have been quiet for long enough to answer, if nothing more is said; None: nothing was said."""
        return None if self._quiet_from is None else self._quiet_from + MANNERS


def earliest(*moments: datetime | None) -> datetime | None:
    """The first of the moments that are known."""
    return min((moment for moment in moments if moment is not None), default=None)
