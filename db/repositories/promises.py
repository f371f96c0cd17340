"""Promises: answers that managers promised by a time, and whether they came."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, func, insert, select, update

from db.connection import Connection
from db.models import PromiseRow, table
from db.repositories.statements import changed, instant
from flows.rules.promise import State

_T = table(PromiseRow)
_NOW = instant("now")
_OPEN = _T.c.state == State.OPEN.value
_MAKE = insert(_T).returning(_T.c.id)
_SUPERSEDE = (
    update(_T)
    .where(_T.c.ticket_number == bindparam("number"), _OPEN, _T.c.until > _NOW)
    .values(state=State.SUPERSEDED.value, settled_at=_NOW)
)
# A CTE, because PostgreSQL may run a plain sub-select with SKIP LOCKED more than once and then take too many.
_LOOK_DUE = (
    select(_T.c.id)
    .where(_OPEN, _T.c.look_at <= _NOW)
    .order_by(_T.c.look_at, _T.c.id)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
    .cte("look_due")
)
_DUE = (
    update(_T)
    .where(_T.c.id.in_(select(_LOOK_DUE.c.id)))
    .values(look_at=instant("again"), looks=_T.c.looks + 1)
    .returning(_T)
)
_CLOSE = update(_T).where(_T.c.id == bindparam("of"), _OPEN).values(state=bindparam("became"), settled_at=_NOW)
_LOOK_AGAIN = update(_T).where(_T.c.id == bindparam("of"), _OPEN).values(look_at=instant("again"))
_OPEN_OF = select(_T).where(_T.c.person == bindparam("key"), _OPEN).order_by(_T.c.until, _T.c.id)
_OF_TICKET = (
    select(_T)
    .where(_T.c.ticket_number == bindparam("number"))
    .order_by(_T.c.promised_at.desc(), _T.c.id.desc())
    .limit(bindparam("most"))
)
_LATEST = select(_T).order_by(_T.c.promised_at.desc(), _T.c.id.desc()).limit(bindparam("most"))
_COUNT = (
    select(_T.c.person, _T.c.state, func.count().label("times"))
    .where(_T.c.promised_at >= instant("since"))
    .group_by(_T.c.person, _T.c.state)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """One promise: ``person`` (a key of the routing's people) promised at ``promised_at`` an answer by ``until``.

    ``looks`` counts how often a worker has begun to look whether it was kept; ``look_at`` is when it looks next.
    """

    id: int
    ticket_number: str
    attempt_id: int
    ring_id: int
    person: str
    promised_at: datetime
    until: datetime
    state: State
    settled_at: datetime | None
    look_at: datetime
    looks: int


class Promises:
    """The promises of one unit of work."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def make(self, ticket_number: str, attempt: int, ring: int, person: str, at: datetime, until: datetime) -> int:
        """Write down a promise; its id. It takes the place of an older one for the ticket whose time has not come; one
        whose time has passed stays open until somebody has looked whether it was kept."""
        self._connection.execute(_SUPERSEDE, {"number": ticket_number, "now": at})
        row = {
            "ticket_number": ticket_number, "attempt_id": attempt, "ring_id": ring, "person": person,
            "promised_at": at, "until": until, "state": State.OPEN.value, "look_at": until, "looks": 0,
        }
        return int(self._connection.execute(_MAKE, row).scalar_one())

    def due(self, now: datetime, lease: timedelta, limit: int) -> list[Promise]:
        """Take at most ``limit`` open promises whose time has passed, the longest due first. Nobody else gets them
        while the lease runs; if we die before settling one, it is taken again afterwards."""
        rows = self._connection.execute(_DUE, {"now": now, "again": now + lease, "most": limit})
        return sorted((_promise(row) for row in rows), key=lambda promise: (promise.until, promise.id))

    def close(self, promise_id: int, state: State, at: datetime) -> bool:
        """Settle an open promise; False when it had been settled before, and then nothing is changed."""
        return changed(self._connection, _CLOSE, {"of": promise_id, "became": state.value, "now": at})

    def look_again(self, promise_id: int, at: datetime) -> None:
        """It could not be told now whether it was kept; look again at ``at``."""
        self._connection.execute(_LOOK_AGAIN, {"of": promise_id, "again": at})

    def open_of(self, person: str) -> list[Promise]:
        """What this person has promised and not yet settled, the one that ends first first."""
        return [_promise(row) for row in self._connection.execute(_OPEN_OF, {"key": person})]

    def of_ticket(self, number: str, limit: int = 20) -> list[Promise]:
        """The ticket's latest promises, the newest first."""
        return [_promise(row) for row in self._connection.execute(_OF_TICKET, {"number": number, "most": limit})]

    def latest(self, limit: int) -> list[Promise]:
        """The latest promises of everybody, the newest first."""
        return [_promise(row) for row in self._connection.execute(_LATEST, {"most": limit})]

    def counted(self, since: datetime) -> dict[tuple[str, State], int]:
        """How many promises made since ``since`` are in each state, by person."""
        rows = self._connection.execute(_COUNT, {"since": since})
        return {(row.person, State(row.state)): row.times for row in rows}


def _promise(row: Any) -> Promise:
    return Promise(**{**row._asdict(), "state": State(row.state)})
