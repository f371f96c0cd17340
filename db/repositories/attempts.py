"""Attempts: the history of ringing managers about tickets. Who may begin one is decided in ``claims``."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, insert, select, update

from db.connection import Connection
from db.models import AttemptRow, table
from db.repositories.statements import instant
from flows.rules.cooldown import Outcome

LOST = "lost"
"""Outcome of an attempt whose lease ran out: the process that led it died, and nobody knows how it went."""

_T = table(AttemptRow)
_BEGIN = insert(_T).returning(_T.c.id)
_END = (
    update(_T)
    .where(_T.c.id == bindparam("of"), _T.c.ended_at.is_(None))
    .values({name: bindparam(name) for name in ("ended_at", "outcome", "reached_rank", "reached_title")})
)
_STARTS = (
    select(_T.c.started_at)
    .where(_T.c.ticket_number == bindparam("number"), _T.c.started_at > instant("since"))
    .order_by(_T.c.started_at.desc())
    .limit(bindparam("most"))
)
_READ = select(_T).where(_T.c.id == bindparam("id"))
_OF_TICKET = (
    select(_T)
    .where(_T.c.ticket_number == bindparam("number"))
    .order_by(_T.c.started_at.desc(), _T.c.id.desc())
    .limit(bindparam("most"))
)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredAttempt:
    """One attempt. ``outcome`` is a value of flows' Outcome, LOST, or None while it goes on."""

    id: int
    ticket_number: str
    call_sid: str
    channel: str
    started_at: datetime
    ended_at: datetime | None
    outcome: str | None
    reached_rank: int | None
    reached_title: str | None


class Attempts:
    """The attempts of one unit of work."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def begin(self, ticket_number: str, call_sid: str, channel: str, at: datetime) -> int:
        """Write down a new attempt; its id. Raises StoreConflict while another one of the ticket is live."""
        row = {"ticket_number": ticket_number, "call_sid": call_sid, "channel": channel, "started_at": at}
        return int(self._connection.execute(_BEGIN, row).scalar_one())

    def end(
        self, attempt_id: int, outcome: Outcome, at: datetime, reached_rank: int | None, reached_title: str | None
    ) -> None:
        """Write down how an attempt ended; a finished one stays as it is."""
        self._close(attempt_id, outcome.value, at, reached_rank, reached_title)

    def lose(self, attempt_id: int, at: datetime) -> None:
        """Write off an attempt nobody leads any more."""
        self._close(attempt_id, LOST, at, None, None)

    def starts(self, ticket_number: str, since: datetime, most: int) -> list[datetime]:
        """When the latest attempts began, the newest first; bounded, so that a hot ticket stays as fast as any."""
        found = self._connection.execute(_STARTS, {"number": ticket_number, "since": since, "most": most})
        return list(found.scalars())

    def read(self, attempt_id: int) -> StoredAttempt | None:
        """One attempt."""
        row = self._connection.execute(_READ, {"id": attempt_id}).first()
        return StoredAttempt(**row._asdict()) if row else None

    def of_ticket(self, ticket_number: str, limit: int = 20) -> list[StoredAttempt]:
        """The ticket's latest attempts, the newest first."""
        rows = self._connection.execute(_OF_TICKET, {"number": ticket_number, "most": limit})
        return [StoredAttempt(**row._asdict()) for row in rows]

    def _close(self, attempt_id: int, outcome: str, at: datetime, rank: int | None, title: str | None) -> None:
        row = {"of": attempt_id, "ended_at": at, "outcome": outcome, "reached_rank": rank, "reached_title": title}
        self._connection.execute(_END, row)
