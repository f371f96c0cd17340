"""A database that is locked, gone, full, read-only, damaged or empty: one exception, soon, with the trouble's name."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from threading import Event, Thread

import pytest
from sqlalchemy import event, text

from db.engine import open_engine
from db.errors import StoreConflict, StoreUnavailable, Trouble, UnusableUrl
from db.unit_of_work import Store
from tests.db.samples import NOW, TICKET, begin_attempt, begin_call
from tests.db.servers import PostgresServer

BRIEF = timedelta(milliseconds=50)


@contextmanager
def a_store(url: str, patience: timedelta = BRIEF, pool_size: int = 2) -> Iterator[Store]:
    """A store that does not wait long."""
    opened = Store(open_engine(url, patience=patience, pool_size=pool_size), patience=patience)
    try:
        yield opened
    finally:
        opened.close()


def beat(store: Store) -> None:
    """A small write."""
    with store.writing() as work:
        work.heartbeats.beat("worker", NOW)


def trouble(doing: Callable[[], object]) -> Trouble:
    """The trouble that doing this runs into."""
    with pytest.raises(StoreUnavailable) as caught:
        doing()
    return caught.value.trouble


def test_a_call_in_other_hands_does_not_hold_ours_for_long(database_url: str) -> None:
    with a_store(database_url) as theirs, a_store(database_url) as ours:
        with theirs.writing() as work:
            begin_call(work)
        with theirs.writing() as work:
            work.calls.lock("CA1")
            assert trouble(lambda: take(ours)) is Trouble.LOCKED
        assert take(ours)


def take(store: Store) -> bool:
    """Lock the call, as every webhook does first."""
    with store.writing() as work:
        return work.calls.lock("CA1") is not None


def test_a_writing_thread_does_not_hold_the_others_for_long(sqlite_url: str) -> None:
    holding, done = Event(), Event()
    with a_store(sqlite_url) as store:

        def hold() -> None:
            with store.writing():
                holding.set()
                done.wait()

        thread = Thread(target=hold)
        thread.start()
        holding.wait()
        assert trouble(lambda: beat(store)) is Trouble.LOCKED
        done.set()
        thread.join()
        beat(store)


def test_a_writer_does_not_hold_readers(database_url: str) -> None:
    with a_store(database_url) as theirs, a_store(database_url) as ours:
        beat(theirs)
        with theirs.writing() as work:
            work.heartbeats.beat("worker", NOW + timedelta(hours=1))
            with ours.reading() as glance:
                assert glance.heartbeats.last("worker") == NOW


def test_a_pool_in_use_is_full(database_url: str) -> None:
    with a_store(database_url, pool_size=1) as store, store.reading():
        assert trouble(lambda: beat(store)) is Trouble.FULL


def test_a_glance_cannot_write(store: Store) -> None:
    def glance_and_write() -> None:
        with store.reading() as work:
            work.heartbeats.beat("worker", NOW)

    assert trouble(glance_and_write) is Trouble.READ_ONLY
    beat(store)


def test_a_file_we_may_not_write(sqlite_url: str) -> None:
    path = sqlite_url.removeprefix("sqlite:///")
    with a_store(f"sqlite:///file:{path}?mode=ro&uri=true") as store:
        assert trouble(lambda: beat(store)) is Trouble.READ_ONLY


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with a_store(f"sqlite:///{tmp_path / 'no-such-folder' / 'line.db'}") as store:
        assert trouble(lambda: beat(store)) is Trouble.GONE


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    path = tmp_path / "line.db"
    path.write_bytes(b"not a database at all " * 100)
    with a_store(f"sqlite:///{path}") as store:
        assert trouble(lambda: beat(store)) is Trouble.DAMAGED


def test_a_full_disk(sqlite_url: str) -> None:
    engine = open_engine(sqlite_url)
    event.listen(engine, "connect", lambda dbapi, _: dbapi.execute("PRAGMA max_page_count=1").close())
    store = Store(engine)

    def write_a_lot() -> None:
        with store.writing() as work:
            for number in range(1000):
                work.outbox.add("notice", f"{number}", {"words": "many " * 100}, NOW)

    found = trouble(write_a_lot)
    store.close()
    assert found is Trouble.FULL


def test_a_database_never_migrated(tmp_path: Path, postgresql: PostgresServer) -> None:
    bare = postgresql.create(migrated=False)
    for url in (bare, f"sqlite:///{tmp_path / 'bare.db'}"):
        with a_store(url) as store:
            assert trouble(lambda store=store: beat(store)) is Trouble.UNPREPARED  # type: ignore[misc]
    postgresql.drop(bare)


def test_a_server_that_is_not_there() -> None:
    with a_store("postgresql://nobody@127.0.0.1:1/nothing") as store:
        assert trouble(lambda: beat(store)) is Trouble.GONE


def disconnect_everybody(url: str) -> None:
    """The server restarts, as its clients see it."""
    engine = open_engine(url)
    with engine.begin() as connection:
        connection.execute(text(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        ))
    engine.dispose()


def test_after_a_restart_of_the_server_the_next_call_does_not_notice(postgresql_url: str) -> None:
    with a_store(postgresql_url, patience=timedelta(seconds=5)) as store:
        beat(store)
        disconnect_everybody(postgresql_url)
        beat(store)


def test_a_restart_in_the_middle_of_a_turn_undoes_the_turn(postgresql_url: str) -> None:
    with a_store(postgresql_url, patience=timedelta(seconds=5)) as store:

        def interrupted() -> None:
            with store.writing() as work:
                work.heartbeats.beat("worker", NOW)
                disconnect_everybody(postgresql_url)
                work.heartbeats.beat("worker", NOW)

        assert trouble(interrupted) is Trouble.GONE
        with store.reading() as work:
            assert work.heartbeats.last("worker") is None


def test_the_words_of_trouble_hold_no_numbers_of_people(store: Store) -> None:
    """PostgreSQL's details quote the rows they are about; errors end up in logs."""
    with pytest.raises(StoreConflict) as caught, store.writing() as work:
        work.rings.start(4711, "CA1", 1, "Director", "Dana", "+12025550101", NOW)
    assert "+1202555" not in str(caught.value)
    assert "4711" not in str(caught.value)


def test_a_second_live_attempt_is_a_conflict(store: Store) -> None:
    with store.writing() as work:
        begin_attempt(work)
    with pytest.raises(StoreConflict), store.writing() as work:
        work.attempts.begin(TICKET.number, "CA2", "phone", NOW)


@pytest.mark.parametrize("url", ["", "nonsense", "mysql://host/line", "sqlite://", "sqlite:///:memory:", "sqlite+aiosqlite:///x"])
def test_an_address_the_line_cannot_use_is_refused_at_once(url: str) -> None:
    with pytest.raises(UnusableUrl):
        open_engine(url)


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_every_usual_spelling_of_postgresql_is_understood(scheme: str) -> None:
    assert open_engine(f"{scheme}://host/line").dialect.name == "postgresql"
