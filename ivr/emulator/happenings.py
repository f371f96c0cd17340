"""Everything that can happen on the exchange, in words a terminal or a page can draw."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class OnCall:
    """Common to all that happens on one leg. ``handset`` is the number (or address) of the telephone on it."""

    at: datetime
    call_sid: str
    handset: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialled(OnCall):
    """A telephone placed a call."""

    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rang(OnCall):
    """A telephone began to ring."""

    caller: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered(OnCall):
    """The leg was answered: by a person for outgoing calls, by the line for incoming ones."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoke(OnCall):
    """A voice began to speak to this telephone. ``language`` and ``voice`` as in the document; seconds it will take."""

    text: str
    language: str
    voice: str
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Silenced(OnCall):
    """A sentence or sound was cut off; ``text`` is what was heard of it."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sounded(OnCall):
    """A sound that is not speech: ``(ringing)``, ``(beep)``, ``(plays URL)``; 0 seconds means until something else
    happens."""

    sound: str
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Said(OnCall):
    """The person at this telephone said something."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressed(OnCall):
    """A key was pressed."""

    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bridged(OnCall):
    """Two or more legs hear each other from now on; ``others`` are the numbers of the other telephones."""

    others: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended(OnCall):
    """The leg is over. ``status`` is the carrier's final word: completed, busy, no-answer, failed, canceled."""

    status: str
    seconds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookMade:
    """One request to the application and what came back. ``status`` 0: nothing came back (see ``error``)."""

    at: datetime
    kind: str
    """``voice``, ``action``, ``screening``, ``wait``, ``status``, ``recording``, ``conference``, ``message``,
    ``fallback`` ..."""
    call_sid: str
    method: str
    url: str
    parameters: dict[str, str]
    status: int
    body: str
    error: str = ""
    real_seconds: float = 0.0
    json: str = ""
    """The body, where the request carried JSON instead of parameters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageSent:
    """A text message, from the account to a telephone or from a telephone to a line."""

    at: datetime
    sid: str
    sender: str
    receiver: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Alerted:
    """The debugger has a new entry."""

    at: datetime
    code: int
    level: str
    """``error`` or ``warning``."""
    text: str
    call_sid: str
    url: str


Happening = (
    Dialled | Rang | Answered | Spoke | Silenced | Sounded | Said | Pressed | Bridged | Ended
    | WebhookMade | MessageSent | Alerted
)  # fmt: skip
