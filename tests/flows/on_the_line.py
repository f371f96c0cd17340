"""One customer's call to the line, as pure steps: the story says what the caller does and what the world answers."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from flows.call import EscalationCall
from flows.effects import AttemptEnded, Effect
from flows.escalation_line import line as escalation_line
from flows.heard import (
    AttemptSeen,
    Claimed,
    ClaimRefused,
    CooldownBegan,
    Digits,
    ForwardEnded,
    Heard,
    HoldEnded,
    HungUp,
    MessageRecorded,
    NothingRecorded,
    RingEnded,
    RingNow,
    Silence,
    Spared,
    Started,
    StillQuiet,
    StillWaiting,
    TicketFound,
    TicketMissing,
    TicketSystemDown,
)
from flows.prompts.spoken import Prompt
from flows.routing import Line
from flows.rules.cooldown import Outcome, Refused, RefusedBecause
from flows.rules.ring_outcome import RingOutcome
from flows.turn import ENDED, HangUp, Hold, Listen, Ring, Turn
from flows.wrap_up import WrapUp
from tests.flows.world import CONTACT, FOUND, LINE, NOW


class OnTheLine:
    """A caller whose call was just answered. ``now`` may be set by the story; it never moves by itself."""

    def __init__(self, line: Line = LINE, caller: str = CONTACT, *, hold: bool = False) -> None:
        self.now = NOW
        self.beside: dict[str, RingNow] = {}
        first = EscalationCall(
            step=escalation_line.start, language=line.languages[0], line=line, caller=caller, hold=hold
        )
        self.turn: Turn[Any] = Turn(call=first, then=HangUp())
        self.told(Started(at=self.now))

    def told(self, heard: Heard) -> None:
        """Let the conversation take one turn."""
        self.turn = escalation_line.take(self.turn.call, heard)
        if isinstance(self.turn.then, Hold):
            for ring in self.turn.then.ring:
                self.beside[ring.number] = RingNow(number=ring.number, outcome=None, accepted=False)

    # What the caller does.

    def presses(self, keys: str) -> None:
        """Press keys."""
        self.told(Digits(at=self.now, keys=keys))

    def stays_silent(self) -> None:
        """Press nothing until the time is up."""
        self.told(Silence(at=self.now))

    def hangs_up(self, *, while_a_manager_accepted: bool = False) -> None:
        """Put the receiver down."""
        self.told(HungUp(at=self.now, accepted=while_a_manager_accepted))

    # What the world answers.

    def ticket_is_found(self, found: TicketFound = FOUND) -> None:
        """The ticket system knows the ticket."""
        self.told(replace(found, at=self.now))

    def ticket_is_missing(self) -> None:
        """The ticket system knows no such ticket."""
        self.told(TicketMissing(at=self.now))

    def ticket_system_is_down(self) -> None:
        """The ticket system does not answer."""
        self.told(TicketSystemDown(at=self.now))

    def claim_is_won(self, attempt: int = 7, earlier: int = 0) -> None:
        """No other call rings managers about the ticket."""
        self.told(Claimed(at=self.now, attempt=attempt, earlier=earlier))

    def claim_is_lost(self, because: RefusedBecause, until: datetime, attempt: int | None = None) -> None:
        """Another call was faster, or the cooldown has begun."""
        self.told(ClaimRefused(at=self.now, refused=Refused(because=because, until=until), attempt=attempt))

    def sees(self, *, after: float = 8, over: bool = False, outcome: Outcome | None = None, level: int = 0,
             accepted: bool = False) -> None:
        """The music has played for so long: the line looks at the attempt that the other call leads."""
        self.now += timedelta(seconds=after)
        title = next((each.title for each in FOUND.ladder.levels if each.rank == level), "")
        self.told(
            AttemptSeen(at=self.now, over=over, outcome=outcome, level=level, title=title, accepted=accepted)
        )

    def nobody_objects(self, *spared: Spared) -> None:
        """No cooldown has begun: the next phone may ring, unless it is that of one of those who are spared now."""
        self.told(StillQuiet(at=self.now, spared=spared))

    def cooldown_begins(self, until: datetime) -> None:
        """A manager has asked for quiet."""
        self.told(CooldownBegan(at=self.now, until=until))

    def ring_ends(self, outcome: RingOutcome, *, caller_left: bool = False) -> None:
        """The carrier reports on the manager's phone."""
        self.told(RingEnded(at=self.now, outcome=outcome, caller_left=caller_left))

    def duty_call_ends(self, *, talked: bool) -> None:
        """The carrier reports on the duty phone."""
        self.told(ForwardEnded(at=self.now, talked=talked))

    def speaks(self, message: int = 1) -> None:
        """Say something after the tone, and press the pound key."""
        self.told(MessageRecorded(at=self.now, message=message))

    def says_nothing(self) -> None:
        """Be silent after the tone."""
        self.told(NothingRecorded(at=self.now))

    # What happens beside a caller on hold.

    def accepts(self, number: str) -> None:
        """The manager at ``number`` presses 1; nobody looks yet."""
        self.beside[number] = RingNow(number=number, outcome=None, accepted=True)

    def phone_ends(self, number: str, outcome: RingOutcome) -> None:
        """The phone at ``number`` is done; nobody looks yet."""
        self.beside[number] = replace(self.beside[number], outcome=outcome)

    def waits(self, seconds: float = 8, wrap_up: WrapUp | None = None, *, manager_left: bool = False) -> None:
        """The music has played for so long: the line looks at the phones."""
        self.now += timedelta(seconds=seconds)
        rings = tuple(self.beside.values())
        self.told(StillWaiting(at=self.now, rings=rings, wrap_up=wrap_up, manager_left=manager_left))

    def hold_ends(self, *, talked: bool, caller_left: bool = False, manager_left: bool = False) -> None:
        """The carrier reports that the caller is off hold."""
        accepted = any(ring.accepted and ring.outcome is None for ring in self.beside.values())
        self.told(
            HoldEnded(
                at=self.now, talked=talked, caller_left=caller_left, accepted=accepted, manager_left=manager_left
            )
        )

    def talks_on_hold(self, number: str) -> None:
        """The manager at ``number`` accepts, both talk, and the manager goes; both legs have told."""
        self.accepts(number)
        self.phone_ends(number, RingOutcome.TALKED)
        self.hold_ends(talked=True)

    # Whole passages.

    def keys_the_ticket(self, found: TicketFound = FOUND) -> None:
        """Key the number of the ticket that the ticket system then finds."""
        self.presses(found.ticket.number)
        self.ticket_is_found(found)

    def escalates(self, found: TicketFound = FOUND) -> None:
        """Key the ticket, confirm, win the claim."""
        self.keys_the_ticket(found)
        self.presses("1")
        self.claim_is_won()

    def reaches_ringing(self, found: TicketFound = FOUND) -> None:
        """Go on until the first phone rings."""
        self.escalates(found)
        self.nobody_objects()

    def talks(self, found: TicketFound = FOUND) -> None:
        """Go on until the talk with the first manager is over."""
        self.reaches_ringing(found)
        self.ring_ends(RingOutcome.TALKED)

    def reaches_nobody(self, found: TicketFound = FOUND) -> None:
        """Go on until every phone has rung in vain."""
        self.escalates(found)
        while self.call.attempt is not None:
            self.nobody_objects()
            self.ring_ends(RingOutcome.NO_ANSWER)

    # What can be seen of it.

    def is_asked(self, step: str) -> bool:
        """Whether the line listens for the answer to the question ``step``."""
        return self.turn.call.step == step and isinstance(self.turn.then, Listen)

    @property
    def call(self) -> EscalationCall:
        """The state after the last turn."""
        call = self.turn.call
        assert isinstance(call, EscalationCall)
        return call

    @property
    def hears(self) -> tuple[str, ...]:
        """The keys of the sentences spoken in the last turn."""
        return tuple(prompt.key for prompt in self.turn.say)

    def sentence(self, key: str) -> Prompt:
        """The one sentence of the last turn under ``key``."""
        (found,) = [prompt for prompt in self.turn.say if prompt.key == key]
        return found

    @property
    def states(self) -> tuple[Effect, ...]:
        """The facts of the last turn."""
        return self.turn.effects

    @property
    def attempt_ended(self) -> AttemptEnded:
        """How the attempt ended, which the last turn stated exactly once."""
        (ended,) = [effect for effect in self.states if isinstance(effect, AttemptEnded)]
        return ended

    @property
    def rings(self) -> str:
        """The number that rings now."""
        assert isinstance(self.turn.then, Ring)
        return self.turn.then.number

    @property
    def is_over(self) -> bool:
        """Whether the line has said its last word and hung up."""
        return self.turn.call.step == ENDED and self.turn.then == HangUp()
