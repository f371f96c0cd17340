"""Everything a step can answer: what to say, what to wait for, which step hears it, and facts to act on."""

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Generic, TypeAlias, TypeVar

from flows.call import Call
from flows.effects import Effect
from flows.heard import (
    AcceptAnswer,
    CallerAnswer,
    ClaimAnswer,
    DutiesFound,
    DutyFound,
    ForwardEnded,
    HoldEnded,
    HoldNews,
    Keyed,
    MessageAnswer,
    PinAnswer,
    PromisesFound,
    QuietAnswer,
    RestFound,
    RingAnswer,
    RingEnded,
    StillWaiting,
    TalkEnded,
    TicketAnswer,
    WatchNews,
)
from flows.prompts.spoken import Prompt

C = TypeVar("C", bound=Call)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listen:
    """Wait for keys: at most ``digits`` of them (None: until # or a pause), ``seconds`` after the last word or key.

    Keys pressed while we still speak count (barge-in). ``finish_on`` ends the keying and is not part of it.
    """

    digits: int | None = None
    seconds: int = 6
    finish_on: str = "#"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ring:
    """Ring one manager's phone for ``ring_seconds`` and, once accepted, let both talk for at most ``talk_limit``.

    ``name`` is the person's, ``person`` the key in the routing."""

    number: str
    ring_seconds: int
    talk_limit: timedelta
    rank: int
    title: str
    name: str
    language: str
    person: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """Let the caller wait with music, and ring the phones ``ring`` meanwhile; come back after about ``seconds``.

    Any key interrupts the waiting. ``joining``: a manager has accepted and the carrier is about to join both.
    """

    ring: tuple[Ring, ...] = ()
    seconds: int = 8
    joining: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ListenOnHold:
    """Wait for one key while phones may be ringing; a manager who accepts interrupts it."""

    digits: int | None = 1
    seconds: int = 6
    finish_on: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """Let a caller whose ticket another call rings managers about wait with music; come back after about ``seconds``
    (0: as soon as the words are said). Any key interrupts the waiting."""

    seconds: int = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaveHold:
    """Take the caller off hold: what comes next cannot be done there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """Record the caller until the pound key, ``silence``, or until it is ``longest``. What was said before must have
    told the caller so: nobody is recorded unawares."""

    longest: timedelta
    silence: timedelta
    transcribe: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinCaller:
    """Let this manager's leg join the caller on hold, for at most ``talk_limit``; star brings the manager back.
    ``recorded``: both have been told that the talk is recorded, and the caller has agreed."""

    talk_limit: timedelta
    recorded: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Forward:
    """Put the caller through to the duty phone, without screening: the line itself cannot help."""

    number: str
    ring_seconds: int = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Bridge:
    """Let this manager's leg join the caller."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AwaitRingEnd:
    """The caller is gone but a manager had accepted: wait for the carrier to say how that ended."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AwaitTalkEnd:
    """The caller has left hold just as a manager accepted: wait for word on whether they talked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HangUp:
    """Nothing more to say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ServeAsCustomer:
    """Go on with the customer's conversation, as if this person had called as one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FindTicket:
    """Ask the ticket system for this ticket."""

    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """Ask for the right to ring managers about the call's ticket; one live attempt per ticket."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckCooldown:
    """Ask whether the ticket may still ring managers; asked before every ring."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckRing:
    """Ask whether the caller still waits for this ring."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptRing:
    """Store this leg's key press and ask whether it won."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckCaller:
    """Ask whether the caller of this manager's talk is still on hold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckPin:
    """Ask whose PIN was keyed, if it is one of these ``people``'s. The keys are shown to nobody and kept nowhere."""

    people: tuple[str, ...]
    keys: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class AskDuty:
    """Ask whether the person on the manager's line is off duty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskRest:
    """Ask what keeps the ticket that was keyed on the manager's line from ringing managers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskPromises:
    """Ask what the person on the manager's line has promised and not yet kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskDuties:
    """Ask which duties the person on the manager's line has now, and who could take them over."""


OutsideLookup: TypeAlias = FindTicket | CheckPin
"""What takes too long to be answered within the transaction of a turn: the ticket system, a slow hash."""
OwnLineLookup: TypeAlias = AskDuty | AskRest | AskPromises | AskDuties
Lookup: TypeAlias = OutsideLookup | OwnLineLookup | Claim | CheckCooldown | CheckRing | AcceptRing | CheckCaller
Wait: TypeAlias = (
    Listen | Ring | Hold | ListenOnHold | Watch | LeaveHold | Record | JoinCaller | Forward | Bridge | AwaitRingEnd
    | AwaitTalkEnd | HangUp
)
Then: TypeAlias = Lookup | Wait | ServeAsCustomer

ANSWERS: dict[type[Then], object] = {
    Listen: Keyed,
    Ring: RingEnded,
    AwaitRingEnd: RingEnded,
    AwaitTalkEnd: StillWaiting,
    Hold: HoldNews,
    ListenOnHold: HoldNews,
    Watch: WatchNews,
    LeaveHold: HoldEnded,
    Record: MessageAnswer,
    JoinCaller: TalkEnded,
    Forward: ForwardEnded,
    FindTicket: TicketAnswer,
    Claim: ClaimAnswer,
    CheckCooldown: QuietAnswer,
    CheckRing: RingAnswer,
    AcceptRing: AcceptAnswer,
    CheckCaller: CallerAnswer,
    CheckPin: PinAnswer,
    AskDuty: DutyFound,
    AskRest: RestFound,
    AskPromises: PromisesFound,
    AskDuties: DutiesFound,
}
"""What can be heard after each kind of waiting; ``Bridge``, ``ServeAsCustomer`` and ``HangUp`` end a conversation and
are absent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn(Generic[C]):
    """One answer: the call afterwards, the prompts to speak, what to wait for, and the facts it states."""

    call: C
    then: Then
    say: tuple[Prompt, ...] = ()
    effects: tuple[Effect, ...] = ()

    def after(self, *prompts: Prompt) -> "Turn[C]":
        """The same turn with ``prompts`` spoken first."""
        return replace(self, say=(*prompts, *self.say))

    def stating(self, *effects: Effect) -> "Turn[C]":
        """The same turn with more facts."""
        return replace(self, effects=(*self.effects, *effects))


def turn(call: C, then: Then, *say: Prompt, goto: str) -> Turn[C]:
    """Speak, wait for ``then``, and let the step ``goto`` hear what comes of it. Failed tries are forgotten."""
    return Turn(call=replace(call, step=goto, tries=0), then=then, say=say)


def ask(call: C, lookup: Lookup, *say: Prompt, goto: str) -> Turn[C]:
    """Let the step ``goto`` hear the answer to ``lookup``. Failed tries stay counted: the person was not asked anew."""
    return Turn(call=replace(call, step=goto), then=lookup, say=say)


def last_words(call: C, *say: Prompt) -> Turn[C]:
    """Speak and hang up."""
    return Turn(call=replace(call, step=ENDED, tries=0), then=HangUp(), say=say)


ENDED = "ended"
