"""The audit trail: whatever somebody changes in the table afterwards is found."""

import random
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from db.engine import open_engine
from db.repositories.audit import Change
from db.unit_of_work import Store

KEY, NOW = b"k" * 32, datetime(2026, 3, 3, 15, 0, tzinfo=UTC)
ENTRIES = 12


@pytest.fixture
def told(store: Store) -> Store:
    """A trail with some entries."""
    for number in range(ENTRIES):
        with store.writing() as work:
            change = Change(at=NOW + timedelta(minutes=number), who="olga", action="lifted the cooldown",
                            subject=f"ticket {number % 3}", was="quiet", became="", why=f"reason {number}")
            work.audit.add(change, KEY)
    return store


def test_an_untouched_trail_is_sound(told: Store) -> None:
    with told.reading() as work:
        verified = work.audit.verify(KEY)

    assert (verified.entries, verified.broken_at) == (ENTRIES, None)


def test_without_the_key_nobody_can_seal(told: Store) -> None:
    with told.reading() as work:
        assert work.audit.verify(b"another key".ljust(32)).broken_at == 1


@pytest.mark.parametrize("column", ["who", "action", "subject", "was", "became", "why", "seal"])
def test_an_edited_entry_is_found(told: Store, database_url: str, column: str) -> None:
    tamper(database_url, f"UPDATE audit SET {column} = 'tampered' WHERE seq = 7")

    with told.reading() as work:
        verified = work.audit.verify(KEY)
    assert (verified.entries, verified.broken_at) == (6, 7)


def test_a_removed_entry_is_found(told: Store, database_url: str) -> None:
    tamper(database_url, "DELETE FROM audit WHERE seq = 7")

    with told.reading() as work:
        assert work.audit.verify(KEY).broken_at == 8


def test_swapped_entries_are_found_wherever_they_stand(told: Store, database_url: str) -> None:
    first, second = random.Random(7).sample(range(1, ENTRIES + 1), 2)
    tamper(database_url, f"UPDATE audit SET seq = -1 WHERE seq = {first}",
           f"UPDATE audit SET seq = {first} WHERE seq = {second}", f"UPDATE audit SET seq = {second} WHERE seq = -1")

    with told.reading() as work:
        assert work.audit.verify(KEY).broken_at == min(first, second)


def test_entries_are_listed_the_newest_first_and_by_subject(told: Store) -> None:
    with told.reading() as work:
        assert [entry.seq for entry in work.audit.latest(3)] == [12, 11, 10]
        assert [entry.seq for entry in work.audit.latest(3, before=10)] == [9, 8, 7]
        assert [entry.seq for entry in work.audit.of("ticket 1")] == [11, 8, 5, 2]


def tamper(database_url: str, *statements: str) -> None:
    """What somebody with access to the database, but not to the key, may do."""
    engine = open_engine(database_url)
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()
