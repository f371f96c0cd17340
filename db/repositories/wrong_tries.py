"""Wrong tries: counted per caller against guessing of ticket numbers."""

from datetime import datetime

from sqlalchemy import bindparam, func, insert, select

from db.connection import Connection
from db.models import WrongTryRow, table
from db.repositories.statements import instant

COUNTED_AT_MOST = 100
"""Counting stops here: no throttle needs more, and a flood must not make the count slow."""

_T = table(WrongTryRow)
_ADD = insert(_T)
_LATEST = (
    select(_T.c.id)
    .where(_T.c.caller == bindparam("caller"), _T.c.at > instant("since"))
    .limit(COUNTED_AT_MOST)
    .subquery()
)
_BY_CALLER = select(func.count()).select_from(_LATEST)


class WrongTries:
    """The wrong tries of one unit of work."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, caller: str, line: str, at: datetime) -> None:
        """Count one more."""
        self._connection.execute(_ADD, {"caller": caller, "line": line, "at": at})

    def by_caller(self, caller: str, since: datetime) -> int:
        """How many this caller made after ``since``; at most COUNTED_AT_MOST."""
        return int(self._connection.execute(_BY_CALLER, {"caller": caller, "since": since}).scalar_one())
