"""Refusals: why callers were told no."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, select

from db import codec
from db.connection import Connection
from db.models import RefusalRow, table

_T = table(RefusalRow)
_RECORD = insert(_T)
_OF_TICKET = (
    select(_T)
    .where(_T.c.ticket_number == bindparam("number"))
    .order_by(_T.c.at.desc(), _T.c.id.desc())
    .limit(bindparam("most"))
)
_OF = select(_T).where(_T.c.call_sid == bindparam("sid")).order_by(_T.c.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredRefusal:
    """One refusal; ``reasons`` holds every reason found, the spoken one first."""

    ticket_number: str
    reasons: tuple[str, ...]
    opens_at: datetime | None
    at: datetime


class Refusals:
    """The refusals of one unit of work."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def record(
        self, call_sid: str, ticket_number: str, reasons: tuple[str, ...], opens_at: datetime | None, at: datetime
    ) -> None:
        """Write down a refusal. ``opens_at`` is when escalation opens, None when no clock decides."""
        row = {
            "call_sid": call_sid, "ticket_number": ticket_number, "reasons": codec.words_to_text(reasons),
            "opens_at": opens_at, "at": at,
        }
        self._connection.execute(_RECORD, row)

    def of(self, call_sid: str) -> list[StoredRefusal]:
        """What a call was refused, in order."""
        return [_refusal(row) for row in self._connection.execute(_OF, {"sid": call_sid})]

    def of_ticket(self, number: str, limit: int = 200) -> list[StoredRefusal]:
        """The ticket's latest refusals, the newest first."""
        return [_refusal(row) for row in self._connection.execute(_OF_TICKET, {"number": number, "most": limit})]


def _refusal(row: Any) -> StoredRefusal:
    reasons = codec.words_from_text(row.reasons)
    return StoredRefusal(ticket_number=row.ticket_number, reasons=reasons, opens_at=row.opens_at, at=row.at)
