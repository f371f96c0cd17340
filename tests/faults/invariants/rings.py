"""I4, I8, I9 and I13: whose phone is rung, when, and in which order."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row

from tests.faults import company
from tests.faults.invariants.look import Look, clock, invariant, told
from tests.faults.model.ladder import Climb, misclimbed
from tests.faults.model.people import DISTURBED_NOBODY, People
from tests.faults.model.position import positions
from tests.faults.witness import Leg, Order

STOPS_WITHIN = timedelta(seconds=3)
GIVES_UP_AFTER = timedelta(seconds=100)
"""However many callbacks are lost: a caller on hold who has not asked for music so long is taken for gone."""
OUTCOMES = frozenset({"reached", "exhausted", "abandoned", "left-early", "nobody-on-duty", "lost"})
GIVEN_UP = frozenset({"exhausted", "nobody-on-duty"})
WERE_ON_DUTY = frozenset({"engaged", "rung-enough"})


@invariant("I4")
def no_phone_rings_for_a_ticket_that_rests(look: Look) -> Iterator[str]:
    """By the books, at the very moment when the carrier was told to ring."""
    for order in look.orders:
        if order.quiet_until is not None and order.quiet_until > order.at:
            until = clock(order.quiet_until)
            yield f"{told(order.number)} was rung at {clock(order.at)}; the phones were to rest until {until}"


@invariant("I13")
def only_allowed_numbers_are_dialled(look: Look) -> Iterator[str]:
    """Those written down by hand, never the line's own, never the caller's; texts as well."""
    for order in look.orders:
        caller = _caller(look, order)
        if order.number not in company.MAY_BE_DIALLED:
            yield f"{told(order.number)} was dialled, and must never be"
        elif order.number in {company.LINE, caller.number if caller else ""}:
            yield f"{told(order.number)} was dialled, and is the caller's own"
    for message in look.world.carrier.office.messages:
        if message.receiver not in company.MAY_BE_DIALLED:
            yield f"{told(message.receiver)} was texted, and must never be"


@invariant("I8")
def no_phone_begins_to_ring_for_nobody(look: Look) -> Iterator[str]:
    """Once the line was told that the caller has left; and soon after, even if it was never told."""
    for order in look.orders:
        caller = _caller(look, order)
        if caller is None or caller.ended is None:
            continue
        knew = look.witness.told_of_end.get(caller.sid)
        if knew is not None and order.at > knew:
            yield f"{told(order.number)} was rung at {clock(order.at)}; the caller's end was told at {clock(knew)}"
        elif order.at > caller.ended + GIVES_UP_AFTER:
            yield f"{told(order.number)} was rung at {clock(order.at)}; the caller left at {clock(caller.ended)}"


@invariant("I8")
def phones_stop_when_the_caller_has_left(look: Look) -> Iterator[str]:
    """Within three seconds of the line's knowing; whoever has accepted is asked how it goes on, whoever has declined
    why."""
    strays = look.witness.strays()
    for ring in look.page.rings:
        knew, leg = look.witness.told_of_end.get(ring.call_sid), look.witness.legs.get(ring.leg_sid or "")
        if knew is None or leg is None or leg.sid in strays or ring.accepted_at or ring.declined_at:
            continue
        if leg.goes_on_after(knew + STOPS_WITHIN, look.now) and not look.witness.some_order_failed(knew, STOPS_WITHIN):
            yield f"{told(leg.number)} went on after the caller's end was told at {clock(knew)}"


@invariant("I9")
def the_ladder_is_climbed_in_order(look: Look) -> Iterator[str]:
    """Every ring of every attempt, against the edition of the routing that the call began with."""
    dialled = frozenset(order.ring for order in look.witness.orders if order.way == "dial" and order.ring is not None)
    for attempt, climb, rings in _climbs(look):
        if any(ring.started_at > (attempt.ended_at or look.now) for ring in rings):
            yield f"attempt {attempt.id} was over at {clock(attempt.ended_at)}, and a phone began to ring afterwards"
        yield from misclimbed(climb, rings, dialled)
        if attempt.outcome in GIVEN_UP and attempt.ended_at >= look.since and not _asked_for_quiet(look, attempt):
            engaged = frozenset(ring.person for ring in rings if ring.outcome == "engaged")
            left, sure = climb.next(attempt.ended_at, engaged)
            if left and sure:
                yield f"attempt {attempt.id} ended as {attempt.outcome}, and {_phone(climb, left)} was never rung"


@invariant("I9")
def every_attempt_ends_in_the_outcome_it_had(look: Look) -> Iterator[str]:
    """Reached only after a talk, left early only before any phone rang."""
    for attempt in look.page.attempts:
        if attempt.ended_at is None or attempt.ended_at < look.since:
            continue
        rings = look.page.of_attempt(attempt.id)
        if attempt.outcome not in OUTCOMES:
            yield f"attempt {attempt.id} ended with the outcome {attempt.outcome!r}"
        if (attempt.outcome == "reached") != any(ring.outcome == "talked" for ring in rings):
            yield f"attempt {attempt.id} ended as {attempt.outcome}; its rings: {[ring.outcome for ring in rings]}"
        if attempt.outcome == "left-early" and any(ring.outcome not in DISTURBED_NOBODY for ring in rings):
            yield f"attempt {attempt.id} ended as left-early after {len(rings)} rings"
        if attempt.outcome == "nobody-on-duty" and any(ring.outcome in WERE_ON_DUTY for ring in rings):
            yield f"attempt {attempt.id} ended as nobody-on-duty; its rings: {[ring.outcome for ring in rings]}"


@invariant("I9")
def nobody_talks_without_being_called_reached(look: Look) -> Iterator[str]:
    """Where no word of the carrier was lost."""
    for bridge in look.witness.bridges:
        if bridge.until is None or {bridge.caller, bridge.manager} & look.world.carrier.fates.lost:
            continue
        ring = next((row for row in look.page.rings if row.leg_sid == bridge.manager), None)
        attempt = look.page.attempt(ring.attempt_id) if ring is not None else None
        if ring is not None and attempt is not None and attempt.ended_at is not None and attempt.outcome != "reached":
            yield f"attempt {attempt.id} ended as {attempt.outcome}, and {told(ring.number)} talked to the caller"


def _caller(look: Look, order: Order) -> Leg | None:
    """The caller's leg that a phone was rung for; None for the duty phone."""
    ring = look.page.ring(order.ring) if order.ring is not None else None
    return look.witness.legs.get(ring.call_sid) if ring is not None else None


def _climbs(look: Look) -> Iterator[tuple[Row[Any], Climb, list[Row[Any]]]]:
    """Every attempt that can have changed since the last look, ready to climb the plan that it climbs; its rings."""
    for attempt in look.page.attempts:
        if attempt.ended_at is not None and attempt.ended_at < look.since:
            continue
        call = look.page.call(attempt.call_sid)
        assert call is not None
        routing = look.world.editions[call.routing_version]
        ticket = look.world.tickets.tickets[attempt.ticket_number]
        ladder = next(plan for plan in routing.ladders if ticket.product in plan.products)
        people = People(routing=routing, page=look.page, attempt=attempt.id, absences=look.world.absences)
        rings = look.page.of_attempt(attempt.id)
        above = positions(look.page, attempt, look.world.over.get(attempt.ticket_number, []))
        climbs = [
            Climb(routing, ladder.levels, call.caller, people, look.world.ring_mode == "hold", begins_above=each)
            for each in sorted(above, reverse=True)
        ]
        yield attempt, next((climb for climb in climbs if climb.could_begin_with(rings)), climbs[0]), rings


def _phone(climb: Climb, places: set[tuple[int, int]]) -> str:
    level, index = min(places)
    phone = climb.phones(level)[index]
    return f"{phone.person} ({told(phone.number)}) on level {level + 1}"


def _asked_for_quiet(look: Look, attempt: Row[Any]) -> bool:
    """Whether a manager had asked for quiet before the attempt ended: that ends it, whoever is left."""
    ended: datetime = attempt.ended_at
    return any(
        one.ticket == attempt.ticket_number and one.at <= ended < one.until for one in look.judge.statements
    )
