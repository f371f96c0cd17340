"""Attempts: the history of ringing managers about tickets. Who may begin one is decided in ``claims``."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, insert, or_, select, update

from db.connection import Connection
from db.models import AttemptRow, table
from db.repositories.statements import instant
from flows.rules.cooldown import Outcome

LOST = "lost"
"""Outcome of an attempt whose lease ran out: the process that led it died, and nobody knows how it went."""

_T = table(AttemptRow)
_ENDED = ("ended_at", "outcome", "reached_rank", "reached_title", "confirmed_at", "quiet_until")
_BEGIN = insert(_T).returning(_T.c.id)
_END = (
    update(_T)
    .where(_T.c.id == bindparam("of"), _T.c.ended_at.is_(None))
    .values({name: bindparam(name) for name in _ENDED})
)
_RANG = or_(_T.c.outcome.is_(None), _T.c.outcome != Outcome.LEFT_EARLY.value)
_STARTS = (
    select(_T.c.started_at)
    .where(_T.c.ticket_number == bindparam("number"), _T.c.started_at > instant("since"), _RANG)
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
    """One attempt. ``outcome`` is a value of flows' Outcome, LOST, or None while it goes on. ``confirmed_at``
    is when the caller said that it is resolved, ``quiet_until`` the end of the cooldown that the attempt began."""

    id: int
    ticket_number: str
    call_sid: str
    channel: str
    started_at: datetime
    ended_at: datetime | None
    outcome: str | None
    reached_rank: int | None
    reached_title: str | None
    confirmed_at: datetime | None
    quiet_until: datetime | None


class Attempts:
    """The attempts of one unit of work."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def begin(self, ticket_number: str, call_sid: str, channel: str, at: datetime) -> int:
        """Write down a new attempt; its id. Raises StoreConflict while another one of the ticket is live."""
        row = {"ticket_number": ticket_number, "call_sid": call_sid, "channel": channel, "started_at": at}
        return int(self._connection.execute(_BEGIN, row).scalar_one())

    def end(
        self,
        attempt_id: int,
        outcome: Outcome,
        at: datetime,
        *,
        reached_rank: int | None = None,
        reached_title: str | None = None,
        confirmed: bool = False,
        quiet_until: datetime | None = None,
    ) -> None:
        """Write down how an attempt ended; a finished one stays as it is."""
        row = {
            "of": attempt_id, "ended_at": at, "outcome": outcome.value, "reached_rank": reached_rank,
            "reached_title": reached_title, "confirmed_at": at if confirmed else None, "quiet_until": quiet_until,
        }
        self._connection.execute(_END, row)

    def lose(self, attempt_id: int, at: datetime) -> None:
        """Write off an attempt nobody leads any more."""
        row = dict.fromkeys(_ENDED) | {"of": attempt_id, "ended_at": at, "outcome": LOST}
        self._connection.execute(_END, row)

    def starts(self, ticket_number: str, since: datetime, most: int) -> list[datetime]:
        """When the latest attempts began, the newest first; bounded, so that a hot ticket stays as fast as any. An
        attempt that the caller left before any phone rang is none of them: it disturbed nobody."""
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
