"""How conversations begin: the first state of a leg that the carrier reports for the first time."""

from dataclasses import replace
from datetime import datetime

from db.repositories.callbacks import CallbackState
from db.repositories.calls import StoredCall
from db.repositories.rings import Ring
from db.unit_of_work import Work
from flows.call import EscalationCall, ManagerLineCall, ScreeningCall
from flows.call_screening import screening
from flows.customer_call import customer_call
from flows.escalation_line import line as escalation_line
from flows.manager_line import manager_line
from flows.routing import Line, Routing
from ivr.line.deadlines import SPEECH
from ivr.line.dialling import DialPolicy
from ivr.line.told import Leg


class UnknownLine(Exception):
    """A number was called that no routing names: connect it in the routing, or remove the webhook from the number."""


class UnknownCall(Exception):
    """A webhook for a call this line never began, or a turn it never offered."""


def new_call(work: Work, leg: Leg, now: datetime, *, hold: bool) -> StoredCall:
    """Somebody calls. Raises UnknownLine.

    A call from a manager's phone begins on the manager's line, which asks for a PIN. ``hold``: the caller can be kept
    on hold while phones are rung beside.
    """
    version, routing = work.routing.current()
    line = routing.line(leg.called)
    if line is None:
        raise UnknownLine("the called number is not a line in the published routing")
    people = routing.people_at(leg.caller)
    manager = _manager(work, routing, line, leg.caller, people, hold=hold) if people else None
    return StoredCall(
        sid=leg.sid,
        conversation=manager_line.name if manager else escalation_line.name,
        line=line.number,
        caller=leg.caller,
        state=manager or customer(line, leg.caller, hold=hold),
        routing_version=version,
        started_at=now,
        deadline=now + SPEECH,
    )


def customer(line: Line, caller: str, *, hold: bool) -> EscalationCall:
    """How the customer's conversation begins."""
    first = line.languages[0]
    return EscalationCall(step=escalation_line.start, language=first, line=line, caller=caller, hold=hold)


def new_customer_call(work: Work, leg: Leg, callback: int, turn: int, now: datetime, *, hold: bool) -> StoredCall:
    """A customer who is called back picks up. Raises UnknownCall unless it is the telephone that was rung."""
    asked = work.callbacks.lock(callback)
    version, routing = work.routing.current()
    line = routing.line(asked.line) if asked is not None else None
    if asked is None or line is None or leg.called != asked.number or leg.parent:
        raise UnknownCall("a telephone was answered that this line did not ring")
    rung = asked.state is CallbackState.RINGING and asked.turn == turn and asked.leg_sid in {None, leg.sid}
    if rung:
        work.callbacks.placed(callback, leg.sid)
    begun = replace(
        customer(line, asked.number, hold=hold), step=customer_call.start, language=asked.language,
        keyed=asked.ticket_number, callback=callback if rung else 0,
    )  # fmt: skip
    return StoredCall(
        sid=leg.sid, conversation=customer_call.name, line=line.number, caller=asked.number, state=begun,
        routing_version=version, started_at=now, deadline=now + SPEECH,
    )  # fmt: skip


def _manager(
    work: Work, routing: Routing, line: Line, caller: str, people: tuple[str, ...], *, hold: bool
) -> ManagerLineCall:
    return ManagerLineCall(
        step=manager_line.start,
        language=routing.people[people[0]].language,
        line=line,
        caller=caller,
        people=people,
        has_pin=bool(work.pins.of(people)),
        hold=hold,
    )


def new_screening(work: Work, leg: Leg, ring_id: int, now: datetime, policy: DialPolicy) -> StoredCall:
    """A manager's phone was picked up. Raises UnknownCall unless it is the one that was rung."""
    ring = work.rings.read(ring_id)
    caller = work.calls.read(ring.call_sid) if ring is not None else None
    if ring is None or caller is None or not _belongs(leg, ring):
        raise UnknownCall("a phone was answered that this line did not ring")
    return StoredCall(
        sid=leg.sid,
        conversation=screening.name,
        line=caller.line,
        caller=caller.caller,
        state=replace(_story_for(ring, caller, now), texts=policy.can_text(ring.number)),
        routing_version=caller.routing_version,
        started_at=now,
        deadline=now + SPEECH,
        parent_sid=caller.sid,
        ring_id=ring.id,
        attempt_id=ring.attempt_id,
        ticket_number=caller.ticket_number,
    )


def _belongs(leg: Leg, ring: Ring) -> bool:
    """A dialled leg names its parent; one that we placed ourselves has none, and is known by the number it rang."""
    return leg.parent == ring.call_sid if leg.parent else leg.called == ring.number


def _story_for(ring: Ring, caller: StoredCall, now: datetime) -> ScreeningCall:
    state = caller.state
    assert isinstance(state, EscalationCall)
    assert state.ticket is not None
    assert state.ladder is not None
    return ScreeningCall(
        step=screening.start,
        language=ring.language,
        ticket=state.ticket,
        response_due=state.response_due or state.ticket.opened_at,
        earlier=state.earlier,
        owed=state.owed,
        answered_at=now,
        hold=state.hold and state.leaving is None and state.step != "rang",
        talk_limit=state.line.talk_limit,
        higher_level=ring.rank < len(state.ladder.levels),
        zone=state.line.zone,
        recorded=state.recorded,
    )
