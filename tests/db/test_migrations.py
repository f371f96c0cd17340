"""Every migration goes up, down and up again, and leaves exactly the tables that the models declare."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import text

from db import migrate
from db.engine import open_engine
from tests.db.servers import PostgresServer

AN_ATTEMPT = """
    INSERT INTO attempts (id, ticket_number, call_sid, channel, started_at)
    VALUES (1, '48213', 'CA1', 'phone', '2026-11-23 14:00:00')
"""
A_RING = """
    INSERT INTO rings (id, attempt_id, call_sid, rank, title, member, number, language, started_at)
    VALUES (1, 1, 'CA1', 2, 'Senior Director', 'Eve', '+12025550102', 'en', '2026-11-23 14:00:00')
"""


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database with nothing in it."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.db'}"
        return
    server: PostgresServer = request.getfixturevalue("postgresql")
    url = server.create(migrated=False)
    yield url
    server.drop(url)


def revisions() -> list[str]:
    """Every revision, the oldest first."""
    folder = Path(migrate.__file__).parent / "migrations"
    return [script.revision for script in ScriptDirectory(str(folder)).walk_revisions()][::-1]


def test_up_down_up_one_migration_at_a_time(empty_url: str) -> None:
    for revision in revisions():
        migrate.upgrade(empty_url, revision)
        migrate.downgrade(empty_url, "-1")
        migrate.upgrade(empty_url, revision)
    schema = migrate.check(empty_url)
    assert schema.differences == ()
    assert schema.current == schema.head == migrate.head()


def test_all_the_way_down_leaves_nothing(empty_url: str) -> None:
    migrate.upgrade(empty_url)
    migrate.downgrade(empty_url, "base")
    schema = migrate.check(empty_url)
    assert schema.current is None
    assert all("add_table" in difference or "add_index" in difference for difference in schema.differences)


def test_a_database_never_migrated_is_not_fit(empty_url: str) -> None:
    schema = migrate.check(empty_url)
    assert schema.current is None
    assert not schema.fit


def test_a_table_changed_by_hand_is_noticed(empty_url: str) -> None:
    migrate.upgrade(empty_url)
    engine = open_engine(empty_url)
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE tickets ADD COLUMN mood TEXT"))
    engine.dispose()
    schema = migrate.check(empty_url)
    assert "mood" in schema.differences[0]
    assert not schema.fit


def test_the_revision_of_an_engine(empty_url: str) -> None:
    engine = open_engine(empty_url)
    before = migrate.current(engine)
    migrate.upgrade(empty_url)
    after = migrate.current(engine)
    engine.dispose()
    assert (before, after) == (None, migrate.head())


def test_calls_and_rings_from_before_hold_mode_survive_it_and_its_removal(empty_url: str) -> None:
    migrate.upgrade(empty_url, "0001")
    engine = open_engine(empty_url)
    with engine.begin() as connection:
        connection.execute(text(AN_ATTEMPT))
        connection.execute(text(A_RING))
    migrate.upgrade(empty_url, "0002")
    with engine.connect() as connection:
        after = connection.execute(text("SELECT title, terms, terms_until FROM rings")).one()
    migrate.downgrade(empty_url, "0001")
    with engine.connect() as connection:
        again = connection.execute(text("SELECT title FROM rings")).one()
    engine.dispose()
    assert tuple(after) == ("Senior Director", None, None)
    assert tuple(again) == ("Senior Director",)
