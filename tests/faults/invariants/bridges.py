"""I6 and I7: who is put through to whom."""

from collections.abc import Iterator
from datetime import timedelta

from tests.faults import company
from tests.faults.invariants.look import Look, clock, invariant, told

STOPS_WITHIN = timedelta(seconds=3)


@invariant("I6")
def nobody_talks_without_the_key(look: Look) -> Iterator[str]:
    """The person pressed 1 on that leg before, and the books hold it for that leg."""
    for bridge in look.bridges:
        leg = look.witness.legs[bridge.manager]
        if leg.number == company.DUTY:
            continue
        if not any(key == "1" and at <= bridge.at for at, key in leg.keys):
            yield f"{told(leg.number)} was put through at {clock(bridge.at)} without having pressed 1"
        ring = next((row for row in look.page.rings if row.leg_sid == leg.sid), None)
        if ring is not None and ring.call_sid != bridge.caller:
            yield f"{told(leg.number)} was put through at {clock(bridge.at)} to somebody else's caller"
        if ring is None or ring.accepted_at is None or ring.accepted_at > bridge.at:
            yield f"{told(leg.number)} was put through at {clock(bridge.at)}, and the books hold no key press for it"


@invariant("I7")
def one_manager_at_a_time(look: Look) -> Iterator[str]:
    """No caller hears two managers at once."""
    talks: dict[str, set[str]] = {}
    for bridge in look.witness.bridges:
        if bridge.until is None:
            talks.setdefault(bridge.caller, set()).add(bridge.manager)
    for caller, managers in talks.items():
        if len(managers) > 1:
            yield f"the caller {told(look.witness.legs[caller].number)} talks to {len(managers)} managers at once"


@invariant("I7")
def the_other_phones_stop(look: Look) -> Iterator[str]:
    """Three seconds after somebody has accepted no other phone of the attempt rings; those that the carrier did not
    stop, or rang although it said no, are not ours to blame. Whoever has declined is asked why."""
    strays = look.witness.strays()
    for accepted in (row for row in look.page.rings if row.accepted_at is not None):
        if look.witness.some_order_failed(accepted.accepted_at, STOPS_WITHIN):
            continue
        for ring in look.page.of_attempt(accepted.attempt_id):
            leg = look.witness.legs.get(ring.leg_sid or "")
            if ring.id == accepted.id or leg is None or leg.sid in strays or ring.started_at > accepted.accepted_at:
                continue
            if ring.declined_at is not None:
                continue
            if leg.goes_on_after(accepted.accepted_at + STOPS_WITHIN, look.now):
                yield f"{told(leg.number)} went on; {told(accepted.number)} accepted at {clock(accepted.accepted_at)}"
