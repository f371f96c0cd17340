"""I3 and I15: everything comes to an end, and what was borrowed is given back."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from sqlalchemy import Row

from tests.faults import company
from tests.faults.invariants.look import Look, clock, invariant, told

CLOSED_WITHIN = timedelta(seconds=60)
LONGEST_WAIT = company.TALK_LIMIT + timedelta(minutes=5)
"""No word of the carrier is waited for any longer than a talk may last, and what is said around it."""


@invariant("I3")
def every_live_call_has_a_deadline(look: Look) -> Iterator[str]:
    """One in reach; and where the worker runs none is overdue for long."""
    for call in look.page.calls:
        if call.ended_at is not None:
            continue
        if call.deadline > look.now + LONGEST_WAIT:
            yield f"the call …{call.sid[-4:]} at {call.step} may live until {clock(call.deadline)}"
        swept = look.world.worker_since is not None and look.now - look.world.worker_since > CLOSED_WITHIN
        if swept and call.deadline < look.now - CLOSED_WITHIN:
            yield f"the call …{call.sid[-4:]} at {call.step} is overdue since {clock(call.deadline)}"


@invariant("I3")
def a_call_is_closed_when_its_legs_are_over(look: Look) -> Iterator[str]:
    """Sixty seconds after the last of them, where every word of the carrier came through and the worker sweeps."""
    since = look.world.worker_since
    for call in look.page.calls:
        if call.ended_at is not None or call.sid not in look.witness.legs:
            continue
        sids = [call.sid, *(ring.leg_sid for ring in look.page.rings if ring.call_sid == call.sid and ring.leg_sid)]
        legs = [look.witness.legs[sid] for sid in sids if sid in look.witness.legs]
        ends = [leg.ended for leg in legs if leg.ended is not None]
        if since is None or len(ends) < len(legs) or look.world.missed(sids):
            continue
        if look.now > max(*ends, since) + CLOSED_WITHIN:
            yield f"the call …{call.sid[-4:]} at {call.step} is open; its last leg ended at {clock(max(ends))}"


@invariant("I3", at_end=True)
def nothing_is_open_at_the_end(look: Look) -> Iterator[str]:
    """No call, no ring, no attempt, no claim."""
    for name, rows in (("call", look.page.calls), ("ring", look.page.rings), ("attempt", look.page.attempts)):
        yield from (f"{name} {_key(row)} never ended" for row in rows if row.ended_at is None)
    for row in look.page.standings:
        if row.leased_until is not None or row.attempt_id is not None:
            yield f"ticket {row.ticket_number} is still claimed"


@invariant("I3", at_end=True)
def nothing_else_happens(look: Look) -> Iterator[str]:
    """When everybody has hung up no phone rings any more."""
    for order in look.judge.after_the_end:
        yield f"{told(order.number)} was rung at {clock(order.at)}, when everything was over"
    if look.judge.mails_after_the_end:
        yield f"{look.judge.mails_after_the_end} mails were sent when everything was over"


@invariant("I15", at_end=True)
def nothing_is_kept(look: Look) -> Iterator[str]:
    """No connection of the pool, no look-up, no lease on a letter."""
    taken = look.world.connections_in_use()
    if taken:
        yield f"{taken} database connections were never given back"
    if look.world.lookups_kept():
        yield f"{look.world.lookups_kept()} look-ups are kept"
    for row in look.page.outbox:
        if row.sent_at is None and row.dead_at is None:
            yield f"letter {row.id} is neither sent nor dead after {row.tries} tries"
        elif row.leased_until is not None:
            yield f"letter {row.id} is settled and still leased"


def _key(row: Row[Any]) -> str:
    return str(getattr(row, "id", None) or f"…{row.sid[-4:]}")
