"""Audit: who changed what, in a chain of seals that cannot be rewritten without the key."""

import hashlib
import hmac
import json
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, select

from db.connection import Connection
from db.models import AuditRow, table

_T = table(AuditRow)
_ADD = insert(_T)
_LAST = select(_T.c.seq, _T.c.seal).order_by(_T.c.seq.desc()).limit(1)
_PAGE = (
    select(_T)
    .where(_T.c.seq < bindparam("before"))
    .order_by(_T.c.seq.desc())
    .limit(bindparam("most"))
)
_OF_SUBJECT = (
    select(_T).where(_T.c.subject == bindparam("of")).order_by(_T.c.seq.desc()).limit(bindparam("most"))
)
_WALK = select(_T).order_by(_T.c.seq)
_AFTER_ALL = 2**62


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing that somebody did. ``subject`` names what it was done to ("ticket 48213", "user dana", "routing")."""

    at: datetime
    who: str
    action: str
    subject: str
    was: str = ""
    became: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry(Change):
    """A change as it is written down."""

    seq: int
    seal: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """How far the chain holds: ``entries`` are sound; ``broken_at`` is the first that is not, None when all are."""

    entries: int
    broken_at: int | None = None


class Audit:
    """The audit trail of one unit of work. Entries are only ever added."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, change: Change, key: bytes) -> None:
        """Write a change down. Raises StoreConflict when another one was written at the same moment."""
        last = self._connection.execute(_LAST).first()
        seq, before = (last.seq + 1, last.seal) if last else (1, "")
        row = {"seq": seq, **asdict(change)}
        self._connection.execute(_ADD, {**row, "seal": _seal(row, before, key)})

    def latest(self, most: int, before: int | None = None) -> list[AuditEntry]:
        """The newest entries, or those older than number ``before``, the newest first."""
        found = self._connection.execute(_PAGE, {"before": before or _AFTER_ALL, "most": most})
        return [AuditEntry(**row._asdict()) for row in found]

    def of(self, subject: str, most: int = 100) -> list[AuditEntry]:
        """What was done to one subject, the newest first."""
        found = self._connection.execute(_OF_SUBJECT, {"of": subject, "most": most})
        return [AuditEntry(**row._asdict()) for row in found]

    def verify(self, key: bytes) -> Verified:
        """Recompute every seal from the first entry on: an edited, missing or moved entry breaks the chain there.

        Entries cut off at the end leave a sound chain; keep the last seal elsewhere (`ivr audit verify` prints it).
        """
        before, sound = "", 0
        for row in self._connection.execute(_WALK):
            entry: dict[str, Any] = row._asdict()
            seal = entry.pop("seal")
            if entry["seq"] != sound + 1 or not hmac.compare_digest(seal, _seal(entry, before, key)):
                return Verified(entries=sound, broken_at=entry["seq"])
            before, sound = seal, sound + 1
        return Verified(entries=sound)


def _seal(row: dict[str, Any], before: str, key: bytes) -> str:
    told = json.dumps({**row, "at": row["at"].isoformat(), "before": before}, sort_keys=True)
    return hmac.new(key, told.encode(), hashlib.sha256).hexdigest()
