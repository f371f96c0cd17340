"""Everything a step can be told. A key press and the answer to a question we asked arrive the same way.

Each kind of waiting (see ``flows.turn``) has its closed union of answers; ``match`` over one ends in ``assert_never``.
``at`` is when it was heard, aware UTC: the only clock the flows have.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from flows.rules.cooldown import CooldownTerms, Outcome, Refused, Standing
from flows.rules.eligibility import Terms
from flows.rules.ladder import Ladder
from flows.rules.passing_on import Passable
from flows.rules.ring_outcome import RingOutcome
from flows.ticket import Ticket
from flows.wrap_up import WrapUp


@dataclass(frozen=True, slots=True, kw_only=True)
class Started:
    """The phone was picked up on our side; nobody has said anything yet."""

    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Digits:
    """Keys pressed: 0-9, * and #, without the key that ended them."""

    at: datetime
    keys: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """Nothing was keyed in time."""

    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Spared:
    """Somebody (the key of a person) who must not be rung at this moment, and why."""

    person: str
    why: RingOutcome


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketFound:
    """The ticket, and what routing and memory hold about it. ``other_path``: where else the product is escalated;
    ``owed``: by when a manager had promised an answer that never came; ``call_back``: the number on file at which the
    customer may be called back (empty: none), ``texts`` whether it can be sent a text."""

    at: datetime
    ticket: Ticket
    terms: Terms | None
    other_path: str | None
    ladder: Ladder
    cooldown: CooldownTerms
    standing: Standing
    owed: datetime | None = None
    call_back: str = ""
    texts: bool = False
    spared: tuple[Spared, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketMissing:
    """No such ticket, not the caller's, or too many wrong tries: until authorised these sound the same."""

    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketSystemDown:
    """The ticket system gave no answer in time."""

    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """This call won the claim. ``earlier`` counts attempts made before for the ticket.

    ``window_opens_at``: when the ticket has room for another attempt after this one; None: it has.
    """

    at: datetime
    attempt: int
    earlier: int
    window_opens_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimRefused:
    """Another call holds the claim, for the ``attempt`` with this id, or the cooldown runs."""

    at: datetime
    refused: Refused
    attempt: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AttemptSeen:
    """How the attempt stands that another call leads. ``over`` without an ``outcome``: whoever led it was lost.

    ``level`` is the rank of the level whose phones rang last (0: none yet) and ``title`` what it is called;
    ``accepted`` whether a manager of it has accepted.
    """

    at: datetime
    over: bool
    outcome: Outcome | None = None
    level: int = 0
    title: str = ""
    accepted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StillQuiet:
    """Nobody has asked to stop phoning since the attempt began: the next phone may ring, unless it is that of one of
    those who are ``spared``."""

    at: datetime
    spared: tuple[Spared, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CooldownBegan:
    """Somebody set a cooldown while the ladder rang; it wins."""

    at: datetime
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RingEnded:
    """One ring is over. ``caller_left`` says that the caller's leg is over as well."""

    at: datetime
    outcome: RingOutcome
    caller_left: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RingNow:
    """A ring of this attempt as it stands. ``outcome`` None: it rings, is being screened, or talks (``accepted``).
    ``machine``: the carrier thinks that a mailbox picked up."""

    number: str
    outcome: RingOutcome | None
    accepted: bool
    machine: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StillWaiting:
    """The caller is on hold. ``rings`` are the attempt's rings so far; ``wrap_up`` what the manager
    of the last talk has stated, ``manager_left`` whether that manager has hung up."""

    at: datetime
    rings: tuple[RingNow, ...]
    wrap_up: WrapUp | None = None
    manager_left: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldEnded:
    """The caller is off hold: after a talk with the manager who accepted, or without one.

    ``accepted``: a manager has accepted, and the carrier has not said yet whether they talked. ``manager_left``: the
    manager who talked has hung up, so no word of terms will come.
    """

    at: datetime
    talked: bool
    caller_left: bool = False
    accepted: bool = False
    manager_left: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkEnded:
    """The manager's leg is no longer with the caller, or, ``talked`` False, never was. ``caller_waits``: the caller is
    still there, on hold."""

    at: datetime
    talked: bool
    caller_waits: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ForwardEnded:
    """The call to the duty phone is over."""

    at: datetime
    talked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageRecorded:
    """The caller has spoken: the ``message`` of this id."""

    at: datetime
    message: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NothingRecorded:
    """The caller has said nothing that could be heard."""

    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RingOpen:
    """The caller still waits for the phone that was just answered."""

    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RingAccepted:
    """The key press is stored: this leg, and no other, joins the caller."""

    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CallerGone:
    """The caller has hung up, or at least left hold, before this manager pressed a key."""

    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CallerOnHold:
    """The caller is still on hold after the talk, and can be led on."""

    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenByAnother:
    """Another leg has accepted, or this ring is over."""

    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PinRight:
    """The PIN is that of ``person`` (a key of the routing's people); how this person is called and spoken to."""

    at: datetime
    person: str
    name: str
    language: str
    zone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PinWrong:
    """Not the PIN, or it is locked, or too many were tried: nobody who guesses may hear which."""

    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyFound:
    """Whether this person may be rung: not before ``off_until``, or as planned."""

    at: datetime
    off_until: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LastTalk:
    """Who talked with the customer last, and when that ring began."""

    name: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RestFound:
    """What keeps a ticket from ringing managers, and the last talk about it."""

    at: datetime
    standing: Standing
    last_talk: LastTalk | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenPromise:
    """An answer about the ticket ``number`` was promised by ``until``, and has not come as far as we know."""

    number: str
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PromisesFound:
    """What this person has promised, the one that ends first first."""

    at: datetime
    promises: tuple[OpenPromise, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DutiesFound:
    """The duties this person has at this moment; ``planned``: the person is on a schedule at all."""

    at: datetime
    planned: bool
    duties: tuple[Passable, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HungUp:
    """The person on this leg is gone. ``accepted``: a manager pressed 1, and how that ended is not known yet;
    ``talked``: the manager's leg has told that they did, and the caller's has not."""

    at: datetime
    accepted: bool = False
    talked: bool = False


Keyed: TypeAlias = Digits | Silence
TicketAnswer: TypeAlias = TicketFound | TicketMissing | TicketSystemDown
ClaimAnswer: TypeAlias = Claimed | ClaimRefused
WatchNews: TypeAlias = AttemptSeen | Digits
QuietAnswer: TypeAlias = StillQuiet | CooldownBegan
HoldNews: TypeAlias = StillWaiting | Digits | HoldEnded
MessageAnswer: TypeAlias = MessageRecorded | NothingRecorded
RingAnswer: TypeAlias = RingOpen | CallerGone | TakenByAnother
CallerAnswer: TypeAlias = CallerOnHold | CallerGone
AcceptAnswer: TypeAlias = RingAccepted | CallerGone | TakenByAnother
PinAnswer: TypeAlias = PinRight | PinWrong

Heard: TypeAlias = (
    Started
    | Keyed
    | TicketAnswer
    | ClaimAnswer
    | AttemptSeen
    | QuietAnswer
    | RingEnded
    | StillWaiting
    | HoldEnded
    | TalkEnded
    | ForwardEnded
    | MessageAnswer
    | RingAnswer
    | AcceptAnswer
    | CallerAnswer
    | PinAnswer
    | DutyFound
    | RestFound
    | PromisesFound
    | DutiesFound
    | HungUp
)
