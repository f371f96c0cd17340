"""Tickets put into the built-in ticket system, many at a time."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from enum import Enum

from db.unit_of_work import Store, Work
from flows.ticket import Ticket
from ivr.clock import Clock
from ivr.line.terms import note_status

AT_ONCE = 200
"""Tickets in one transaction: SQLite has one writer, and a webhook gives up waiting for it after a second."""


class Taken(Enum):
    """What became of a ticket that was handed in."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"


def put_tickets(store: Store, found: Sequence[Ticket], clock: Clock) -> Iterator[Taken]:
    """Store the tickets, a few at a time; tells of each what became of it."""
    for start in range(0, len(found), AT_ONCE):
        with store.writing() as work:
            for ticket in found[start : start + AT_ONCE]:
                yield take(work, ticket, clock())


def take(work: Work, ticket: Ticket, now: datetime) -> Taken:
    """Store one ticket, new or changed."""
    before = work.tickets.find(ticket.number)
    if before == ticket:
        return Taken.SAME
    work.tickets.put(ticket)
    note_status(work, ticket, now)
    return Taken.CHANGED if before else Taken.NEW


def programs_unknown(store: Store, found: Iterable[Ticket]) -> list[str]:
    """Programs of tickets that the published routing does not know; none while nothing is published."""
    with store.reading() as work:
        if not work.routing.current_version():
            return []
        _, routing = work.routing.current()
    return sorted({ticket.program for ticket in found} - routing.programs.keys())
