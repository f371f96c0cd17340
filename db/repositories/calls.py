"""Calls: the state of each leg between two webhooks."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import String, bindparam, insert, or_, select, update

from db import codec
from db.connection import Connection
from db.models import CallRow, table
from db.repositories.overview import CALLERS
from db.repositories.statements import instant
from flows.turn import Lookup

_T = table(CallRow)
_BEGIN = insert(_T)
_READ = select(_T).where(_T.c.sid == bindparam("sid"))
_LOCK = _READ.with_for_update()
_LOCK_LIVE = select(_T.c.sid).where(_T.c.sid == bindparam("sid"), _T.c.ended_at.is_(None)).with_for_update()
_SAVED = (
    "conversation", "state", "step", "turn", "pending", "holds", "deadline", "ended_at", "attempt_id", "exit_turn",
)  # fmt: skip
_SAVE = update(_T).where(_T.c.sid == bindparam("of")).values({name: bindparam(name) for name in _SAVED})
_SAVE_WITH_TICKET = _SAVE.values(ticket_number=bindparam("ticket_number"))
_POSTPONE = update(_T).where(_T.c.sid == bindparam("of")).values(deadline=instant("until"))
_COLUMNS = tuple(column.name for column in _T.columns)
_OVERDUE = (
    select(_T.c.sid)
    .where(_T.c.ended_at.is_(None), _T.c.deadline < instant("now"))
    .order_by(_T.c.deadline)
    .limit(bindparam("most"))
)
_LIVE = select(_T).where(_T.c.ended_at.is_(None), _T.c.deadline >= instant("now")).order_by(_T.c.started_at)
_ABOUT_TICKETS = (
    select(_T)
    .where(
        CALLERS, _T.c.ticket_number.is_not(None), _T.c.started_at >= instant("since"),
        _T.c.started_at <= instant("until"),
        or_(_T.c.started_at < instant("until"), _T.c.sid < bindparam("before", type_=String())),
    )
    .order_by(_T.c.started_at.desc(), _T.c.sid.desc())
    .limit(bindparam("most"))
)  # fmt: skip
_RECENT = select(_T).order_by(_T.c.started_at.desc()).limit(bindparam("most"))


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredCall:
    """One leg as the last turn left it. ``turn`` is the number of the turn to be taken next, from 0; ``pending`` the
    question still being asked, ``holds`` how often the person was told to wait for it. A manager's leg knows its ring
    and the caller's leg (``parent_sid``). A live call past its ``deadline`` has been lost by the carrier.

    At turn 0 nothing has been stored yet: a leg is stored with what its first turn left."""

    sid: str
    conversation: str
    line: str
    caller: str
    state: codec.StoredState
    routing_version: int
    started_at: datetime
    deadline: datetime
    turn: int = 0
    ticket_number: str | None = None
    pending: Lookup | None = None
    holds: int = 0
    parent_sid: str | None = None
    ring_id: int | None = None
    attempt_id: int | None = None
    ended_at: datetime | None = None
    exit_turn: int | None = None

    @property
    def step(self) -> str:
        """The step that hears what comes next."""
        return self.state.step


class Calls:
    """The calls of one unit of work."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def begin(self, call: StoredCall) -> None:
        """Store a new leg. Raises StoreConflict when the line knows it already."""
        row = {name: getattr(call, name) for name in _COLUMNS}
        row["state"] = codec.state.encode(call.state)
        row["pending"] = codec.lookup.encode(call.pending) if call.pending else None
        self._connection.execute(_BEGIN, row)

    def lock(self, sid: str) -> StoredCall | None:
        """The leg, ours alone until the transaction ends: two webhooks of one leg come one after the other."""
        return self._one(_LOCK, sid)

    def lock_live(self, sid: str) -> bool:
        """Whether the leg goes on; if so, it stays that way until the transaction ends. Its state is not read."""
        return self._connection.execute(_LOCK_LIVE, {"sid": sid}).first() is not None

    def read(self, sid: str) -> StoredCall | None:
        """The leg as committed last."""
        return self._one(_READ, sid)

    def save(
        self,
        sid: str,
        *,
        conversation: str,
        state: codec.StoredState,
        turn: int,
        pending: Lookup | None,
        holds: int,
        deadline: datetime,
        ended_at: datetime | None,
        attempt_id: int | None,
        ticket_number: str | None,
        exit_turn: int | None = None,
    ) -> None:
        """Store the leg as a turn left it. Every value is written; pass on what did not change. Except
        ``ticket_number``: None leaves it as it is, for SQLite rewrites the index of whatever is set, changed or not."""
        row = {
            "of": sid, "conversation": conversation, "state": codec.state.encode(state), "step": state.step,
            "turn": turn, "pending": codec.lookup.encode(pending) if pending else None, "holds": holds,
            "deadline": deadline, "ended_at": ended_at, "attempt_id": attempt_id, "exit_turn": exit_turn,
        }
        if ticket_number is None:
            self._connection.execute(_SAVE, row)
        else:
            self._connection.execute(_SAVE_WITH_TICKET, {**row, "ticket_number": ticket_number})

    def postpone(self, sid: str, deadline: datetime) -> None:
        """Expect the carrier's next word about the leg by ``deadline``; nothing else changes."""
        self._connection.execute(_POSTPONE, {"of": sid, "until": deadline})

    def overdue(self, now: datetime, limit: int) -> list[str]:
        """SIDs of live legs whose deadline has passed, the longest overdue first."""
        return list(self._connection.execute(_OVERDUE, {"now": now, "most": limit}).scalars())

    def live(self, now: datetime) -> list[StoredCall]:
        """Legs that go on and are not overdue, the oldest first."""
        return [_stored(row) for row in self._connection.execute(_LIVE, {"now": now})]

    def recent(self, limit: int) -> list[StoredCall]:
        """The latest legs, the newest first."""
        return [_stored(row) for row in self._connection.execute(_RECENT, {"most": limit})]

    def about_tickets(self, since: datetime, until: datetime, before: str, most: int) -> list[StoredCall]:
        """Customers' calls from ``since`` in which a ticket was keyed, the newest first; of those that began at
        ``until`` only the ones whose SID stands ``before`` that of the last one seen."""
        asked = {"since": since, "until": until, "before": before, "most": most}
        return [_stored(row) for row in self._connection.execute(_ABOUT_TICKETS, asked)]

    def _one(self, statement: Any, sid: str) -> StoredCall | None:
        row = self._connection.execute(statement, {"sid": sid}).first()
        return _stored(row) if row else None


def _stored(row: Any) -> StoredCall:
    columns = row._asdict()
    del columns["step"]
    columns["state"] = codec.state.decode(row.state)
    columns["pending"] = codec.lookup.decode(row.pending) if row.pending else None
    return StoredCall(**columns)
