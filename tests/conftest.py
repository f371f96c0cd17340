"""Databases for every test that asks: each one gets an empty, migrated database of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from hypothesis import settings

from db.engine import open_engine
from db.unit_of_work import Store
from ivr.admin import proofs
from ivr.logs import configure
from tests.db.servers import PostgresServer, copied_sqlite, migrated_sqlite, postgres_server

settings.register_profile("busy machine", deadline=None)
settings.load_profile("busy machine")
"""How long an example takes says how busy the machine is, not whether the rule holds."""

AS_SHIPPED = proofs._HASHER
proofs._HASHER = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
proofs._NOBODYS_HASH = proofs._HASHER.hash("nobody")
"""Hashing a password takes long on purpose, and hundreds of stories begin with somebody who signs in."""


@pytest.fixture(autouse=True)
def _plain_logs() -> None:
    """Every test begins with the same logging, whatever a command configured in the test before."""
    configure("ERROR")


@pytest.fixture(scope="session")
def postgresql() -> Iterator[PostgresServer]:
    """A PostgreSQL server, started when the first test asks for it."""
    with postgres_server() as server:
        yield server


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty SQLite file to copy."""
    return migrated_sqlite(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """A fresh SQLite database."""
    return copied_sqlite(sqlite_template, tmp_path)


@pytest.fixture
def postgresql_url(postgresql: PostgresServer) -> Iterator[str]:
    """A fresh PostgreSQL database."""
    url = postgresql.lend()
    yield url
    postgresql.take_back(url)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """A fresh database; the test runs once on each kind."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    """A store on a fresh database; the test runs once on each kind."""
    opened = Store(open_engine(database_url))
    yield opened
    opened.close()
