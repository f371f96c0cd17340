"""Tickets of the built-in ticket system."""

from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select

from db import codec
from db.connection import Connection
from db.models import TicketNoteRow, TicketRow, table
from db.repositories.statements import inserted, upsert
from flows.ticket import Severity, Status, Ticket

_T = table(TicketRow)
_N = table(TicketNoteRow)
_FIND = select(_T).where(_T.c.number == bindparam("number"))
_PUT = upsert(
    _T,
    lambda insert: insert.on_conflict_do_update(
        index_elements=[_T.c.number],
        set_={column.name: insert.excluded[column.name] for column in _T.c if not column.primary_key},
    ),
)
_ADD_NOTE = upsert(_N, lambda insert: insert.on_conflict_do_nothing(index_elements=[_N.c.key]).returning(_N.c.id))
_NOTES = select(_N.c.text).where(_N.c.ticket_number == bindparam("number")).order_by(_N.c.id)


class Tickets:
    """The tickets of one unit of work."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self, number: str) -> Ticket | None:
        """The ticket with exactly this number."""
        row = self._connection.execute(_FIND, {"number": number}).first()
        return _ticket(row) if row else None

    def put(self, ticket: Ticket) -> None:
        """Store a ticket, new or changed."""
        row = asdict(ticket) | {
            "severity": int(ticket.severity),
            "status": ticket.status.value,
            "contact_numbers": codec.words_to_text(ticket.contact_numbers),
        }
        self._connection.execute(_PUT[self._connection.dialect.name], row)

    def drop_contact(self, number: str, contact: str) -> None:
        """Take a phone number away from a ticket's contacts."""
        ticket = self.find(number)
        if ticket is not None:
            others = tuple(each for each in ticket.contact_numbers if each != contact)
            self.put(replace(ticket, contact_numbers=others))

    def add_note(self, number: str, text: str, key: str, at: datetime) -> bool:
        """Write a work note; False when ``key`` has been written before. Raises StoreConflict for an unknown ticket.

        A note leaves ``updated_at`` alone: otherwise our own note about an escalation would restart the guaranteed
        response time and forbid the next one.
        """
        row = {"ticket_number": number, "text": text, "key": key, "at": at}
        return inserted(self._connection, _ADD_NOTE, row)

    def notes(self, number: str) -> list[str]:
        """The work notes, in the order they were written."""
        return list(self._connection.execute(_NOTES, {"number": number}).scalars())


def _ticket(row: Any) -> Ticket:
    columns = row._asdict()
    columns["severity"] = Severity(row.severity)
    columns["status"] = Status(row.status)
    columns["contact_numbers"] = codec.words_from_text(row.contact_numbers)
    return Ticket(**columns)
