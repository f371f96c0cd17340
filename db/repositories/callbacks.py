"""Callbacks: which customers want to be called back, or told when escalation opens, and how far that has come."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any

from sqlalchemy import bindparam, select, update

from db.connection import Connection
from db.models import CallbackRow, table
from db.repositories.statements import changed, instant, upsert


class CallbackState(Enum):
    """Waiting for its time, ringing the customer, or over: how."""

    WAITING = "waiting"
    RINGING = "ringing"
    ANSWERED = "answered"
    TOLD = "told"                    # by a text, which was all that was wanted
    CANCELLED = "cancelled"
    NOT_NEEDED = "not-needed"
    GIVEN_UP = "given-up"


_T = table(CallbackRow)
_LIVE = _T.c.closed_at.is_(None)
_ONE = _T.c.id == bindparam("of")
_ASK = upsert(
    _T,
    lambda insert: insert.on_conflict_do_nothing(
        index_elements=[_T.c.ticket_number, _T.c.number], index_where=_LIVE
    ).returning(_T.c.id),
)
_READ = select(_T).where(_ONE)
_LOCK = _READ.with_for_update()
_WAIT = (
    update(_T)
    .where(_ONE, _LIVE)
    .values(
        state=CallbackState.WAITING.value, turn=_T.c.turn + 1, due_at=instant("due"), leg_sid=None, rung_at=None
    )
)
_RING = (
    update(_T)
    .where(_ONE, _T.c.state == CallbackState.WAITING.value)
    .values(state=CallbackState.RINGING.value, rung_at=instant("now"), tries=_T.c.tries + 1)
)
_PLACED = update(_T).where(_ONE, _T.c.leg_sid.is_(None)).values(leg_sid=bindparam("leg"))
_OVER = {"state": bindparam("becomes"), "closed_at": instant("now")}
_CLOSE = update(_T).where(_ONE, _LIVE).values(_OVER)
_CLOSE_OF_TICKET = update(_T).where(_T.c.ticket_number == bindparam("of"), _LIVE).values(_OVER)
_ALL_LIVE = select(_T).where(_LIVE).order_by(_T.c.due_at, _T.c.id).limit(bindparam("most"))
_OF_TICKET = select(_T).where(_T.c.ticket_number == bindparam("of")).order_by(_T.c.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Callback:
    """One customer to be called back. ``turn`` counts the looks at it from 1, ``tries`` how often the customer was
    rung; ``rung_at`` and ``leg_sid`` are about the ring under way. ``by_text``: the customer wants a text, no call."""

    id: int
    ticket_number: str
    call_sid: str
    line: str
    number: str
    language: str
    asked_at: datetime
    until: datetime
    due_at: datetime
    turn: int
    tries: int
    state: CallbackState
    rung_at: datetime | None
    leg_sid: str | None
    closed_at: datetime | None
    by_text: bool


class Callbacks:
    """The callbacks of one unit of work."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def ask(
        self, *, ticket_number: str, call_sid: str, line: str, number: str, language: str, at: datetime,
        until: datetime, due_at: datetime, by_text: bool = False,
    ) -> int | None:
        """Write down a wish; its id. None, and nothing is changed, while one stands for this ticket and number."""
        row = {
            "ticket_number": ticket_number, "call_sid": call_sid, "line": line, "number": number,
            "language": language, "asked_at": at, "until": until, "due_at": due_at, "turn": 1, "tries": 0,
            "state": CallbackState.WAITING.value, "by_text": by_text,
        }  # fmt: skip
        found = self._connection.execute(_ASK[self._connection.dialect.name], row).first()
        return int(found.id) if found else None

    def read(self, callback: int) -> Callback | None:
        """One callback."""
        return self._one(_READ, callback)

    def lock(self, callback: int) -> Callback | None:
        """One callback, ours alone until the transaction ends."""
        return self._one(_LOCK, callback)

    def wait(self, callback: int, due_at: datetime) -> bool:
        """Look at it next at ``due_at``; False when it is over."""
        return changed(self._connection, _WAIT, {"of": callback, "due": due_at})

    def ring(self, callback: int, now: datetime) -> bool:
        """The customer is about to be rung; of any number of workers one may."""
        return changed(self._connection, _RING, {"of": callback, "now": now})

    def placed(self, callback: int, leg_sid: str) -> None:
        """The carrier has a name for the ring under way; the first one stays."""
        self._connection.execute(_PLACED, {"of": callback, "leg": leg_sid})

    def close(self, callback: int, becomes: CallbackState, now: datetime) -> bool:
        """It is over; False when it was already."""
        return changed(self._connection, _CLOSE, {"of": callback, "becomes": becomes.value, "now": now})

    def close_of_ticket(self, ticket_number: str, becomes: CallbackState, now: datetime) -> None:
        """Every callback about a ticket is over."""
        self._connection.execute(_CLOSE_OF_TICKET, {"of": ticket_number, "becomes": becomes.value, "now": now})

    def live(self, limit: int) -> list[Callback]:
        """Those that are not over, the one that is due first first."""
        return [_callback(row) for row in self._connection.execute(_ALL_LIVE, {"most": limit})]

    def of_ticket(self, ticket_number: str) -> list[Callback]:
        """Every callback about a ticket, in order."""
        return [_callback(row) for row in self._connection.execute(_OF_TICKET, {"of": ticket_number})]

    def _one(self, statement: Any, callback: int) -> Callback | None:
        row = self._connection.execute(statement, {"of": callback}).first()
        return _callback(row) if row else None


def _callback(row: Any) -> Callback:
    return Callback(**row._asdict() | {"state": CallbackState(row.state)})
