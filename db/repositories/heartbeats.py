"""Heartbeats: is the worker alive?"""

from datetime import datetime

from sqlalchemy import bindparam, select

from db.connection import Connection
from db.models import HeartbeatRow, table
from db.repositories.statements import upsert

_T = table(HeartbeatRow)
_BEAT = upsert(
    _T, lambda insert: insert.on_conflict_do_update(index_elements=[_T.c.name], set_={"at": insert.excluded.at})
)
_LAST = select(_T.c.at).where(_T.c.name == bindparam("name"))


class Heartbeats:
    """The heartbeats of one unit of work."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def beat(self, name: str, at: datetime) -> None:
        """The worker ``name`` was alive at ``at``."""
        self._connection.execute(_BEAT[self._connection.dialect.name], {"name": name, "at": at})

    def last(self, name: str) -> datetime | None:
        """When the worker ``name`` was last alive; None: never."""
        at: datetime | None = self._connection.execute(_LAST, {"name": name}).scalar()
        return at
