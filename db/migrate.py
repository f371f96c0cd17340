"""Migrations, callable from code: they travel inside the package, so there is no ini file to find."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text

from db.engine import open_engine
from db.models import Base

OPTIONS: dict[str, Any] = {
    "target_metadata": Base.metadata,
    "render_as_batch": True,          # SQLite cannot alter most things: rebuild the table instead
    "compare_type": True,
    "transactional_ddl": True,
}
LOCK = 5850
"""Key of the advisory lock under which PostgreSQL is migrated; any number that nobody else uses would do."""
MIGRATING = timedelta(minutes=10)
"""How long a statement of a migration may take, or wait for somebody else's migration."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Schema:
    """What a database's schema is, against what this code needs. ``current`` is None when it was never migrated."""

    current: str | None
    head: str
    differences: tuple[str, ...]

    @property
    def fit(self) -> bool:
        """Whether this code may run on it."""
        return self.current == self.head and not self.differences


def upgrade(url: str, revision: str = "head") -> None:
    """Bring the database to ``revision``; several processes may try at once. Raises StoreUnavailable, UnusableUrl."""
    with _migrating(url) as connection:
        command.upgrade(_config(connection), revision)


def downgrade(url: str, revision: str) -> None:
    """Take the database back to ``revision``; "base" empties it."""
    with _migrating(url) as connection:
        command.downgrade(_config(connection), revision)


def check(url: str) -> Schema:
    """Compare the database with this code, table by table."""
    with _opened(url) as engine, engine.connect() as connection:
        context = MigrationContext.configure(connection, opts=OPTIONS)
        found = compare_metadata(context, Base.metadata)
        return Schema(current=context.get_current_revision(), head=head(), differences=tuple(map(repr, found)))


def head() -> str:
    """The newest revision this code knows."""
    revision = ScriptDirectory.from_config(_config(None)).get_current_head()
    assert revision is not None
    return revision


def current(engine: Engine) -> str | None:
    """The database's revision; None when it was never migrated."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


@contextmanager
def _opened(url: str) -> Iterator[Engine]:
    engine = open_engine(url, patience=MIGRATING, foreign_keys=False)
    try:
        yield engine
    finally:
        engine.dispose()


@contextmanager
def _migrating(url: str) -> Iterator[Connection]:
    """One transaction around everything. On SQLite its BEGIN IMMEDIATE keeps other migrations out; on PostgreSQL the
    lock does: without it one of 16 concurrent upgrades of an empty database fails on a catalogue row."""
    with _opened(url) as engine, engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})
        yield connection


def _config(connection: Connection | None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    return config
