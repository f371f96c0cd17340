"""A connection runs statements as they were built, once prepared for its database."""

import pytest
from sqlalchemy import bindparam, select

from db.connection import Connection
from db.engine import open_engine
from db.models import TicketRow, table
from db.prepared import MOST_STATEMENTS, NotPreparable, prepared
from db.repositories import tickets
from db.unit_of_work import Store
from tests.db.samples import NOW, TICKET, begin_attempt, begin_call, begin_ring

_T = table(TicketRow)


def test_a_value_that_is_not_given_is_refused(database_url: str) -> None:
    engine = open_engine(database_url)
    statement = select(_T.c.subject).where(_T.c.number == bindparam("number"))
    with Connection(engine, engine.raw_connection()).begin(readonly=True) as connection:
        with pytest.raises(NotPreparable, match="number"):
            connection.execute(statement, {"numbers": "48213"})
        assert connection.execute(statement, {"number": "48213"}).first() is None
    engine.dispose()


def test_a_list_is_no_value(database_url: str) -> None:
    """Its SQL would be another for each length."""
    engine = open_engine(database_url)
    with (
        Connection(engine, engine.raw_connection()).begin(readonly=True) as connection,
        pytest.raises(NotPreparable, match="lists"),
    ):
        connection.execute(select(_T.c.subject).where(_T.c.number.in_(["48213", "48214"])))
    engine.dispose()


def test_a_statement_is_prepared_once(database_url: str) -> None:
    engine = open_engine(database_url)
    before = prepared.cache_info().misses
    for _ in range(3):
        with Connection(engine, engine.raw_connection()).begin(readonly=True) as connection:
            tickets.Tickets(connection).find(TICKET.number)
    engine.dispose()
    assert prepared.cache_info().misses == before + 1
    assert prepared.cache_info().maxsize == MOST_STATEMENTS


def test_what_fails_inside_a_savepoint_is_undone_alone(store: Store) -> None:
    """Two phones ring, both managers press 1: the second one's key press is refused, and its turn goes on."""
    with store.writing() as work:
        begin_call(work)
        attempt = begin_attempt(work)
        first, second = begin_ring(work, attempt), begin_ring(work, attempt)
        assert work.rings.accept(first, "CA-leg", NOW)
        assert not work.rings.accept(second, "CA-other", NOW)
        work.rings.decline(second, NOW)
    with store.reading() as work:
        accepted, refused = work.rings.of_attempt(attempt)
    assert (accepted.accepted_at, accepted.declined_at) == (NOW, None)
    assert (refused.accepted_at, refused.declined_at) == (None, NOW)
