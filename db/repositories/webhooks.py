"""Webhooks: the programs that are told what happens, and how their servers fare."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, insert, select, update

from db.connection import Connection
from db.models import TouchedTicketRow, WebhookDeliveryRow, WebhookRow, table
from db.repositories.statements import changed, instant

_T, _D, _TOUCHED = table(WebhookRow), table(WebhookDeliveryRow), table(TouchedTicketRow)
_ONE = _T.c.id == bindparam("of")
_ADD = insert(_T).returning(_T.c.id)
_ALL = select(_T).order_by(_T.c.name)
_READ = select(_T).where(_ONE)
_OFF = update(_T).where(_ONE, _T.c.off_at.is_(None)).values(off_at=instant("at"), trouble=bindparam("why"))
_ON = (
    update(_T)
    .where(_ONE, _T.c.off_at.is_not(None))
    .values(off_at=None, made_at=instant("at"), failures=0, rests_until=None, trouble=None)
)
_DELIVERED = update(_T).where(_ONE).values(delivered_at=instant("at"), failures=0, rests_until=None, trouble=None)
_REST = (
    update(_T)
    .where(_ONE)
    .values(failures=_T.c.failures + 1, rests_until=instant("until"), trouble=bindparam("why"))
)
_AT_ONCE = update(_T).where(_ONE).values(rests_until=None)
_REMOVE = delete(_T).where(_ONE)
_REMOVE_DELIVERIES = delete(_D).where(_D.c.webhook_id == bindparam("of"))
_FIRST_TOUCHED = select(_TOUCHED).order_by(_TOUCHED.c.id).limit(bindparam("most"))
_NOTED = delete(_TOUCHED).where(_TOUCHED.c.id == bindparam("of"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhook:
    """One program's address. ``secret`` is locked; ``kinds`` empty: every kind of fact. Facts from before ``made_at``
    are not told; it moves when the webhook is turned on again. ``failures`` are those since the last success; its
    server is left alone until ``rests_until``, because of ``trouble``."""

    id: int
    name: str
    url: str
    secret: str
    kinds: frozenset[str]
    made_by: str
    made_at: datetime
    off_at: datetime | None
    delivered_at: datetime | None
    failures: int
    rests_until: datetime | None
    trouble: str | None

    def wants(self, kind: str, at: datetime) -> bool:
        """Whether it is to be told of a fact of this kind that happened at ``at``."""
        return self.off_at is None and at >= self.made_at and (not self.kinds or kind in self.kinds)


class Webhooks:
    """The webhooks of one unit of work."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, *, name: str, url: str, secret: str, kinds: frozenset[str], by: str, at: datetime) -> int:
        """Store a new one; its id. Raises StoreConflict when the name is taken."""
        row = {
            "name": name, "url": url, "secret": secret, "kinds": " ".join(sorted(kinds)), "made_by": by,
            "made_at": at, "failures": 0,
        }
        return int(self._connection.execute(_ADD, row).scalar_one())

    def all(self) -> list[Webhook]:
        """Every one, by name."""
        return [_webhook(row) for row in self._connection.execute(_ALL)]

    def read(self, webhook_id: int) -> Webhook | None:
        """One of them."""
        row = self._connection.execute(_READ, {"of": webhook_id}).first()
        return _webhook(row) if row else None

    def turn_off(self, webhook_id: int, at: datetime, why: str | None = None) -> bool:
        """Tell it nothing any more; False when that was so before. What waits for it goes on when it is on again."""
        return changed(self._connection, _OFF, {"of": webhook_id, "at": at, "why": why})

    def turn_on(self, webhook_id: int, at: datetime) -> bool:
        """Tell it what happens from ``at``; False when it was on."""
        return changed(self._connection, _ON, {"of": webhook_id, "at": at})

    def delivered(self, webhook_id: int, at: datetime) -> None:
        """Its server took something."""
        self._connection.execute(_DELIVERED, {"of": webhook_id, "at": at})

    def rest(self, webhook_id: int, until: datetime, why: str) -> None:
        """Leave its server alone until then."""
        self._connection.execute(_REST, {"of": webhook_id, "until": until, "why": why})

    def at_once(self, webhook_id: int) -> None:
        """Try its server again at once."""
        self._connection.execute(_AT_ONCE, {"of": webhook_id})

    def remove(self, webhook_id: int) -> bool:
        """Forget it with everything that it was told or is still to be told; False when there is none such."""
        self._connection.execute(_REMOVE_DELIVERIES, {"of": webhook_id})
        return changed(self._connection, _REMOVE, {"of": webhook_id})

    def touched(self, most: int) -> list[tuple[int, str]]:
        """Notes that something has happened about a ticket, the oldest first: the note's id, the ticket's number."""
        rows = self._connection.execute(_FIRST_TOUCHED, {"most": most})
        return [(row.id, row.ticket_number) for row in rows]

    def noted(self, note_id: int) -> None:
        """It has been looked what that was."""
        self._connection.execute(_NOTED, {"of": note_id})


def _webhook(row: Any) -> Webhook:
    return Webhook(**{**row._asdict(), "kinds": frozenset(row.kinds.split())})
