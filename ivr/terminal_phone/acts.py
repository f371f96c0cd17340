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

    def may_answer(self, now: datetime) -> bool:
        """Whether it has been quiet for long enough to answer."""
        return self._quiet_from is not None and now >= self._quiet_from + MANNERS
