"""The databases of a run: migrated, with the company's routing and as many tickets as asked for."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg

from db import migrate
from db.engine import open_engine
from db.unit_of_work import Store
from tests.benchmarks import company
from tests.db.servers import FAST, postgres_server

FIRST_TICKET = 1_000_000
KINDS = ("sqlite", "sqlite-full", "postgresql")


@dataclass(frozen=True, slots=True, kw_only=True)
class Database:
    """A database and how it keeps what it is told."""

    url: str
    synchronous: str = "NORMAL"
    durability: str


@contextmanager
def database(kind: str) -> Iterator[Database]:
    """An empty, migrated database: a file in the folder for temporary files, or one on a PostgreSQL server that, unlike
    the tests' own, flushes each commit to the disk."""
    if kind == "postgresql":
        with postgres_server() as server:
            url = server.create()
            yield Database(url=url, durability=_flushing(url))
            server.drop(url)
        return
    with tempfile.TemporaryDirectory(prefix="line-benchmark-") as folder:
        url = f"sqlite:///{Path(folder) / 'line.db'}"
        migrate.upgrade(url)
        mode = "FULL" if kind == "sqlite-full" else "NORMAL"
        yield Database(url=url, synchronous=mode, durability=f"WAL, synchronous={mode}")


def _flushing(url: str) -> str:
    """Undo what makes tests quick, unless the server is somebody else's; answers what holds now."""
    if "TEST_DATABASE_URL" not in os.environ:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("ALTER SYSTEM RESET ALL")
            connection.execute("SELECT pg_reload_conf()")
    with psycopg.connect(url) as connection:
        values = {name: connection.execute(f"SHOW {name}").fetchone() for name in FAST}
    return ", ".join(f"{name}={value[0]}" for name, value in values.items() if value)


def fill(url: str, numbers: range) -> None:
    """Publish the company's routing, and store a ticket that may be escalated under each of ``numbers``."""
    now = datetime.now(UTC)
    store = Store(open_engine(url, patience=timedelta(minutes=1)))
    try:
        with store.writing() as work:
            work.routing.publish(company.routing(), by="benchmark", note="", at=now)
            for number in numbers:
                work.tickets.put(company.eligible(str(number), now))
    finally:
        store.close()
