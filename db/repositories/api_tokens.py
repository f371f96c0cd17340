"""API tokens: which programs may do what."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, or_, select, update

from db.connection import Connection
from db.models import ApiTokenRow, table
from db.repositories.statements import changed, instant
from flows.rules.scopes import Scope

_T = table(ApiTokenRow)
_COLUMNS = [column for column in _T.c if column.name != "key"]
_ADD = insert(_T).returning(_T.c.id)
_BY_KEY = select(*_COLUMNS).where(_T.c.key == bindparam("shown"))
_BY_ID = select(*_COLUMNS).where(_T.c.id == bindparam("of"))
_ALL = select(*_COLUMNS).order_by(_T.c.name)
_USED = (
    update(_T)
    .where(_T.c.id == bindparam("of"), or_(_T.c.used_at.is_(None), _T.c.used_at < instant("before")))
    .values(used_at=instant("at"))
)
_REVOKE = (
    update(_T).where(_T.c.id == bindparam("of"), _T.c.revoked_at.is_(None)).values(revoked_at=instant("at"))
)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredToken:
    """What a program may do, until when (None: until it is revoked), and when it was last here."""

    id: int
    name: str
    scopes: frozenset[Scope]
    made_by: str
    made_at: datetime
    expires_at: datetime | None
    used_at: datetime | None
    revoked_at: datetime | None

    def counts(self, at: datetime) -> bool:
        """Whether it lets anybody in."""
        return self.revoked_at is None and (self.expires_at is None or at < self.expires_at)


class ApiTokens:
    """The tokens of one unit of work."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(
        self, *, name: str, key: str, scopes: frozenset[Scope], by: str, at: datetime, expires_at: datetime | None
    ) -> int:
        """Store a new token under the hash of what the program will show; the id. Raises StoreConflict when the name
        is taken."""
        row = {
            "name": name, "key": key, "scopes": " ".join(sorted(scope.value for scope in scopes)), "made_by": by,
            "made_at": at, "expires_at": expires_at, "used_at": None, "revoked_at": None,
        }  # fmt: skip
        return int(self._connection.execute(_ADD, row).scalar_one())

    def shown(self, key: str) -> StoredToken | None:
        """The token with this hash, whether it still counts or not."""
        return self._one(_BY_KEY, {"shown": key})

    def read(self, token_id: int) -> StoredToken | None:
        """One token."""
        return self._one(_BY_ID, {"of": token_id})

    def all(self) -> list[StoredToken]:
        """Every token by name, revoked ones too."""
        return [_stored(row) for row in self._connection.execute(_ALL)]

    def used(self, token_id: int, at: datetime, before: datetime) -> None:
        """It was used, unless that is known of a time after ``before``."""
        self._connection.execute(_USED, {"of": token_id, "at": at, "before": before})

    def revoke(self, token_id: int, at: datetime) -> bool:
        """Let nobody in by it any more; False when that was so before."""
        return changed(self._connection, _REVOKE, {"of": token_id, "at": at})

    def _one(self, statement: Any, values: dict[str, object]) -> StoredToken | None:
        row = self._connection.execute(statement, values).first()
        return _stored(row) if row else None


def _stored(row: Any) -> StoredToken:
    columns = row._asdict()
    columns["scopes"] = frozenset(Scope(scope) for scope in row.scopes.split())
    return StoredToken(**columns)
