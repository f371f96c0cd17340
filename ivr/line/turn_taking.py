"""Takes one turn of a conversation: the step decides, our memory answers, until something must be waited for."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, assert_never

import structlog

from db.repositories.calls import StoredCall
from db.unit_of_work import Work
from flows.call import EscalationCall, ManagerLineCall, ScreeningCall
from flows.escalation_line import line as escalation_line
from flows.heard import (
    ForwardEnded,
    Heard,
    HungUp,
    RingEnded,
    Silence,
    Started,
    TicketFound,
    TicketSystemDown,
)
from flows.prompts.spoken import Prompt, say
from flows.rules.ring_outcome import RingOutcome
from flows.turn import (
    AcceptRing,
    AskDuties,
    AskDuty,
    AskPromises,
    AskRest,
    Bridge,
    CheckCaller,
    CheckCooldown,
    CheckPin,
    CheckRing,
    Claim,
    FindTicket,
    Forward,
    HangUp,
    Hold,
    OutsideLookup,
    Ring,
    ServeAsCustomer,
    Turn,
    Wait,
)
from ivr.line import inside, own_line
from ivr.line.answer import OneMoment
from ivr.line.beginnings import customer
from ivr.line.bookkeeping import enter
from ivr.line.calling_back import number_on_file
from ivr.line.conversations import FLOWS
from ivr.line.dialling import DialPolicy
from ivr.line.leg_orders import LegOrders, PlaceLeg
from ivr.line.lookups import Down, Found, Outside, Slow
from ivr.line.meaning import meaning, still_waiting
from ivr.line.pins import PinChecked
from ivr.line.texts import heads_up
from ivr.line.told import Told

MOST_HOLDS = 3
"""After this many times "one moment, please" the ticket system counts as down."""

log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """One turn, taken: the state afterwards, what to say and to wait for, and what it was told (less what is secret).

    ``conversation`` is the one that goes on. ``ring`` is the ring that starts now. ``pending`` is asked again when the
    hold is over.
    """

    conversation: str
    call: EscalationCall | ScreeningCall | ManagerLineCall
    said: tuple[Prompt, ...]
    wait: Wait | OneMoment
    heard: Heard
    at: datetime
    orders: LegOrders
    ring: int | None = None
    pending: FindTicket | None = None

    @property
    def over(self) -> bool:
        """Whether the conversation ends with this turn."""
        return isinstance(self.wait, HangUp | Bridge)

    @property
    def live_attempt(self) -> int | None:
        """The attempt whose claim this call holds."""
        return self.call.attempt if isinstance(self.call, EscalationCall) else None

    @property
    def ticket_number(self) -> str | None:
        """The ticket the conversation is about, once it is known."""
        if isinstance(self.call, ManagerLineCall):
            return self.call.number or None
        return self.call.ticket.number if self.call.ticket else None

    @property
    def talk_limit(self) -> timedelta:
        """How long a talk may last."""
        return self.call.line.talk_limit if isinstance(self.call, EscalationCall) else timedelta()


class TurnTaker:
    """Drives the flows. It holds no state of its own."""

    def __init__(self, policy: DialPolicy) -> None:
        self._policy = policy

    def take(
        self, work: Work, stored: StoredCall, told: Told, outside: Outside | None, now: datetime
    ) -> Taken | OutsideLookup:
        """Take the turn; or answer what must be asked first, outside any transaction, with nothing done."""
        if stored.pending is not None:
            asking: Turn[Any] = Turn(call=stored.state, then=stored.pending)
            heard: Heard = Silence(at=now)
        else:
            heard = meaning(work, stored, told, now)
            asking = FLOWS[stored.conversation].take(stored.state, heard)
        if isinstance(asking.then, FindTicket | CheckPin) and outside is None:
            return asking.then
        return self._follow(work, stored, asking, heard, outside, now)

    def left(self, work: Work, stored: StoredCall, gone: HungUp) -> Taken:
        """The person on this leg is gone."""
        turn = FLOWS[stored.conversation].take(stored.state, gone)
        return self._follow(work, stored, turn, gone, None, gone.at)

    def look(self, work: Work, stored: StoredCall, now: datetime) -> Taken:
        """Something happened beside a caller on hold: let the conversation look at it, with nobody listening."""
        heard = still_waiting(work, stored, now)
        return self._follow(work, stored, FLOWS[stored.conversation].take(stored.state, heard), heard, None, now)

    def _follow(
        self, work: Work, stored: StoredCall, turn: Turn[Any], heard: Heard, outside: Outside | None, now: datetime
    ) -> Taken:
        said: list[Prompt] = []
        orders = LegOrders()
        conversation, kept = stored.conversation, FLOWS[stored.conversation].to_keep(stored.step, heard)
        answer: Heard | None = heard
        while answer is not None:
            enter(work, stored, turn.call, turn.effects, now, orders)
            said += turn.say
            answer = self._answer(work, stored, turn, outside, now)
            if isinstance(turn.then, ServeAsCustomer):
                conversation = escalation_line.name
                turn = replace(turn, call=customer(turn.call.line, turn.call.caller, hold=turn.call.hold))
            if answer is not None:
                turn = FLOWS[conversation].take(turn.call, answer)
        return self._waiting(work, stored, turn, Taken(
            conversation=conversation, call=turn.call, said=tuple(said), wait=HangUp(), heard=kept, at=now,
            orders=orders,
        ))

    def _waiting(self, work: Work, stored: StoredCall, turn: Turn[Any], taken: Taken) -> Taken:
        match turn.then:
            case FindTicket() as pending:
                return replace(taken, said=(*taken.said, say("trouble.hold")), wait=OneMoment(), pending=pending)
            case Ring() as ring:
                begun = self._begin_ring(work, stored, turn.call, ring, taken.at)
                return replace(taken, wait=ring, ring=begun)
            case Hold() as hold:
                for each in hold.ring:
                    self._ring_beside(work, stored, turn.call, each, taken)
                return replace(taken, wait=hold)
            case Claim() | CheckCooldown() | CheckRing() | AcceptRing() | CheckCaller():
                raise AssertionError("our own memory always answers")
            case AskDuty() | AskRest() | AskPromises() | AskDuties() | CheckPin() | ServeAsCustomer():
                raise AssertionError("our own memory always answers")
            case wait:
                return replace(taken, wait=wait)

    def _ring_beside(
        self, work: Work, stored: StoredCall, call: EscalationCall, ring: Ring, taken: Taken
    ) -> None:
        begun = self._begin_ring(work, stored, call, ring, taken.at)
        if self._refused(stored, ring.number):
            work.rings.end(begun, RingOutcome.NOT_ALLOWED, taken.at)
            return
        order = PlaceLeg(ring=begun, number=ring.number, caller_id=stored.line, ring_seconds=ring.ring_seconds)
        taken.orders.place.append(order)

    def _answer(
        self, work: Work, stored: StoredCall, turn: Turn[Any], outside: Outside | None, now: datetime
    ) -> Heard | None:
        """What can be answered at once; None when the world must be waited for."""
        match turn.then:
            case FindTicket():
                return self._with_number_on_file(stored, _ticket(work, stored, outside, now))
            case CheckPin() as asked:
                assert isinstance(outside, PinChecked)
                return own_line.pin_answer(work, stored, asked, outside, now)
            case ServeAsCustomer():
                return Started(at=now)
            case Claim() | CheckCooldown() | CheckRing() | AcceptRing() | CheckCaller() as asked:
                return inside.answer(work, stored, turn.call, asked, now)
            case AskDuty() | AskRest() | AskPromises() | AskDuties() as asked:
                return own_line.answer(work, stored, turn.call, asked, self._policy, now)
            case Ring() as ring if self._refused(stored, ring.number):
                self._begin_ring(work, stored, turn.call, ring, now)
                return RingEnded(at=now, outcome=RingOutcome.NOT_ALLOWED)
            case Forward(number=number) if self._refused(stored, number):
                return ForwardEnded(at=now, talked=False)
            case _:
                return None

    def _with_number_on_file(self, stored: StoredCall, heard: Heard | None) -> Heard | None:
        if not isinstance(heard, TicketFound):
            return heard
        number = number_on_file(heard.ticket, stored.caller, self._policy, stored.line)
        return replace(heard, call_back=number, texts=bool(number) and self._policy.can_text(number))

    def _begin_ring(self, work: Work, stored: StoredCall, call: EscalationCall, ring: Ring, now: datetime) -> int:
        assert call.attempt is not None
        assert call.ticket is not None
        begun = work.rings.start(
            attempt_id=call.attempt,
            call_sid=stored.sid,
            rank=ring.rank,
            title=ring.title,
            member=ring.name,
            number=ring.number,
            language=ring.language,
            person=ring.person,
            at=now,
        )
        if self._policy.texts == "all" and self._policy.can_text(ring.number):
            heads_up(work, stored, begun, ring.number, ring.language, call.ticket, now)
        return begun

    def _refused(self, stored: StoredCall, number: str) -> bool:
        refusal = self._policy.refusal(number, barred=frozenset({stored.line, stored.caller}))
        if refusal:
            log.error("number not dialled", call=stored.sid, ending=number[-2:], because=refusal)
        return refusal is not None


def _ticket(work: Work, stored: StoredCall, outside: Outside | None, now: datetime) -> Heard | None:
    match outside:
        case Found(ticket=ticket):
            return inside.ticket_answer(work, stored, ticket, now)
        case Slow() if stored.holds < MOST_HOLDS:
            return None
        case Slow() | Down() | None:
            return TicketSystemDown(at=now)
        case PinChecked():
            raise AssertionError("a PIN is no ticket")
        case _:
            assert_never(outside)
