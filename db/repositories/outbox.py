"""Outbox: messages to the world, written with the facts they tell, sent afterwards with no transaction open."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import BindParameter, bindparam, or_, select, update

from db import codec
from db.connection import Connection
from db.models import OutboxRow, table
from db.repositories.statements import changed, inserted, instant, upsert

_T = table(OutboxRow)
_NOW = instant("now")
_ERROR: BindParameter[str] = bindparam("error")
_WAITING = _T.c.sent_at.is_(None) & _T.c.dead_at.is_(None)
_ONE = _T.c.id == bindparam("of")
_ADD = upsert(_T, lambda insert: insert.on_conflict_do_nothing(index_elements=[_T.c.key]).returning(_T.c.id))
# A CTE, because PostgreSQL may run a plain sub-select with SKIP LOCKED more than once and then take too many.
_DUE = (
    select(_T.c.id)
    .where(_WAITING, _T.c.due_at <= _NOW, or_(_T.c.leased_until.is_(None), _T.c.leased_until <= _NOW))
    .order_by(_T.c.due_at, _T.c.id)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
    .cte("due")
)
_CLAIM = (
    update(_T)
    .where(_T.c.id.in_(select(_DUE.c.id)))
    .values(leased_until=instant("until"), tries=_T.c.tries + 1)
    .returning(_T)
)
_SENT = update(_T).where(_ONE, _T.c.sent_at.is_(None)).values(sent_at=_NOW, leased_until=None)
_RETRY = update(_T).where(_ONE, _WAITING).values(due_at=instant("due"), leased_until=None, last_error=_ERROR)
_BURY = update(_T).where(_ONE, _WAITING).values(dead_at=_NOW, leased_until=None, last_error=_ERROR)
_REVIVE = (
    update(_T)
    .where(_ONE, _T.c.dead_at.is_not(None))
    .values(dead_at=None, due_at=_NOW, leased_until=None, tries=0)
)
_DEAD = select(_T).where(_T.c.dead_at.is_not(None)).order_by(_T.c.dead_at.desc()).limit(bindparam("most"))
_ABOUT = (
    select(_T)
    .where(_T.c.ticket_number == bindparam("number"))
    .order_by(_T.c.id.desc())
    .limit(bindparam("most"))
)
_STANDING = select(_T).where(_WAITING).order_by(_T.c.due_at, _T.c.id).limit(bindparam("most"))
_BY_KEY = select(_T).where(_T.c.key == bindparam("key"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message. ``tries`` counts the deliveries begun, this one included; ``key`` is the same for all of them."""

    id: int
    kind: str
    key: str
    body: dict[str, Any]
    created_at: datetime
    due_at: datetime
    tries: int
    sent_at: datetime | None
    dead_at: datetime | None
    last_error: str | None
    ticket_number: str | None = None


class Outbox:
    """The outbox of one unit of work."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(
        self, kind: str, key: str, body: Mapping[str, Any], at: datetime, due_at: datetime | None = None
    ) -> bool:
        """Put a message in, due at once or at ``due_at``; False, and nothing is changed, when ``key`` is in already.
        A ``number`` in the body is the ticket's that it is about."""
        row = {
            "kind": kind, "key": key, "body": codec.body_to_text(body), "created_at": at, "due_at": due_at or at,
            "tries": 0, "ticket_number": body.get("number") or None,
        }
        return inserted(self._connection, _ADD, row)

    def claim_due(self, now: datetime, lease: timedelta, limit: int) -> list[Message]:
        """Take at most ``limit`` due messages, the longest due first. Nobody else gets them while the lease runs;
        if we die before settling one, it is taken again afterwards: delivery happens at least once."""
        rows = self._connection.execute(_CLAIM, {"now": now, "until": now + lease, "most": limit})
        return sorted((_message(row) for row in rows), key=lambda message: (message.due_at, message.id))

    def sent(self, message_id: int, now: datetime) -> None:
        """It was delivered."""
        self._connection.execute(_SENT, {"of": message_id, "now": now})

    def retry(self, message_id: int, due_at: datetime, error: str) -> None:
        """It could not be delivered now; try again at ``due_at``."""
        self._connection.execute(_RETRY, {"of": message_id, "due": due_at, "error": error})

    def bury(self, message_id: int, now: datetime, error: str) -> None:
        """It will never be delivered: a dead letter, kept for people to see."""
        self._connection.execute(_BURY, {"of": message_id, "now": now, "error": error})

    def dead(self, limit: int) -> list[Message]:
        """The dead letters, the newest first."""
        return [_message(row) for row in self._connection.execute(_DEAD, {"most": limit})]

    def about(self, ticket_number: str, limit: int = 200) -> list[Message]:
        """The latest messages about a ticket, in the order in which they were put in."""
        rows = self._connection.execute(_ABOUT, {"number": ticket_number, "most": limit})
        return [_message(row) for row in rows][::-1]

    def waiting(self, limit: int) -> list[Message]:
        """What has not been delivered yet and still may be, the longest due first."""
        return [_message(row) for row in self._connection.execute(_STANDING, {"most": limit})]

    def revive(self, message_id: int, now: datetime) -> bool:
        """Try a dead letter again, as if it were new; False when there is none such."""
        return changed(self._connection, _REVIVE, {"of": message_id, "now": now})

    def by_key(self, key: str) -> Message | None:
        """The message put in under ``key``."""
        row = self._connection.execute(_BY_KEY, {"key": key}).first()
        return _message(row) if row else None


def _message(row: Any) -> Message:
    columns = row._asdict()
    del columns["leased_until"]
    columns["body"] = codec.body_from_text(row.body)
    return Message(**columns)
