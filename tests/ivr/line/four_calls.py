"""Four customers escalate one ticket within hours, each of them in vain: something to replay."""

from dataclasses import replace
from datetime import datetime, timedelta

from db.repositories.calls import StoredCall
from db.unit_of_work import Store
from flows.rules.cooldown import Outcome
from tests.db.samples import CALL, TICKET

HOUR = timedelta(hours=1)


def escalated_four_times(store: Store, now: datetime) -> None:
    """By what the demo company has published all four may; with one attempt a day only the first, CA0."""
    opened = now - timedelta(days=1)
    ticket = replace(TICKET, product="Backup Server", opened_at=opened, updated_at=opened)
    with store.writing() as work:
        line = work.routing.current()[1].lines[0]
        state = replace(CALL, line=line, ticket=ticket)
        for number in range(4):
            at, sid = now - (8 - 2 * number) * HOUR, f"CA{number}"
            work.calls.begin(StoredCall(
                sid=sid, conversation="escalation_line", line=line.number, caller=state.caller, state=state,
                routing_version=1, started_at=at, deadline=at, ended_at=at, ticket_number=ticket.number,
            ))  # fmt: skip
            attempt = work.attempts.begin(ticket.number, sid, "phone", at)
            work.attempts.end(attempt, Outcome.ABANDONED, at + timedelta(minutes=1))
