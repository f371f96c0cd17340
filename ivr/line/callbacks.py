"""Customers are called back: looked at when it is time, rung when a manager could be reached, given up in the end.
Whoever only wants to know when escalation opens may get a text instead.

Each look is a letter in the outbox, so that of two workers one looks, and one that dies is followed by another; a ring
whose fate is unknown is looked up before the customer is rung again. Whatever the carrier fails to report, a last
letter finds when the ring must be over.
"""

from datetime import datetime, timedelta

import structlog

from db.repositories.callbacks import Callback, CallbackState
from db.repositories.calls import StoredCall
from db.unit_of_work import Store, Work
from flows.call import EscalationCall
from flows.effects import CallbackWanted, News
from flows.heard import TicketFound
from flows.routing import Line
from flows.rules.cooldown import closed_until
from flows.ticket import Ticket
from ivr.clock import Clock
from ivr.line import inside
from ivr.line.calling_back import opens_at, opens_by_rule
from ivr.line.dialling import DialPolicy
from ivr.line.letters import encode
from ivr.line.lookups import Found, Lookups
from ivr.line.ports import CustomerCalls, Notice, Rejected, RetryLater
from ivr.line.shift_manager import shift_manager
from ivr.line.texts import it_opens

RING_SECONDS = 30
RING_OVER = timedelta(minutes=4)
"""By then a customer who was rung has pressed a key, or is not there; the questions are heard twice in that time."""

log = structlog.get_logger()


def want(work: Work, stored: StoredCall, call: EscalationCall, wanted: CallbackWanted, now: datetime) -> None:
    """The customer of this call wants to be called back, or told when escalation opens; asking twice makes one."""
    assert call.ticket is not None
    terms = call.line.callback
    earliest = wanted.opens_at or _when_quiet(work, call.ticket, now + terms.interval, now)
    due_at = earliest if wanted.by_text else terms.not_before(earliest, call.ticket.time_zone or call.line.zone)
    until = max(now + terms.within, due_at + (terms.within if wanted.opens_at else terms.interval))
    made = work.callbacks.ask(
        ticket_number=call.ticket.number, call_sid=stored.sid, line=call.line.number, number=call.call_back,
        language=call.language, at=now, until=until, due_at=due_at, by_text=wanted.by_text,
    )  # fmt: skip
    if made is not None:
        _look_at(work, made, 1, now, due_at)


def _when_quiet(work: Work, ticket: Ticket, earliest: datetime, now: datetime) -> datetime:
    refused = closed_until(work.claims.standing(ticket.number), ticket.updated_at, now)
    return max(earliest, refused.until) if refused else earliest


def _look_at(work: Work, callback: int, turn: int, now: datetime, due_at: datetime) -> None:
    key = f"callback/{callback}/{turn}"
    work.outbox.add("customer-call", key, {"callback": callback, "turn": turn}, now, due_at)


class CallbackDesk:
    """Rings customers, with no transaction open, and enters what came of it."""

    def __init__(
        self, store: Store, clock: Clock, lookups: Lookups, calls: CustomerCalls, policy: DialPolicy
    ) -> None:
        self._store = store
        self._clock = clock
        self._lookups = lookups
        self._calls = calls
        self._policy = policy

    def call(self, callback: int, turn: int, *, again: bool) -> None:
        """It is time to look at a callback. ``again``: an earlier look may have rung. Raises RetryLater."""
        with self._store.reading() as work:
            stands = work.callbacks.read(callback)
        if stands is None or stands.turn != turn or stands.closed_at is not None:
            return
        if stands.state is CallbackState.RINGING and not again:
            return
        if stands.state is CallbackState.RINGING and (self._is_late(stands) or self._was_placed(stands)):
            return
        if stands.state is CallbackState.WAITING and not self._may_ring(stands):
            return
        self._ring(stands)

    def over(self, callback: int, turn: int) -> None:
        """The ring of this turn is over. Unless the customer has pressed a key, it is tried again, or given up."""
        with self._store.writing() as work:
            stands = work.callbacks.lock(callback)
            if stands is not None and stands.state is CallbackState.RINGING and stands.turn == turn:
                self._try_again(work, stands, self._clock())

    def _is_late(self, stands: Callback) -> bool:
        """A ring that began now would still ring when it counts as over; then it is tried again anyway."""
        assert stands.rung_at is not None
        return self._clock() > stands.rung_at + RING_OVER / 2

    def _was_placed(self, stands: Callback) -> bool:
        assert stands.rung_at is not None
        leg = stands.leg_sid or self._calls.was_placed(stands.number, stands.line, stands.rung_at)
        if leg is None:
            return False
        with self._store.writing() as work:
            work.callbacks.placed(stands.id, leg)
        return True

    def _may_ring(self, stands: Callback) -> bool:
        answer = self._lookups.find(f"callback/{stands.id}", stands.ticket_number)
        if not isinstance(answer, Found):
            raise RetryLater("the ticket system gives no answer, and nobody is called back about an unknown ticket")
        with self._store.writing() as work:
            now, locked = self._clock(), work.callbacks.lock(stands.id)
            if locked is None or locked.turn != stands.turn or locked.state is not CallbackState.WAITING:
                return False
            return self._decided(work, locked, answer.ticket, now)

    def _decided(self, work: Work, stands: Callback, ticket: Ticket | None, now: datetime) -> bool:
        """Whether the customer is rung now; else it is put off, given up, or no longer needed."""
        asked = work.calls.read(stands.call_sid)
        found = inside.ticket_answer(work, asked, ticket, now) if asked is not None else None
        if asked is None or not isinstance(found, TicketFound) or not isinstance(asked.state, EscalationCall):
            work.callbacks.close(stands.id, CallbackState.NOT_NEEDED, now)
            return False
        line = _line(work, stands)
        earliest = opens_by_rule(found, now) if stands.by_text else opens_at(
            line, stands.number, asked.state, found, now
        )
        if earliest is None or self._policy.refusal(stands.number, barred=frozenset({stands.line})) is not None:
            work.callbacks.close(stands.id, CallbackState.NOT_NEEDED, now)
            return False
        if earliest > now:
            self._put_off(work, stands, earliest, now)
            return False
        if stands.by_text:
            it_opens(work, stands, now)
            work.callbacks.close(stands.id, CallbackState.TOLD, now)
            return False
        over = {"callback": stands.id, "turn": stands.turn}
        work.outbox.add("customer-call-over", f"callback/{stands.id}/{stands.turn}/over", over, now, now + RING_OVER)
        return work.callbacks.ring(stands.id, now)

    def _ring(self, stands: Callback) -> None:
        try:
            leg = self._calls.place(stands.id, stands.turn, stands.number, stands.line, RING_SECONDS)
        except Rejected as error:
            log.warning("customer not called", callback=stands.id, because=str(error))
            self.over(stands.id, stands.turn)
            return
        with self._store.writing() as work:
            work.callbacks.placed(stands.id, leg)

    def _try_again(self, work: Work, stands: Callback, now: datetime) -> None:
        terms = _line(work, stands).callback
        if stands.tries >= terms.tries:
            self._give_up(work, stands, now)
        else:
            self._put_off(work, stands, now + terms.interval, now)

    def _put_off(self, work: Work, stands: Callback, at: datetime, now: datetime) -> None:
        line, asked = _line(work, stands), work.calls.read(stands.call_sid)
        ticket = asked.state.ticket if asked is not None and isinstance(asked.state, EscalationCall) else None
        zone = (ticket.time_zone if ticket else "") or line.zone
        due_at = at if stands.by_text else line.callback.not_before(at, zone)
        if due_at > stands.until and not stands.by_text:
            self._give_up(work, stands, now)
        elif work.callbacks.wait(stands.id, due_at):
            _look_at(work, stands.id, stands.turn + 1, now, due_at)

    def _give_up(self, work: Work, stands: Callback, now: datetime) -> None:
        """The shift manager is told: the customer has been promised a call."""
        if not work.callbacks.close(stands.id, CallbackState.GIVEN_UP, now):
            return
        asked, (_, routing) = work.calls.read(stands.call_sid), work.routing.current()
        state = asked.state if asked is not None and isinstance(asked.state, EscalationCall) else None
        line = _line(work, stands)
        notice = Notice(
            key=f"callback/{stands.id}/given-up", news=News.CALLBACK_FAILED, at=now, company=line.company,
            recipient=shift_manager(work, routing, line, now), number=stands.ticket_number, caller=stands.number,
            ticket=state.ticket if state else None, response_due=state.response_due if state else None,
        )  # fmt: skip
        work.outbox.add("notice", notice.key, encode(notice), now)


def _line(work: Work, stands: Callback) -> Line:
    """As the routing is today; a callback may be a day old."""
    _, routing = work.routing.current()
    return routing.line(stands.line) or routing.lines[0]
