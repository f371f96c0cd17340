"""Engines for SQLite and PostgreSQL, set up so that a transaction is one and a locked database cannot hold a call."""

import sqlite3
from datetime import timedelta
from time import monotonic, sleep
from typing import Any

from sqlalchemy import URL, Connection, Dialect, Engine, PoolProxiedConnection, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import ConnectionPoolEntry

from db.errors import Translating, UnusableUrl, translated

PATIENCE = timedelta(seconds=1)
"""How long a statement or a lock may take. A webhook has 2.5 s to answer in; past this the caller hears a sentence."""
LOOK_AGAIN_SECONDS = 0.0002
POSTGRESQL_NAMES = frozenset({"postgres", "postgresql", "postgresql+psycopg"})
SQLITE_NAMES = frozenset({"sqlite", "sqlite+pysqlite"})


def open_engine(
    url: str,
    *,
    synchronous: str = "NORMAL",
    patience: timedelta = PATIENCE,
    pool_size: int = 8,
    foreign_keys: bool = True,
) -> Engine:
    """An engine for ``sqlite:///file`` or ``postgres[ql]://…``; nothing is connected yet.

    ``synchronous`` (SQLite): NORMAL survives a killed process, FULL also a power cut. ``patience`` bounds waiting for
    locks and for a free connection, on PostgreSQL every statement too.
    ``foreign_keys`` off is for migrations, which rebuild tables. Raises UnusableUrl.
    """
    address = _address(url)
    if address.drivername in SQLITE_NAMES:
        engine = create_engine(
            address, connect_args={"timeout": patience.total_seconds()}, pool_size=pool_size, max_overflow=0,
            pool_timeout=patience.total_seconds(),
        )
        _speak_sqlite(engine, synchronous, patience, foreign_keys=foreign_keys)
    else:
        engine = create_engine(
            address, connect_args=_postgresql_options(patience), pool_size=pool_size, max_overflow=0,
            pool_timeout=patience.total_seconds(),
            paramstyle="format",                         # values by position, as SQLite takes them (prepared)
        )
    event.listen(engine, "begin", _begin_as_told)
    event.listen(engine, "handle_error", translated)
    return engine


def _address(url: str) -> URL:
    try:
        address = make_url(url)
    except ArgumentError as error:
        raise UnusableUrl("the database address must look like sqlite:///file.db or postgresql://host/name") from error
    if address.drivername in POSTGRESQL_NAMES:
        return address.set(drivername="postgresql+psycopg")
    if address.drivername not in SQLITE_NAMES:
        raise UnusableUrl(f"{address.drivername} is not supported: use sqlite or postgresql")
    if address.database in {None, "", ":memory:"}:
        raise UnusableUrl("SQLite needs a file: the line and its worker are several connections to one database")
    return address


def _speak_sqlite(engine: Engine, synchronous: str, patience: timedelta, *, foreign_keys: bool) -> None:
    pragmas = (f"PRAGMA synchronous={synchronous}", f"PRAGMA foreign_keys={'ON' if foreign_keys else 'OFF'}")

    def connected(dbapi: sqlite3.Connection, entry: ConnectionPoolEntry) -> None:
        entry.info["patience"] = patience
        # Without this the driver would begin transactions by itself, deferred and too late: lost updates.
        dbapi.isolation_level = None
        _switch_to_wal(dbapi, patience)
        for pragma in pragmas:
            dbapi.execute(pragma).close()

    event.listen(engine, "connect", connected)


def begin(held: PoolProxiedConnection, dialect: Dialect, *, readonly: bool) -> None:
    """Begin a transaction on a connection of the pool's. Raises StoreUnavailable."""
    driver = held.driver_connection
    assert driver is not None
    with Translating(dialect, driver):
        if dialect.name == "postgresql":
            # In words, for the driver runs in autocommit. The same number of round trips as leaving it to the driver,
            # but a dead pooled connection shows here, before anything was done, where it can be replaced (unit_of_work)
            driver.execute("BEGIN READ ONLY" if readonly else "BEGIN")
            return
        if held.info.get("readonly") is not readonly:
            _change_role(held, driver, readonly=readonly)
        if readonly:
            driver.execute("BEGIN")
        else:
            _begin_writing(driver, held.info["patience"])


def _begin_as_told(connection: Connection) -> None:
    begin(connection.connection, connection.dialect, readonly=bool(connection.get_execution_options().get("readonly")))


def _switch_to_wal(dbapi: sqlite3.Connection, patience: timedelta) -> None:
    """WAL lets readers and a writer go on side by side; the file keeps it. Switching a new file wants it exclusively
    and, unlike everything else, does not wait by itself when several processes do so at the same moment."""
    give_up = monotonic() + patience.total_seconds()
    while True:
        try:
            dbapi.execute("PRAGMA journal_mode=WAL").close()
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or monotonic() > give_up:
                raise
            sleep(0.01)


def _change_role(held: PoolProxiedConnection, driver: sqlite3.Connection, *, readonly: bool) -> None:
    """A pooled connection becomes a reader's or a writer's: query_only makes a reader's promise true, and a writer
    does its waiting itself."""
    waits = int(held.info["patience"].total_seconds() * 1000) if readonly else 0
    driver.execute(f"PRAGMA query_only={'ON' if readonly else 'OFF'}")
    driver.execute(f"PRAGMA busy_timeout={waits}")
    held.info["readonly"] = readonly


def _begin_writing(driver: sqlite3.Connection, patience: timedelta) -> None:
    """Take the write lock at once: a deferred transaction that reads and then writes fails with "database is locked"
    however long it would be willing to wait.

    SQLite's own waiting looks again after 1, 2, 5, 10 ... 100 ms, while a turn holds the lock for about one: most of
    the time nobody would have it, and whoever waits longest looks least often. So we look again soon.
    """
    give_up = monotonic() + patience.total_seconds()
    while True:
        try:
            driver.execute("BEGIN IMMEDIATE")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or monotonic() > give_up:
                raise
        sleep(LOOK_AGAIN_SECONDS)


def _postgresql_options(patience: timedelta) -> dict[str, Any]:
    milliseconds = int(patience.total_seconds() * 1000)
    limits = {
        "statement_timeout": milliseconds,
        "lock_timeout": milliseconds,
        "idle_in_transaction_session_timeout": 60_000,   # a stopped process must not hold a ticket's row for ever
        "jit": "off",                                    # compiling a list's statement takes longer than running it
        "timezone": "UTC",                               # whatever the server's; instants need no conversion then
    }
    return {
        "autocommit": True,
        "connect_timeout": 2,                            # whole seconds, and libpq knows no less than 2
        "tcp_user_timeout": 2 * milliseconds,            # a host that vanished without a word
        "options": " ".join(f"-c {name}={value}" for name, value in limits.items()),
        "application_name": "escalation-line",
    }
