"""Idempotency keys: a request that comes again under its key is answered as it was, and does nothing again."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, delete, select, update

from db.connection import Connection
from db.models import IdempotencyKeyRow, table
from db.repositories.statements import inserted, instant, upsert

_T = table(IdempotencyKeyRow)
_ONE = (_T.c.token_id == bindparam("token")) & (_T.c.key == bindparam("named"))
_TAKE = upsert(
    _T,
    lambda insert: insert.on_conflict_do_nothing(index_elements=[_T.c.token_id, _T.c.key]).returning(_T.c.key),
)
_READ = select(_T.c.fingerprint, _T.c.at, _T.c.status, _T.c.body, _T.c.headers).where(_ONE)
_ANSWERED = (
    update(_T).where(_ONE).values(status=bindparam("code"), body=bindparam("said"), headers=bindparam("head"))
)
_DROP = delete(_T).where(_ONE)
_FORGET = delete(_T).where(_T.c.at < instant("before"))


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptAnswer:
    """What is known of a request. ``status`` is None while the first one is being answered."""

    fingerprint: str
    at: datetime
    status: int | None
    body: str
    headers: str


class IdempotencyKeys:
    """The keys of one unit of work."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def take(self, token_id: int, key: str, fingerprint: str, at: datetime) -> bool:
        """Begin to answer a request; False when one with this key has been begun before."""
        row = {"token_id": token_id, "key": key, "fingerprint": fingerprint, "at": at, "status": None, "body": "",
               "headers": ""}
        return inserted(self._connection, _TAKE, row)

    def read(self, token_id: int, key: str) -> KeptAnswer | None:
        """What is known of it."""
        row = self._connection.execute(_READ, {"token": token_id, "named": key}).first()
        return KeptAnswer(**row._asdict()) if row else None

    def answered(self, token_id: int, key: str, status: int, body: str, headers: str) -> None:
        """This is what it was answered."""
        row = {"token": token_id, "named": key, "code": status, "said": body, "head": headers}
        self._connection.execute(_ANSWERED, row)

    def drop(self, token_id: int, key: str) -> None:
        """Forget one: it did nothing, and may be tried again."""
        self._connection.execute(_DROP, {"token": token_id, "named": key})

    def forget(self, before: datetime) -> None:
        """Forget those of requests before an instant."""
        self._connection.execute(_FORGET, {"before": before})
