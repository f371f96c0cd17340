"""Calls: the state of each leg between two webhooks."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select, update

from db import codec
from db.connection import Connection
from db.models import CallRow, table
from db.repositories.statements import inserted, instant, upsert
from flows.turn import Lookup

_T = table(CallRow)
_BEGIN = upsert(_T, lambda insert: insert.on_conflict_do_nothing(index_elements=[_T.c.sid]).returning(_T.c.sid))
_READ = select(_T).where(_T.c.sid == bindparam("sid"))
_LOCK = _READ.with_for_update()
_LOCK_LIVE = select(_T.c.sid).where(_T.c.sid == bindparam("sid"), _T.c.ended_at.is_(None)).with_for_update()
_SAVED = (
    "conversation", "state", "step", "turn", "pending", "holds", "deadline", "ended_at", "attempt_id", "ticket_number",
    "exit_turn",
)  # fmt: skip
_SAVE = update(_T).where(_T.c.sid == bindparam("of")).values({name: bindparam(name) for name in _SAVED})
_POSTPONE = update(_T).where(_T.c.sid == bindparam("of")).values(deadline=instant("until"))
_OVERDUE = (
    select(_T.c.sid)
    .where(_T.c.ended_at.is_(None), _T.c.deadline < instant("now"))
    .order_by(_T.c.deadline)
    .limit(bindparam("most"))
)
_LIVE = select(_T).where(_T.c.ended_at.is_(None), _T.c.deadline >= instant("now")).order_by(_T.c.started_at)
_RECENT = select(_T).order_by(_T.c.started_at.desc()).limit(bindparam("most"))


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredCall:
    """One leg as the last turn left it. ``turn`` is the number of the turn to be taken next, from 0; ``pending`` the
    question still being asked, ``holds`` how often the person was told to wait for it. A manager's leg knows its ring
    and the caller's leg (``parent_sid``). A live call past its ``deadline`` has been lost by the carrier."""

    sid: str
    conversation: str
    line: str
    caller: str
    ticket_number: str | None
    state: codec.StoredState
    step: str
    turn: int
    pending: Lookup | None
    holds: int
    parent_sid: str | None
    ring_id: int | None
    attempt_id: int | None
    started_at: datetime
    deadline: datetime
    ended_at: datetime | None
    exit_turn: int | None
    routing_version: int


class Calls:
    """The calls of one unit of work."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def begin(
        self,
        *,
        sid: str,
        conversation: str,
        line: str,
        caller: str,
        state: codec.StoredState,
        routing_version: int,
        deadline: datetime,
        at: datetime,
        parent_sid: str | None = None,
        ring_id: int | None = None,
        attempt_id: int | None = None,
        ticket_number: str | None = None,
    ) -> bool:
        """Store a new leg at turn 0; False, and nothing is changed, when the line already knows it."""
        row = {
            "sid": sid, "conversation": conversation, "line": line, "caller": caller, "ticket_number": ticket_number,
            "state": codec.state.encode(state), "step": state.step, "turn": 0, "pending": None, "holds": 0,
            "parent_sid": parent_sid, "ring_id": ring_id, "attempt_id": attempt_id, "started_at": at,
            "deadline": deadline, "ended_at": None, "exit_turn": None, "routing_version": routing_version,
        }
        return inserted(self._connection, _BEGIN, row)

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
        """Store the leg as a turn left it. Every value is written; pass on what did not change."""
        row = {
            "of": sid, "conversation": conversation, "state": codec.state.encode(state), "step": state.step,
            "turn": turn, "pending": codec.lookup.encode(pending) if pending else None, "holds": holds,
            "deadline": deadline, "ended_at": ended_at, "attempt_id": attempt_id, "ticket_number": ticket_number,
            "exit_turn": exit_turn,
        }
        self._connection.execute(_SAVE, row)

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

    def _one(self, statement: Any, sid: str) -> StoredCall | None:
        row = self._connection.execute(statement, {"sid": sid}).first()
        return _stored(row) if row else None


def _stored(row: Any) -> StoredCall:
    columns = row._asdict()
    columns["state"] = codec.state.decode(row.state)
    columns["pending"] = codec.lookup.decode(row.pending) if row.pending else None
    return StoredCall(**columns)
