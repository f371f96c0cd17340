"""New worlds for the machine: each on an empty, migrated database."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ivr.logs import configure
from tests.db.servers import PostgresServer, copied_sqlite
from tests.faults.world import World

NewWorld = Callable[[str], World]
"""A new world that rings in this way (hold or dial)."""


@pytest.fixture(autouse=True)
def _quiet_logs(_plain_logs: None) -> None:
    """Thousands of faults would be logged."""
    configure("CRITICAL")


@pytest.fixture
def on_sqlite(sqlite_template: Path, tmp_path: Path) -> NewWorld:
    """Worlds on a file each time copied anew to the same place."""

    def new(ring_mode: str) -> World:
        for left in tmp_path.glob("line.db*"):
            left.unlink()
        return World(copied_sqlite(sqlite_template, tmp_path), ring_mode)

    return new


@pytest.fixture
def on_postgresql(postgresql: PostgresServer) -> Iterator[NewWorld]:
    """Worlds on a database that is emptied each time."""
    url = postgresql.lend()

    def new(ring_mode: str) -> World:
        postgresql.take_back(url)
        assert postgresql.lend() == url
        return World(url, ring_mode)

    yield new
    postgresql.take_back(url)
