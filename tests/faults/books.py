"""The line's database as an onlooker reads it: what is committed, over a connection of its own."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from sqlalchemy import Row, select

from db.models import (
    AttemptRow,
    Base,
    CallbackRow,
    CallRow,
    MessageRow,
    OutboxRow,
    PromiseRow,
    RefusalRow,
    RingRow,
    StandingRow,
    table,
)
from flows.rules.promise import State
from tests.faults.engines import one_engine

A_MOMENT = timedelta(microseconds=1)
"""A call is overdue after its deadline, not at it."""
Rows = tuple[Row[Any], ...]
_KEPT = {
    "calls": (CallRow, "started_at"), "attempts": (AttemptRow, "id"), "rings": (RingRow, "id"),
    "standings": (StandingRow, "ticket_number"), "outbox": (OutboxRow, "id"), "refusals": (RefusalRow, "id"),
    "promises": (PromiseRow, "id"), "messages": (MessageRow, "id"), "callbacks": (CallbackRow, "id"),
}  # fmt: skip
_READ = {name: select(table(row)).order_by(table(row).c[key]) for name, (row, key) in _KEPT.items()}
_EVERYTHING = [select(each) for each in Base.metadata.sorted_tables if each.name != "heartbeats"]
_QUIET_UNTIL = (
    select(table(StandingRow).c.quiet_until)
    .join(table(AttemptRow), table(AttemptRow).c.ticket_number == table(StandingRow).c.ticket_number)
    .join(table(RingRow), table(RingRow).c.attempt_id == table(AttemptRow).c.id)
)


@dataclass(frozen=True, kw_only=True)
class Page:
    """Everything the invariants look at, as it stood at one moment."""

    calls: Rows
    attempts: Rows
    rings: Rows
    standings: Rows
    outbox: Rows
    refusals: Rows
    promises: Rows
    messages: Rows
    callbacks: Rows

    @cached_property
    def next_due(self) -> datetime | None:
        """When the worker next has something to do; None: when something has happened."""
        calls = [row.deadline + A_MOMENT for row in self.calls if row.ended_at is None]
        letters = [
            max(row.due_at, row.leased_until or row.due_at) for row in self.outbox
            if row.sent_at is None and row.dead_at is None
        ]  # fmt: skip
        promises = [row.look_at for row in self.promises if row.state == State.OPEN.value]
        return min((*calls, *letters, *promises), default=None)

    def attempt(self, number: int) -> Row[Any] | None:
        """The attempt with this id."""
        return next((row for row in self.attempts if row.id == number), None)

    def ring(self, number: int) -> Row[Any] | None:
        """The ring with this id."""
        return next((row for row in self.rings if row.id == number), None)

    def call(self, sid: str) -> Row[Any] | None:
        """The leg with this SID."""
        return next((row for row in self.calls if row.sid == sid), None)

    def standing(self, ticket: str) -> Row[Any] | None:
        """Claim and cooldown of a ticket."""
        return next((row for row in self.standings if row.ticket_number == ticket), None)

    def of_attempt(self, attempt: int) -> list[Row[Any]]:
        """The attempt's rings, in order."""
        return [row for row in self.rings if row.attempt_id == attempt]


class Books:
    """Reads the database at ``url``; to be closed."""

    def __init__(self, url: str) -> None:
        self._engine = one_engine(url, reader=True)
        self._readers = self._engine.execution_options(readonly=True)

    def page(self) -> Page:
        """How everything stands."""
        with self._readers.connect() as connection:
            return Page(**{name: tuple(connection.execute(read)) for name, read in _READ.items()})

    def fingerprint(self) -> str:
        """A hash over every row of every table but the heartbeats."""
        with self._readers.connect() as connection:
            rows = [sorted(map(repr, connection.execute(each))) for each in _EVERYTHING]
        return hashlib.sha256(repr(rows).encode()).hexdigest()

    def quiet_until(self, ring: int) -> datetime | None:
        """The end of the cooldown, as it stands now, of the ticket that a ring is about."""
        with self._readers.connect() as connection:
            found: datetime | None = connection.execute(_QUIET_UNTIL.where(table(RingRow).c.id == ring)).scalar()
        return found

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()
