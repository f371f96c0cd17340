"""Whether promises were kept: asked of the ticket system when their time has passed, or when anybody looks before."""

from datetime import datetime, timedelta

import structlog

from db.repositories.promises import Promise
from db.repositories.rings import Ring
from db.unit_of_work import Store, Work
from flows.effects import News
from flows.rules.cooldown import Outcome
from flows.rules.promise import State, settled, still_owed
from flows.ticket import Ticket
from ivr.clock import Clock
from ivr.line.letters import TicketNote, encode, note_body
from ivr.line.lookups import Found, Lookups
from ivr.line.notes import broken_promise_note
from ivr.line.ports import Notice, Promised
from ivr.line.shift_manager import shift_manager
from ivr.line.terms import note_status

LEASE = timedelta(minutes=2)
"""Longer than a look can take: the ticket system is asked for a few seconds at most."""

AT_ONCE = 10
"""Promises in one pass, so that a slow ticket system cannot keep the worker from its other tasks for long."""

PAUSES = tuple(timedelta(seconds=seconds) for seconds in (5, 15, 60, 5 * 60, 15 * 60, 30 * 60, 60 * 60))
"""After the first, second ... look that got no answer; from the last one on hourly, until the system answers."""

REACHED = Outcome.REACHED.value

log = structlog.get_logger()


class PromiseWatch:
    """Looks after promises whose time has passed. Several workers share the work: each promise is settled once."""

    def __init__(self, store: Store, clock: Clock, lookups: Lookups) -> None:
        self._store = store
        self._clock = clock
        self._lookups = lookups

    def run_once(self) -> int:
        """Look at what is due, with no transaction open while the ticket system is asked; how many were looked at."""
        with self._store.writing() as work:
            due = work.promises.due(self._clock(), LEASE, AT_ONCE)
        for promise in due:
            self._look(promise)
        return len(due)

    def _look(self, promise: Promise) -> None:
        answer = self._lookups.find(f"promise/{promise.id}", promise.ticket_number)
        with self._store.writing() as work:
            now = self._clock()
            if not isinstance(answer, Found):
                log.warning("promise not looked at: the ticket system gave no answer", promise=promise.id)
                work.promises.look_again(promise.id, now + PAUSES[min(promise.looks, len(PAUSES)) - 1])
            elif answer.ticket is None:
                work.promises.close(promise.id, State.GONE, now)
            else:
                note_status(work, answer.ticket, now)
                settle(work, promise, answer.ticket, now)


def settle(work: Work, promise: Promise, ticket: Ticket, now: datetime) -> State:
    """Enter what can be told now of an open promise, given its ticket as it was just seen; what became of it.

    Of any number of lookers one settles it: a broken promise makes one note and one mail.
    """
    state = settled(promise.promised_at, promise.until, ticket.updated_at, now)
    if state is not State.OPEN and work.promises.close(promise.id, state, now):
        log.info("promise settled", promise=promise.id, state=state.value)
        if state is State.BROKEN:
            _tell(work, promise, ticket, now)
    return state


def owed(work: Work, ticket: Ticket, now: datetime) -> datetime | None:
    """Settle the ticket's promises as it was just seen; by when an answer had been promised that is still owed."""
    promises = work.promises.of_ticket(ticket.number)
    states = [settle(work, one, ticket, now) if one.state is State.OPEN else one.state for one in promises]
    broken = [one for one, state in zip(promises, states, strict=True) if state is State.BROKEN]
    if not broken:
        return None
    talks = [each.started_at for each in work.attempts.of_ticket(ticket.number) if each.outcome == REACHED]
    latest = broken[0]
    still = still_owed(latest.promised_at, latest.until, ticket.updated_at, max(talks, default=None))
    return latest.until if still else None


def _tell(work: Work, promise: Promise, ticket: Ticket, now: datetime) -> None:
    ring = work.rings.read(promise.ring_id)
    assert ring is not None
    key = f"promise/{promise.id}/broken"
    note = TicketNote(number=promise.ticket_number, text=broken_promise_note(promise, ring))
    work.outbox.add("ticket-note", f"{key}/note", note_body(note), now)
    work.outbox.add("notice", key, encode(_notice(work, promise, ring, ticket, key, now)), now)


def _notice(work: Work, promise: Promise, ring: Ring, ticket: Ticket, key: str, now: datetime) -> Notice:
    """For whoever is shift manager by the routing of today: the promise may be days old."""
    call = work.calls.read(ring.call_sid)
    _, routing = work.routing.current()
    line = (routing.line(call.line) if call is not None else None) or routing.lines[0]
    return Notice(
        key=key,
        news=News.PROMISE_BROKEN,
        at=now,
        company=line.company,
        recipient=shift_manager(work, routing, line, now),
        number=promise.ticket_number,
        caller=call.caller if call is not None else "",
        ticket=ticket,
        rings=tuple((each.title, each.member, each.outcome or "") for each in work.rings.of_attempt(ring.attempt_id)),
        promised=Promised(title=ring.title, name=ring.member, at=promise.promised_at, until=promise.until),
    )
