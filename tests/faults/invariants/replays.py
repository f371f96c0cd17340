"""R2: a replay of what has happened decides as the line did."""

from collections.abc import Iterator

from ivr.line.past_standing import Past
from ivr.line.replay import replayed
from tests.faults.invariants.look import Look, invariant


@invariant("R2", at_end=True)
def a_replay_decides_as_the_line_did(look: Look) -> Iterator[str]:
    """Every call is decided once more by the routing that it began with, on what the books say now."""
    pasts: dict[str, Past] = {}
    with look.world.parts.store.reading() as work:
        for row in look.page.calls:
            call = work.calls.read(row.sid)
            assert call is not None
            routing = work.routing.read(call.routing_version)
            again = replayed(work, call, routing, routing, pasts)
            if again is None:
                continue
            as_refused = again.refused and again.published.spoken[0] == again.refused[0]
            as_passed = again.published.passes and not again.refused
            if not as_refused and not as_passed:
                yield f"{again.sid}, ticket {again.ticket.number}: {again.refused}, replayed {again.published}"
