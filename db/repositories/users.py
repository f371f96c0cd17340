"""Users: who may sign in, and how they prove who they are."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, select, update

from db.connection import Connection
from db.models import UserRow, table
from db.repositories.statements import changed, instant
from flows.rules.roles import Role

_T = table(UserRow)
_ADD = insert(_T).returning(_T.c.id)
_BY_NAME = select(_T).where(_T.c.name == bindparam("named"))
_BY_ID = select(_T).where(_T.c.id == bindparam("of"))
_ALL = select(_T).order_by(_T.c.name)
_PASSWORD = update(_T).where(_T.c.id == bindparam("of")).values(password_hash=bindparam("hash"))
_ROLES = update(_T).where(_T.c.id == bindparam("of")).values(roles=bindparam("given"), person=bindparam("named"))
_DISABLED = update(_T).where(_T.c.id == bindparam("of")).values(disabled_at=instant("at"))
_SECOND = (
    update(_T)
    .where(_T.c.id == bindparam("of"))
    .values(totp_secret=bindparam("secret"), recovery=bindparam("codes"), totp_step=0)
)
_STEP = (
    update(_T)
    .where(_T.c.id == bindparam("of"), _T.c.totp_step < bindparam("step"))
    .values(totp_step=bindparam("step"))
)
_RECOVERY = (
    update(_T)
    .where(_T.c.id == bindparam("of"), _T.c.recovery == bindparam("had"))
    .values(recovery=bindparam("codes"))
)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredUser:
    """Somebody who may sign in. ``totp_secret`` is encrypted, None without a second factor; ``recovery`` are hashes."""

    id: int
    name: str
    roles: frozenset[Role]
    person: str
    password_hash: str
    totp_secret: str | None
    totp_step: int
    recovery: tuple[str, ...]
    created_at: datetime
    disabled_at: datetime | None


class Users:
    """The users of one unit of work."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, *, name: str, roles: frozenset[Role], password_hash: str, at: datetime, person: str = "") -> int:
        """Store a new user; the id. Raises StoreConflict when the name is taken."""
        row = {
            "name": name, "roles": _joined(roles), "person": person, "password_hash": password_hash,
            "totp_secret": None, "totp_step": 0, "recovery": "[]", "created_at": at, "disabled_at": None,
        }
        return int(self._connection.execute(_ADD, row).scalar_one())

    def named(self, name: str) -> StoredUser | None:
        """The user with this name, disabled or not."""
        return self._one(_BY_NAME, {"named": name})

    def read(self, user_id: int) -> StoredUser | None:
        """One user."""
        return self._one(_BY_ID, {"of": user_id})

    def all(self) -> list[StoredUser]:
        """Every user by name."""
        return [_stored(row) for row in self._connection.execute(_ALL)]

    def set_password(self, user_id: int, password_hash: str) -> None:
        """Replace the password."""
        self._connection.execute(_PASSWORD, {"of": user_id, "hash": password_hash})

    def set_roles(self, user_id: int, roles: frozenset[Role], person: str) -> None:
        """Replace the roles, and the person in the routing this user is."""
        self._connection.execute(_ROLES, {"of": user_id, "given": _joined(roles), "named": person})

    def set_disabled(self, user_id: int, at: datetime | None) -> None:
        """Lock the user out from ``at`` on; None lets the user in again."""
        self._connection.execute(_DISABLED, {"of": user_id, "at": at})

    def set_second_factor(self, user_id: int, secret: str | None, recovery: tuple[str, ...]) -> None:
        """Replace the second factor; None removes it."""
        self._connection.execute(_SECOND, {"of": user_id, "secret": secret, "codes": json.dumps(recovery)})

    def spend_step(self, user_id: int, step: int) -> bool:
        """Take the code of a time step; False when this one, or a later one, was taken before."""
        return changed(self._connection, _STEP, {"of": user_id, "step": step})

    def spend_recovery(self, user: StoredUser, used: str) -> bool:
        """Take a recovery code (its hash); False when another sign-in has taken one at the same moment."""
        left = [code for code in user.recovery if code != used]
        row = {"of": user.id, "had": json.dumps(user.recovery), "codes": json.dumps(left)}
        return changed(self._connection, _RECOVERY, row)

    def _one(self, statement: Any, values: dict[str, object]) -> StoredUser | None:
        row = self._connection.execute(statement, values).first()
        return _stored(row) if row else None


def _joined(roles: frozenset[Role]) -> str:
    return " ".join(sorted(role.value for role in roles))


def _stored(row: Any) -> StoredUser:
    columns = row._asdict()
    columns["roles"] = frozenset(Role(role) for role in row.roles.split())
    columns["recovery"] = tuple(json.loads(row.recovery))
    return StoredUser(**columns)
