"""Facts to act on. They are stored in the transaction of the turn that states them; the world hears of them later."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import TypeAlias

from flows.rules.cooldown import Outcome
from flows.rules.decline import DeclineReason
from flows.rules.passing_on import Passable
from flows.rules.ring_outcome import RingOutcome
from flows.wrap_up import WrapUp


class News(Enum):
    """What the shift manager is told, or a level that is reached by e-mail only."""

    ESCALATION_ACCEPTED = "escalation-accepted"
    NOBODY_REACHED = "nobody-reached"
    NOBODY_ON_DUTY = "nobody-on-duty"
    LEVEL_INFORMED = "level-informed"
    TICKET_SYSTEM_DOWN = "ticket-system-down"
    MESSAGE_LEFT = "message-left"
    CALLBACK_FAILED = "callback-failed"
    TERMS_MISSING = "terms-missing"
    PROMISE_BROKEN = "promise-broken"
    TEST = "test"


@dataclass(frozen=True, slots=True, kw_only=True)
class NotifyShiftManager:
    """Mail the shift manager on duty, whatever the channel the escalation came by (article 5850).

    ``attempt`` is the attempt it is about, None where none was made.
    """

    news: News
    attempt: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelInformed:
    """The hunt has come by a level that is reached by e-mail only: mail its members. ``level`` is an index from 0."""

    attempt: int
    level: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PassedOver:
    """Somebody is not rung though it would be their turn; kept among the rings. Indexes from 0 into the ladder."""

    attempt: int
    level: int
    member: int
    why: RingOutcome


@dataclass(frozen=True, slots=True, kw_only=True)
class RingClosed:
    """The ring that was under way is over."""

    outcome: RingOutcome


@dataclass(frozen=True, slots=True, kw_only=True)
class RingsStopped:
    """Every phone of the attempt that still rings shall stop; this is what became of those rings."""

    outcome: RingOutcome


@dataclass(frozen=True, slots=True, kw_only=True)
class WrappedUp:
    """The manager on this leg has stated terms for the ticket."""

    wrap_up: WrapUp


@dataclass(frozen=True, slots=True, kw_only=True)
class TermsMissing:
    """The manager on this leg, or the one who talked with the caller on it, is gone without having said how it goes on:
    ask by a link."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkResumed:
    """The manager on this leg has gone back to the caller."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RingDeclined:
    """The manager on this leg passed the call on. ``hunt_goes_on``: at once, beside whatever is still said here."""

    hunt_goes_on: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclineExplained:
    """The manager on this leg has said why the call was passed on."""

    reason: DeclineReason


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkWanted:
    """The manager on this leg wants to read about the ticket: text the link to the phone that rang."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageLeft:
    """Whatever was recorded on this call and not discarded is for the shift manager.

    ``awaited``: a recording was under way, and the carrier has not reported yet what became of it.
    """

    awaited: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageDiscarded:
    """The caller does not want this message to be heard; its recording is to be deleted."""

    message: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CallbackWanted:
    """The customer wants to be called back, at the number on file, when a manager can be reached; ``opens_at``: when
    escalation opens. ``by_text``: to be told so by a text instead."""

    opens_at: datetime | None = None
    by_text: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CallbackTaken:
    """The customer who was called back is there: this callback is done."""

    callback: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CallbackRefused:
    """The customer who was called back wants no more of it."""

    callback: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AttemptEnded:
    """The attempt is over: release the claim, begin the cooldown (``quiet_until``, None: none), remember who talked.

    ``talked`` is the rank of the highest level that talked in this attempt (0: none did). ``confirmed``: the caller
    says that it is resolved; ``agreed``: so does the manager, and the next escalation begins at the start.
    """

    attempt: int
    outcome: Outcome
    quiet_until: datetime | None
    talked: int
    confirmed: bool = False
    agreed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class EscalationRefused:
    """Every reason against escalation that was found, as their names; the first is the one that was spoken."""

    reasons: tuple[str, ...]
    opens_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WrongTicketTried:
    """The caller keyed a number that is no ticket; counted against guessing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WentOffDuty:
    """The person on the manager's line wants no ringing before ``until``."""

    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CameOnDuty:
    """The person on the manager's line may be rung again, as planned."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CooldownLifted:
    """The person on the manager's line opened the ticket ``number`` at once."""

    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CooldownSet:
    """The person on the manager's line wants no ringing about the ticket ``number`` before ``until``."""

    number: str
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyPassed:
    """The person on the manager's line passed a duty on, until the end of the shift."""

    duty: Passable


ManagersAct: TypeAlias = WentOffDuty | CameOnDuty | DutyPassed | CooldownLifted | CooldownSet
"""What a manager changes on the manager's line; written down with who did it."""

Effect: TypeAlias = (
    ManagersAct
    | NotifyShiftManager
    | LevelInformed
    | PassedOver
    | RingClosed
    | RingsStopped
    | RingDeclined
    | DeclineExplained
    | LinkWanted
    | WrappedUp
    | TalkResumed
    | MessageLeft
    | MessageDiscarded
    | CallbackWanted
    | CallbackTaken
    | CallbackRefused
    | TermsMissing
    | AttemptEnded
    | EscalationRefused
    | WrongTicketTried
)
