"""Passkeys: keys on users' own devices."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, delete, insert, select, update

from db.connection import Connection
from db.models import PasskeyRow, table
from db.repositories.statements import changed, instant

_T = table(PasskeyRow)
_ADD = insert(_T)
_OF = select(_T).where(_T.c.user_id == bindparam("user")).order_by(_T.c.id)
_NAMED = select(_T).where(_T.c.credential == bindparam("named"))
_USED = (
    update(_T)
    .where(_T.c.id == bindparam("of"), _T.c.used == bindparam("before"))
    .values(used=bindparam("count"), used_at=instant("at"))
)
_REMOVE = delete(_T).where(_T.c.id == bindparam("of"), _T.c.user_id == bindparam("user"))
_REMOVE_ALL = delete(_T).where(_T.c.user_id == bindparam("user"))


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredPasskey:
    """One key. ``used`` is the device's own count of uses."""

    id: int
    user_id: int
    credential: str
    public_key: str
    used: int
    label: str
    created_at: datetime
    used_at: datetime | None


class Passkeys:
    """The passkeys of one unit of work."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, user_id: int, *, credential: str, public_key: str, used: int, label: str, at: datetime) -> None:
        """Store a new key. Raises StoreConflict when it is known already."""
        row = {
            "user_id": user_id, "credential": credential, "public_key": public_key, "used": used, "label": label,
            "created_at": at, "used_at": None,
        }  # fmt: skip
        self._connection.execute(_ADD, row)

    def of(self, user_id: int) -> list[StoredPasskey]:
        """The user's keys, oldest first."""
        return [StoredPasskey(**row._asdict()) for row in self._connection.execute(_OF, {"user": user_id})]

    def named(self, credential: str) -> StoredPasskey | None:
        """The key that its device calls so."""
        row = self._connection.execute(_NAMED, {"named": credential}).first()
        return StoredPasskey(**row._asdict()) if row else None

    def use(self, passkey: StoredPasskey, count: int, at: datetime) -> bool:
        """Note a use; False when the key was used at the same moment elsewhere, or is gone."""
        row = {"of": passkey.id, "before": passkey.used, "count": count, "at": at}
        return changed(self._connection, _USED, row)

    def remove(self, passkey_id: int, user_id: int) -> bool:
        """Forget one of the user's keys; False when it is not theirs."""
        return changed(self._connection, _REMOVE, {"of": passkey_id, "user": user_id})

    def remove_all(self, user_id: int) -> None:
        """Forget every key of the user."""
        self._connection.execute(_REMOVE_ALL, {"user": user_id})
