"""A small, complete world for the tests of memory: one line, one ticket, one call."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from db.repositories.calls import StoredCall
from db.unit_of_work import Work
from flows.call import EscalationCall
from flows.routing import Line
from flows.rules.cooldown import CooldownTerms
from flows.ticket import Severity, Status, Ticket

NOW = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
TERMS = CooldownTerms()
LINE = Line(
    number="+12025550150", company="Northwind", languages=("en",), zone="America/New_York", shift_manager="dana"
)
TICKET = Ticket(
    number="48213",
    subject="Orders are stuck",
    organisation="Contoso",
    requester="Kim",
    program="Premium",
    severity=Severity.HIGH,
    product="Ledger",
    status=Status.OPEN,
    opened_at=NOW - 5 * HOUR,
    updated_at=NOW - 5 * HOUR,
    contact_numbers=("+12025550123",),
)
CALL = EscalationCall(step="greeting", language="en", line=LINE, caller="+12025550123", ticket=TICKET)


def begin_call(work: Work, sid: str = "CA1", at: datetime = NOW, deadline: datetime = NOW + 2 * MINUTE) -> StoredCall:
    """A customer calls."""
    call = StoredCall(
        sid=sid, conversation="escalation_line", line=LINE.number, caller=CALL.caller, state=CALL, routing_version=1,
        started_at=at, deadline=deadline,
    )
    work.calls.begin(call)
    return call


def begin_attempt(work: Work, number: str = TICKET.number, at: datetime = NOW) -> int:
    """The ladder starts for a ticket that may be escalated; the attempt's id."""
    won = work.claims.claim(number, "CA1", at, at + 2 * MINUTE, TERMS, at - HOUR)
    attempt: int = won.attempt_id  # type: ignore[union-attr]  # the tests that use this begin with an open ticket
    return attempt


def begin_ring(work: Work, attempt: int, rank: int = 1, at: datetime = NOW) -> int:
    """A manager's phone rings; the ring's id."""
    return work.rings.start(attempt, "CA1", rank, "Support Operations Manager", "Dana", "+12025550101", at)


def at_step(step: str) -> EscalationCall:
    """The call as another step left it."""
    return replace(CALL, step=step)
