"""How an attempt stands, for a caller who waits beside the call that leads it."""

from datetime import datetime

from db.repositories.calls import StoredCall
from db.unit_of_work import Work
from flows.call import EscalationCall
from flows.heard import AttemptSeen
from flows.rules.cooldown import Outcome
from flows.rules.ring_outcome import NEVER_RANG, RingOutcome

OUTCOMES = {outcome.value: outcome for outcome in Outcome}
NEVER = {outcome.value for outcome in NEVER_RANG}
TALKED = RingOutcome.TALKED.value


def attempt_seen(work: Work, stored: StoredCall, now: datetime) -> AttemptSeen:
    """The attempt that the caller of ``stored`` watches. One whose lease has run out is over: nobody leads it."""
    assert isinstance(stored.state, EscalationCall)
    watched = stored.state.watched
    attempt = work.attempts.read(watched)
    if attempt is None or attempt.ended_at is not None:
        return AttemptSeen(at=now, over=True, outcome=OUTCOMES.get(attempt.outcome or "") if attempt else None)
    standing = work.claims.standing(attempt.ticket_number)
    if standing.attempt != watched or standing.leased_until is None or standing.leased_until <= now:
        return AttemptSeen(at=now, over=True)
    rings = [ring for ring in work.rings.of_attempt(watched) if ring.outcome not in NEVER]
    if not rings:
        return AttemptSeen(at=now, over=False)
    last = rings[-1]
    accepted = any(
        ring.accepted_at is not None and ring.outcome in {None, TALKED} for ring in rings if ring.rank == last.rank
    )
    return AttemptSeen(at=now, over=False, level=last.rank, title=last.title, accepted=accepted)
