"""I5, and the half of I4 that reckons for itself: who may begin an attempt."""

from collections.abc import Iterator
from datetime import datetime

from tests.faults.invariants.look import Look, clock, invariant
from tests.faults.model.cooldown import begun_too_early, refused_without_reason
from tests.faults.sentences import says, words_of


@invariant("I5")
def one_attempt_at_a_time(look: Look) -> Iterator[str]:
    """No attempt for a ticket begins before its last one is over."""
    last: dict[str, tuple[int, datetime | None]] = {}
    for row in look.page.attempts:
        before, ended = last.get(row.ticket_number, (0, row.started_at))
        if ended is None or ended > row.started_at:
            yield f"attempt {row.id} for ticket {row.ticket_number} began while attempt {before} was open"
        last[row.ticket_number] = (row.id, row.ended_at)


@invariant("I5")
def one_attempt_for_each_escalation(look: Look) -> Iterator[str]:
    """Whoever hears that the escalation is under way has an attempt, and nobody has two."""
    mine = [row.call_sid for row in look.page.attempts]
    for sid in sorted(set(mine)):
        if mine.count(sid) > 1:
            yield f"the call …{sid[-4:]} made {mine.count(sid)} attempts"
    for made in look.webhooks:
        if made.sid not in mine and says(words_of(made.body), "claimed.notified"):
            yield f"the call …{made.sid[-4:]} heard that the escalation is under way, and there is no attempt"


@invariant("I4")
def the_ticket_rests_as_long_as_the_rules_say(look: Look) -> Iterator[str]:
    """By our own reckoning: an attempt that began too early, or a refusal that nothing asks for."""
    statements, moved = look.judge.statements, look.world.moved
    for row, until in begun_too_early(look.page, statements, moved, look.since):
        yield f"ticket {row.ticket_number} was rung about at {clock(row.started_at)}; it rests until {clock(until)}"
    for row in refused_without_reason(look.page, statements, moved, look.since):
        yield f"at {clock(row.at)} ticket {row.ticket_number} was refused a rest that nothing asks for: {row.reasons}"


@invariant("I5")
def nobody_on_the_line_loses_the_claim(look: Look) -> Iterator[str]:
    """An attempt is taken for lost only when its caller has left, or some word about that leg never came."""
    for attempt in look.page.attempts:
        leg = look.witness.legs.get(attempt.call_sid)
        if attempt.outcome != "lost" or leg is None or look.world.missed([leg.sid]):
            continue
        if leg.goes_on_after(attempt.ended_at, look.now):
            yield f"attempt {attempt.id} was taken for lost at {clock(attempt.ended_at)}, and its caller still waited"
