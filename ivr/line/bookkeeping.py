"""Enters what a turn states: into the same transaction, so that a fact and its mail stand or fall together."""

from datetime import datetime
from typing import assert_never

from db.repositories.callbacks import CallbackState
from db.repositories.calls import StoredCall
from db.repositories.rings import Ring
from db.unit_of_work import Work
from flows.call import Call, EscalationCall, ManagerLineCall, ScreeningCall
from flows.effects import (
    AttemptEnded,
    CallbackRefused,
    CallbackTaken,
    CallbackWanted,
    CameOnDuty,
    CooldownLifted,
    CooldownSet,
    DeclineExplained,
    DutyPassed,
    Effect,
    EscalationRefused,
    LevelInformed,
    LinkWanted,
    MessageDiscarded,
    MessageLeft,
    NotifyShiftManager,
    PassedOver,
    RingClosed,
    RingDeclined,
    RingsStopped,
    TalkResumed,
    TermsMissing,
    WentOffDuty,
    WrappedUp,
    WrongTicketTried,
)
from flows.rules.cooldown import Outcome
from flows.rules.ring_outcome import RingOutcome
from flows.wrap_up import WrapUp
from ivr.line import callbacks, manager_acts, messages
from ivr.line.deadlines import give_time_to_talk
from ivr.line.leg_orders import LegOrders
from ivr.line.notes import ticket_note
from ivr.line.notices import ask_for_terms, inform, notify, ticket_number
from ivr.line.terms import end, state_terms, with_late_terms
from ivr.line.texts import ticket_link


def enter(
    work: Work, stored: StoredCall, call: Call, effects: tuple[Effect, ...], now: datetime, orders: LegOrders
) -> None:
    """Enter ``effects`` of a turn that left the state ``call``; legs to be stopped are noted in ``orders``.

    Rings are closed first: the note about an attempt tells how each of them ended.
    """
    for effect in sorted(effects, key=lambda effect: not isinstance(effect, RingClosed | RingsStopped | PassedOver)):
        _enter(work, stored, call, effect, now, orders)


def _enter(
    work: Work, stored: StoredCall, call: Call, effect: Effect, now: datetime, orders: LegOrders
) -> None:
    match effect:
        case RingsStopped(outcome=outcome):
            _stop_rings(work, stored, call, outcome, now, orders)
        case TalkResumed():
            give_time_to_talk(work, stored, now)
        case WrappedUp(wrap_up=wrap_up):
            _wrap_up(work, stored, wrap_up, now)
        case NotifyShiftManager():
            notify(work, stored, _escalation(call), effect, now)
        case LevelInformed():
            inform(work, stored, _escalation(call), effect, now)
        case MessageLeft():
            messages.leave(work, stored, effect, now)
        case MessageDiscarded(message=message):
            messages.discard(work, message, now)
        case CallbackWanted():
            callbacks.want(work, stored, _escalation(call), effect, now)
        case CallbackTaken(callback=callback):
            work.callbacks.close(callback, CallbackState.ANSWERED, now)
        case CallbackRefused(callback=callback):
            work.callbacks.close(callback, CallbackState.CANCELLED, now)
        case PassedOver():
            _pass_over(work, stored, _escalation(call), effect, now)
        case RingClosed(outcome=outcome):
            work.rings.end_for(stored.sid, outcome, now)
        case RingDeclined(hunt_goes_on=goes_on):
            _decline(work, stored, goes_on, now, orders)
        case DeclineExplained(reason=reason):
            assert stored.ring_id is not None
            work.rings.explain(stored.ring_id, reason)
        case LinkWanted():
            _send_link(work, stored, call, now)
        case TermsMissing():
            _ask_for_terms(work, stored, call, now)
        case AttemptEnded():
            _end_attempt(work, call, effect, now)
        case EscalationRefused(reasons=reasons, opens_at=opens_at):
            work.refusals.record(stored.sid, _ticket_number(call), reasons, opens_at, now)
        case WrongTicketTried():
            work.wrong_tries.add(stored.caller, stored.line, now)
        case WentOffDuty() | CameOnDuty() | DutyPassed() | CooldownLifted() | CooldownSet():
            assert isinstance(call, ManagerLineCall)
            manager_acts.enter(work, stored, call, effect, now)
        case _:
            assert_never(effect)


def _stop_rings(
    work: Work, stored: StoredCall, call: Call, outcome: RingOutcome, now: datetime, orders: LegOrders
) -> None:
    """Whoever has accepted is left alone: that ring ends with its talk."""
    attempt = stored.attempt_id or (call.attempt if isinstance(call, EscalationCall) else None)
    for ring in work.rings.still_open(attempt) if attempt else ():
        if ring.accepted_at is None:
            work.rings.end(ring.id, outcome, now)
            orders.stop += [ring.leg_sid] if ring.leg_sid else []


def _decline(work: Work, stored: StoredCall, goes_on: bool, now: datetime, orders: LegOrders) -> None:
    """The caller's conversation looks at once, where it can: the manager is still asked why, and that takes time."""
    assert stored.ring_id is not None
    declined = work.rings.decline(stored.ring_id, now)
    if declined and goes_on:
        work.rings.end(stored.ring_id, RingOutcome.DECLINED, now)
        orders.look_at = stored.parent_sid


def _send_link(work: Work, stored: StoredCall, call: Call, now: datetime) -> None:
    assert stored.ring_id is not None
    assert isinstance(call, ScreeningCall)
    ring = work.rings.read(stored.ring_id)
    if ring is not None:
        ticket_link(work, stored, ring, call.ticket, now)


def _ask_for_terms(work: Work, stored: StoredCall, call: Call, now: datetime) -> None:
    """By mail, and by text where the telephone can show one; whoever never accepted has nothing to state."""
    ring = work.rings.read(stored.ring_id) if stored.ring_id is not None else _last_talk(work, stored)
    if ring is None or ring.accepted_at is None or ring.terms is not None or stored.ticket_number is None:
        return
    ask_for_terms(work, stored, ring, now, by_text=isinstance(call, ScreeningCall) and call.texts)


def _last_talk(work: Work, caller: StoredCall) -> Ring | None:
    rings = work.rings.of_attempt(caller.attempt_id) if caller.attempt_id is not None else []
    return next((ring for ring in reversed(rings) if ring.accepted_at is not None), None)


def _wrap_up(work: Work, stored: StoredCall, wrap_up: WrapUp, now: datetime) -> None:
    assert stored.ring_id is not None
    ring = work.rings.read(stored.ring_id)
    assert ring is not None
    state_terms(work, ring, wrap_up, now)


def _end_attempt(work: Work, call: Call, ended: AttemptEnded, now: datetime) -> None:
    assert isinstance(call, EscalationCall)
    rings, title = work.rings.of_attempt(ended.attempt), _title(call, call.talked)
    ended = with_late_terms(ended, rings, now)
    if not end(work, ended, _ticket_number(call), title, now):
        return
    if ended.outcome is Outcome.REACHED:
        work.callbacks.close_of_ticket(_ticket_number(call), CallbackState.NOT_NEEDED, now)
    key = f"attempt/{ended.attempt}"
    text = ticket_note(ended, title, rings, now)
    work.outbox.add("ticket-note", key, {"number": _ticket_number(call), "text": text}, now)


def _pass_over(work: Work, stored: StoredCall, call: EscalationCall, passed: PassedOver, now: datetime) -> None:
    assert call.ladder is not None
    level = call.ladder.levels[passed.level]
    member = level.members[passed.member]
    work.rings.pass_over(
        attempt_id=passed.attempt,
        call_sid=stored.sid,
        rank=level.rank,
        title=level.title,
        member=member.name,
        person=member.person,
        language=member.language,
        why=passed.why,
        at=now,
    )


def _title(call: EscalationCall, rank: int) -> str:
    return call.ladder.levels[rank - 1].title if call.ladder is not None and rank else ""


def _escalation(call: Call) -> EscalationCall:
    assert isinstance(call, EscalationCall)
    return call


def _ticket_number(call: Call) -> str:
    return ticket_number(_escalation(call))
