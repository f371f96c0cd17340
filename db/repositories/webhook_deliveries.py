"""Deliveries: what each webhook is still to be told, in order for each ticket, and what could not be told."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import BindParameter, bindparam, delete, exists, func, or_, select, update

from db.connection import Connection
from db.models import WebhookDeliveryRow, WebhookRow, table
from db.repositories.statements import inserted, instant, upsert

_T, _W = table(WebhookDeliveryRow), table(WebhookRow)
_EARLIER = _T.alias("earlier")
_NOW = instant("now")
_ERROR: BindParameter[str] = bindparam("error")
_ONE = _T.c.id == bindparam("of")
_OF_WEBHOOK = _T.c.webhook_id == bindparam("of")
_WAITING = _T.c.sent_at.is_(None) & _T.c.dead_at.is_(None)
_ADD = upsert(
    _T,
    lambda insert: insert.on_conflict_do_nothing(index_elements=[_T.c.webhook_id, _T.c.key]).returning(_T.c.id),
)
# A CTE for the same reason as in the outbox.
_DUE = (
    select(_T.c.id)
    .join(_W, _W.c.id == _T.c.webhook_id)
    .where(
        _WAITING, _T.c.due_at <= _NOW, or_(_T.c.leased_until.is_(None), _T.c.leased_until <= _NOW),
        _W.c.off_at.is_(None), or_(_W.c.rests_until.is_(None), _W.c.rests_until <= _NOW),
        ~exists().where(
            _EARLIER.c.webhook_id == _T.c.webhook_id, _EARLIER.c.ticket_number == _T.c.ticket_number,
            _EARLIER.c.id < _T.c.id, _EARLIER.c.sent_at.is_(None), _EARLIER.c.dead_at.is_(None),
        ),
    )
    .order_by(_T.c.due_at, _T.c.id)
    .limit(1)
    .with_for_update(skip_locked=True, of=_T)
    .cte("due")
)  # fmt: skip
_ANY_DUE = select(_T.c.id).where(_WAITING, _T.c.due_at <= _NOW).limit(1)
_CLAIM = (
    update(_T)
    .where(_T.c.id.in_(select(_DUE.c.id)))
    .values(leased_until=instant("until"), tries=_T.c.tries + 1)
    .returning(_T)
)
_SENT = update(_T).where(_ONE).values(sent_at=_NOW, leased_until=None, last_error=None)
_RETRY = update(_T).where(_ONE, _WAITING).values(due_at=instant("due"), leased_until=None, last_error=_ERROR)
_BURY = update(_T).where(_ONE, _WAITING).values(dead_at=_NOW, leased_until=None, last_error=_ERROR)
_BURY_OLD = (
    update(_T)
    .where(_OF_WEBHOOK, _WAITING, _T.c.created_at < instant("before"))
    .values(dead_at=_NOW, leased_until=None, last_error=_ERROR)
)
_REVIVE = (
    update(_T)
    .where(_OF_WEBHOOK, _T.c.dead_at.is_not(None))
    .values(dead_at=None, due_at=_NOW, created_at=_NOW, tries=0)
)
_DEAD = select(_T).where(_OF_WEBHOOK, _T.c.dead_at.is_not(None)).order_by(_T.c.dead_at.desc()).limit(bindparam("most"))
_STANDING = select(_T).where(_OF_WEBHOOK, _WAITING).order_by(_T.c.id).limit(bindparam("most"))
_COUNT_DEAD = select(func.count()).select_from(_T).where(_OF_WEBHOOK, _T.c.dead_at.is_not(None))
_COUNT_WAITING = select(func.count()).select_from(_T).where(_OF_WEBHOOK, _WAITING)
_OLD = select(_T.c.id).where(_T.c.created_at < instant("before")).order_by(_T.c.created_at).limit(bindparam("most"))
_FORGET = delete(_T).where(_ONE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One fact for one webhook. ``body`` is the JSON that is sent, ``key`` the name of the fact; both stay the same
    however often it is tried. ``tries`` counts those begun."""

    id: int
    webhook_id: int
    key: str
    ticket_number: str
    body: str
    created_at: datetime
    due_at: datetime
    tries: int
    sent_at: datetime | None
    dead_at: datetime | None
    last_error: str | None


class WebhookDeliveries:
    """The deliveries of one unit of work."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, webhook_id: int, key: str, ticket_number: str, body: str, at: datetime) -> bool:
        """Put one in, due at once; False, and nothing is changed, when this webhook has the fact already."""
        row = {
            "webhook_id": webhook_id, "key": key, "ticket_number": ticket_number, "body": body, "created_at": at,
            "due_at": at, "tries": 0,
        }
        return inserted(self._connection, _ADD, row)

    def any_due(self, now: datetime) -> bool:
        """Whether it is worth trying to take one."""
        return self._connection.execute(_ANY_DUE, {"now": now}).first() is not None

    def claim_due(self, now: datetime, lease: timedelta) -> Delivery | None:
        """Take the one that has been due for longest: of a ticket only the first that waits, of a webhook that rests or
        is off none. Nobody else gets it while the lease runs."""
        row = self._connection.execute(_CLAIM, {"now": now, "until": now + lease}).first()
        return _delivery(row) if row else None

    def sent(self, delivery_id: int, now: datetime) -> None:
        """It was taken."""
        self._connection.execute(_SENT, {"of": delivery_id, "now": now})

    def retry(self, delivery_id: int, due_at: datetime, error: str) -> None:
        """Try it again at ``due_at``; what comes after it about the same ticket waits."""
        self._connection.execute(_RETRY, {"of": delivery_id, "due": due_at, "error": error})

    def bury(self, delivery_id: int, now: datetime, error: str) -> None:
        """Give it up; it stays for people to see, and what comes after it goes on."""
        self._connection.execute(_BURY, {"of": delivery_id, "now": now, "error": error})

    def bury_old(self, webhook_id: int, before: datetime, now: datetime, error: str) -> None:
        """Give up what a webhook has not taken since ``before``."""
        asked = {"of": webhook_id, "before": before, "now": now, "error": error}
        self._connection.execute(_BURY_OLD, asked)

    def revive(self, webhook_id: int, now: datetime) -> int:
        """Try again what was given up, as if it were new; how many those are."""
        return self._connection.execute(_REVIVE, {"of": webhook_id, "now": now}).rowcount

    def dead(self, webhook_id: int, most: int) -> list[Delivery]:
        """What was given up, the latest first."""
        return [_delivery(row) for row in self._connection.execute(_DEAD, {"of": webhook_id, "most": most})]

    def waiting(self, webhook_id: int, most: int) -> list[Delivery]:
        """What is still to be told, in order."""
        return [_delivery(row) for row in self._connection.execute(_STANDING, {"of": webhook_id, "most": most})]

    def counts(self, webhook_id: int) -> tuple[int, int]:
        """How many wait, and how many were given up."""
        of = {"of": webhook_id}
        waiting, dead = self._connection.execute(_COUNT_WAITING, of), self._connection.execute(_COUNT_DEAD, of)
        return int(waiting.scalar_one()), int(dead.scalar_one())

    def before(self, before: datetime, most: int) -> list[int]:
        """Ids of deliveries put in before, whatever became of them; the oldest first."""
        return list(self._connection.execute(_OLD, {"before": before, "most": most}).scalars())

    def forget(self, delivery_id: int) -> None:
        """Remove one."""
        self._connection.execute(_FORGET, {"of": delivery_id})


def _delivery(row: Any) -> Delivery:
    columns = row._asdict()
    del columns["leased_until"]
    return Delivery(**columns)
