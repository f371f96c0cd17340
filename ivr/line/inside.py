"""Answers what a step asks of our own memory, inside the transaction of the turn."""

from datetime import datetime, timedelta
from typing import assert_never

from db.repositories.calls import StoredCall
from db.repositories.claims import Won
from db.unit_of_work import Work
from flows import on_hold
from flows.call import EscalationCall
from flows.heard import (
    CallerGone,
    CallerOnHold,
    Claimed,
    ClaimRefused,
    CooldownBegan,
    Heard,
    RingAccepted,
    RingOpen,
    StillQuiet,
    TakenByAnother,
    TicketFound,
    TicketMissing,
)
from flows.rules.access import too_many_wrong_tries
from flows.rules.cooldown import closed_until
from flows.ticket import Ticket
from flows.turn import AcceptRing, CheckCaller, CheckCooldown, CheckRing, Claim
from ivr.line.deadlines import SPEECH, give_time_to_talk
from ivr.line.holiday_dates import holiday_dates
from ivr.line.other_paths import other_path
from ivr.line.promises import owed
from ivr.line.shifts import on_shift
from ivr.line.sparing import spared
from ivr.line.terms import note_status

Asked = Claim | CheckCooldown | CheckRing | AcceptRing | CheckCaller
GUESSING_WINDOW = timedelta(hours=1)


def answer(work: Work, stored: StoredCall, call: object, asked: Asked, now: datetime) -> Heard:
    """The answer to a look-up in our own memory. ``call`` is the state the asking turn left."""
    match asked:
        case Claim():
            assert isinstance(call, EscalationCall)
            return _claim(work, stored, call, now)
        case CheckCooldown():
            assert isinstance(call, EscalationCall)
            return _check_cooldown(work, stored, call, now)
        case CheckRing():
            return _check_ring(work, stored, now)
        case AcceptRing():
            return _accept(work, stored, now)
        case CheckCaller():
            assert stored.parent_sid is not None
            waits = on_hold_still(work.calls.lock(stored.parent_sid))
            return CallerOnHold(at=now) if waits else CallerGone(at=now)
        case _:
            assert_never(asked)


def ticket_answer(work: Work, stored: StoredCall, ticket: Ticket | None, now: datetime) -> Heard:
    """What routing and memory hold about a ticket. Whoever guesses numbers hears that there is none, found or not."""
    routing = work.routing.read(stored.routing_version)
    line = routing.line(stored.line)
    assert line is not None
    guesses = work.wrong_tries.by_caller(stored.caller, now - GUESSING_WINDOW)
    if ticket is None or too_many_wrong_tries(guesses, line.access):
        return TicketMissing(at=now)
    note_status(work, ticket, now)
    holidays = holiday_dates(routing, now)
    ladder = routing.ladder(ticket, holidays, line.zone, on_shift(work, routing, now))
    return TicketFound(
        at=now,
        ticket=ticket,
        terms=routing.terms(ticket.program, ticket.severity, holidays),
        other_path=other_path(routing, line, ticket.product),
        ladder=ladder,
        cooldown=routing.cooldown,
        standing=work.claims.standing(ticket.number),
        spared=spared(work, routing, ladder, ticket.severity, None, now),
        owed=owed(work, ticket, now),
    )


def on_hold_still(caller: StoredCall | None) -> bool:
    """Whether a caller is there and on hold, and so can be led on by the manager."""
    if caller is None or caller.ended_at is not None or not isinstance(caller.state, EscalationCall):
        return False
    return caller.step in on_hold.STEPS and not caller.state.gone


def _claim(work: Work, stored: StoredCall, call: EscalationCall, now: datetime) -> Heard:
    assert call.ticket is not None
    ticket = call.ticket
    leased_until = now + SPEECH
    answered = work.claims.claim(ticket.number, stored.sid, now, leased_until, call.cooldown, ticket.updated_at)
    if isinstance(answered, Won):
        window = answered.window_opens_at
        return Claimed(at=now, attempt=answered.attempt_id, earlier=answered.earlier, window_opens_at=window)
    refused = closed_until(answered, ticket.updated_at, now)
    assert refused is not None
    return ClaimRefused(at=now, refused=refused, attempt=answered.attempt)


def _check_cooldown(work: Work, stored: StoredCall, call: EscalationCall, now: datetime) -> Heard:
    assert call.ticket is not None
    assert call.ladder is not None
    quiet_until = work.claims.standing(call.ticket.number).quiet_until
    if quiet_until is not None and quiet_until > now:
        return CooldownBegan(at=now, until=quiet_until)
    routing = work.routing.read(stored.routing_version)
    return StillQuiet(at=now, spared=spared(work, routing, call.ladder, call.ticket.severity, call.attempt, now))


def _check_ring(work: Work, stored: StoredCall, now: datetime) -> Heard:
    assert stored.ring_id is not None
    work.rings.answered(stored.ring_id, stored.sid, now)
    return _why_not(work, stored, now) or RingOpen(at=now)


def _accept(work: Work, stored: StoredCall, now: datetime) -> Heard:
    assert stored.ring_id is not None
    refused = _why_not(work, stored, now)
    if refused:
        return refused
    if not work.rings.accept(stored.ring_id, stored.sid, now):
        return TakenByAnother(at=now)
    give_time_to_talk(work, stored, now)
    return RingAccepted(at=now)


def _why_not(work: Work, stored: StoredCall, now: datetime) -> CallerGone | TakenByAnother | None:
    """The caller's row is locked first: acceptance and hang-up take turns."""
    assert stored.parent_sid is not None
    assert stored.ring_id is not None
    if not work.calls.lock_live(stored.parent_sid):
        return CallerGone(at=now)
    ring = work.rings.read(stored.ring_id)
    return TakenByAnother(at=now) if ring is None or ring.ended_at is not None else None
