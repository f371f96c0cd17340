"""What managers state about a ticket when the talk is over, by key or by link, and how an attempt's end counts it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import assert_never

from db.repositories.attempts import StoredAttempt
from db.repositories.interventions import Intervention, Kind
from db.repositories.rings import Ring
from db.unit_of_work import Work
from flows.effects import AttemptEnded
from flows.rules.position import agreed, starts_over
from flows.rules.ring_outcome import RingOutcome
from flows.ticket import Ticket
from flows.wrap_up import Terms, WrapUp
from ivr.line.letters import TicketNote, note_body
from ivr.line.notes import terms_note

BY_AGREEMENT, BY_STATUS = "agreement", "ticket-status"
"""Who de-escalated, where it was no single person."""


def state_terms(work: Work, ring: Ring, wrap_up: WrapUp, now: datetime) -> None:
    """The manager who was rung by ``ring`` states terms for the ticket.

    While the attempt goes on the caller's conversation reads them; when it is over they count at once, and the ticket
    is told. Raises ValueError for a promise, or a quiet, without its time.
    """
    attempt = work.attempts.read(ring.attempt_id)
    assert attempt is not None
    work.rings.state(ring.id, wrap_up, now)
    over = attempt.ended_at is not None
    match wrap_up.terms:
        case Terms.PROMISED:
            _promise(work, attempt, ring, _time_of(wrap_up), now)
        case Terms.QUIET:
            work.claims.quiet(attempt.ticket_number, _time_of(wrap_up))
        case Terms.RESOLVED if over and attempt.confirmed_at is not None and _had_the_last_word(work, attempt, ring):
            de_escalate(work, attempt.ticket_number, now, BY_AGREEMENT, "the manager calls it resolved, as the caller")
        case Terms.RESOLVED | Terms.HANDED_UP:
            pass
        case _:
            assert_never(wrap_up.terms)
    if over:
        note = TicketNote(number=attempt.ticket_number, text=terms_note(ring, wrap_up, now))
        work.outbox.add("ticket-note", f"terms/{ring.id}/{now.isoformat()}", note_body(note), now)


def with_late_terms(ended: AttemptEnded, rings: Sequence[Ring], now: datetime) -> AttemptEnded:
    """The end of an attempt with what its last manager has stated: perhaps when the caller no longer waited for it."""
    last = _last_talk(rings)
    if last is None or last.terms is None:
        return ended
    if last.terms == Terms.PROMISED.value and last.terms_until is not None and last.terms_until > now:
        ended = replace(ended, quiet_until=last.terms_until)
    resolved = last.terms == Terms.RESOLVED.value
    return replace(ended, agreed=agreed(manager_resolved=resolved, caller_resolved=ended.confirmed))


def end(work: Work, ended: AttemptEnded, ticket_number: str, title: str, now: datetime) -> bool:
    """Enter the end of an attempt; False when it had ended before. ``title`` is that of the highest level that
    talked."""
    first = work.claims.end(
        ended.attempt,
        ended.outcome,
        ended.quiet_until,
        ended.talked,
        now,
        title,
        confirmed=ended.confirmed,
        agreed=ended.agreed,
    )
    if first and ended.agreed:
        _record(work, ticket_number, now, BY_AGREEMENT, "manager and caller both call it resolved")
    return first


def de_escalate(work: Work, ticket_number: str, now: datetime, by: str, why: str) -> bool:
    """Let the ticket's next escalation begin at the start of the ladder; False when it would have anyway."""
    lowered = work.claims.de_escalate(ticket_number)
    if lowered:
        _record(work, ticket_number, now, by, why)
    return lowered


def note_status(work: Work, ticket: Ticket, now: datetime) -> None:
    """The ticket was just seen: once it is resolved or closed, its escalation begins anew if it opens again."""
    if starts_over(ticket.status):
        de_escalate(work, ticket.number, now, BY_STATUS, f"the ticket was seen as {ticket.status.value}")


def _promise(work: Work, attempt: StoredAttempt, ring: Ring, until: datetime, now: datetime) -> None:
    work.promises.make(attempt.ticket_number, attempt.id, ring.id, ring.person, now, until)
    work.claims.promise(attempt.ticket_number, now, until)
    if attempt.ended_at is not None:
        work.claims.rest_until(attempt.ticket_number, until)


def _time_of(wrap_up: WrapUp) -> datetime:
    if wrap_up.until is None:
        raise ValueError(f"{wrap_up.terms.value} needs a time")
    return wrap_up.until


def _had_the_last_word(work: Work, attempt: StoredAttempt, ring: Ring) -> bool:
    """Whether nobody has talked about the ticket after this manager: only then is it this manager's to settle."""
    last = _last_talk(work.rings.of_attempt(attempt.id))
    latest = work.attempts.of_ticket(attempt.ticket_number, 1)[0]
    return last is not None and last.id == ring.id and latest.id == attempt.id


def _last_talk(rings: Sequence[Ring]) -> Ring | None:
    talked = [ring for ring in rings if ring.outcome == RingOutcome.TALKED.value]
    return talked[-1] if talked else None


def _record(work: Work, ticket_number: str, now: datetime, by: str, why: str) -> None:
    work.interventions.record(
        Intervention(ticket_number=ticket_number, kind=Kind.DE_ESCALATED, at=now, by=by, why=why)
    )
