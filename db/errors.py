"""What can go wrong with the store, in one small family, so that nobody else needs to know the database library."""

import sqlite3
from enum import Enum
from types import TracebackType
from typing import Any

from sqlalchemy import Dialect
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import DontWrapMixin


class Trouble(Enum):
    """Why the store cannot serve now. The caller hears the same sentence; whoever is on duty wants to know which."""

    LOCKED = "locked"            # others held it for longer than our patience, or we lost a deadlock: try again
    GONE = "gone"                # no server, no file, a broken or cut connection
    FULL = "full"                # disk, quota or connections used up
    READ_ONLY = "read-only"      # a standby, or a file we may not write
    DAMAGED = "damaged"          # not a database, or a corrupt one
    UNPREPARED = "unprepared"    # tables or columns are missing: `ivr db upgrade`


class StoreError(Exception):
    """Anything the store raises on purpose."""


class StoreUnavailable(StoreError):
    """The store cannot do it now and has changed nothing. Exception: when COMMIT itself was cut, only reading it
    back tells; every write of the line has a key that makes this possible."""

    def __init__(self, trouble: Trouble, detail: str = "") -> None:
        super().__init__(trouble, detail)    # both, so that it can travel between processes
        self.trouble = trouble
        self.detail = detail

    def __str__(self) -> str:
        return f"{self.trouble.value}: {self.detail}" if self.detail else self.trouble.value


class StoreConflict(StoreError):
    """A row that must be the only one of its kind exists already."""


class NothingPublished(StoreError):
    """There is no such routing version; an empty database needs ``ivr seed demo`` or a first published version."""


class UnusableUrl(StoreError):
    """The database address names something the line cannot work with."""


class NaiveInstant(DontWrapMixin, StoreError, ValueError):
    """An instant without a time zone was about to be stored or compared: a programming error."""


SQLITE_TROUBLES = {
    sqlite3.SQLITE_BUSY: Trouble.LOCKED,
    sqlite3.SQLITE_LOCKED: Trouble.LOCKED,
    sqlite3.SQLITE_PROTOCOL: Trouble.LOCKED,
    sqlite3.SQLITE_FULL: Trouble.FULL,
    sqlite3.SQLITE_READONLY: Trouble.READ_ONLY,
    sqlite3.SQLITE_CANTOPEN: Trouble.GONE,
    sqlite3.SQLITE_IOERR: Trouble.GONE,
    sqlite3.SQLITE_CORRUPT: Trouble.DAMAGED,
    sqlite3.SQLITE_NOTADB: Trouble.DAMAGED,
}
"""By primary result code: https://sqlite.org/rescode.html"""

POSTGRESQL_TROUBLES = {
    "57014": Trouble.LOCKED,       # query_canceled: our statement timeout
    "55P03": Trouble.LOCKED,       # lock_not_available: our lock timeout
    "40": Trouble.LOCKED,          # serialization failure, deadlock
    "25006": Trouble.READ_ONLY,    # read_only_sql_transaction: failed over to a standby
    "53": Trouble.FULL,            # insufficient resources: disk, memory, connections
    "42P01": Trouble.UNPREPARED,   # undefined_table
    "42703": Trouble.UNPREPARED,   # undefined_column
    "57": Trouble.GONE,            # shut down, or starting up
    "58": Trouble.GONE,            # the server's own I/O failed
    "08": Trouble.GONE,            # connection exceptions
    "XX": Trouble.DAMAGED,         # internal error, corrupted data or index
}
"""By SQLSTATE or its class: https://www.postgresql.org/docs/current/errcodes-appendix.html"""


class Translating:
    """``with`` it around what the driver does: what the driver raises leaves as one of our exceptions."""

    __slots__ = ("_dialect", "_driver")

    def __init__(self, dialect: Dialect, driver: Any = None) -> None:
        """``driver`` is the driver's connection, None while there is none."""
        self._dialect = dialect
        self._driver = driver

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        if not isinstance(error, self._dialect.loaded_dbapi.Error):
            return
        gone = self._driver is not None and self._dialect.is_disconnect(error, self._driver, None)
        ours = _ours(error, self._dialect, gone=gone)
        if ours is not None:
            raise ours from error


def translated(context: ExceptionContext) -> StoreError | None:
    """The same for what goes over SQLAlchemy: migrations. None leaves a programming error (bad SQL) as it is."""
    return _ours(context.original_exception, context.dialect, gone=context.is_disconnect)


def _ours(error: BaseException, dialect: Dialect, *, gone: bool) -> StoreError | None:
    if isinstance(error, dialect.loaded_dbapi.IntegrityError):
        return StoreConflict(_detail(error))
    trouble = _sqlite_trouble(error) if isinstance(error, sqlite3.Error) else _postgresql_trouble(error, dialect, gone)
    return StoreUnavailable(trouble, _detail(error)) if trouble else None


def _postgresql_trouble(error: BaseException, dialect: Dialect, gone: bool) -> Trouble | None:
    state = getattr(error, "sqlstate", None) or ""
    known = POSTGRESQL_TROUBLES.get(state) or POSTGRESQL_TROUBLES.get(state[:2])
    # A failure below SQL: libpq reports a refused, cut or timed-out connection without any SQLSTATE.
    below = not state and isinstance(error, dialect.loaded_dbapi.OperationalError)
    return known or (Trouble.GONE if gone or below else None)


def _sqlite_trouble(error: sqlite3.Error) -> Trouble | None:
    if str(error).startswith(("no such table", "no such column")):
        return Trouble.UNPREPARED
    # The low byte is the primary code, the rest says more about it.
    return SQLITE_TROUBLES.get(getattr(error, "sqlite_errorcode", 0) & 0xFF)


def _detail(error: BaseException) -> str:
    """The driver's first line, which holds no values: PostgreSQL's DETAIL lines quote rows, phone numbers included."""
    return str(error).strip().partition("\n")[0]
