"""The recount: what is really stored, read over a connection that no server has touched.

A server may answer 200 and have stored nothing (performance.md, traps); so no figure is printed before this agrees.
"""

from collections.abc import Sequence

from sqlalchemy import Connection, text

from db.engine import open_engine
from tests.benchmarks.script import TURNS, caller_sid

LETTERS = 2
"""To the shift manager that it was accepted; to the manager, who hung up, to say how it goes on."""
_ATTEMPTS = text("SELECT call_sid FROM attempts WHERE outcome = 'reached'")
_TURNS = text("SELECT count(*) FROM turns")
_RINGS = text("SELECT count(*) FROM rings WHERE outcome = 'talked' AND accepted_at IS NOT NULL")
_LETTERS = text("SELECT count(*) FROM outbox WHERE kind = 'notice'")
_LIVE = text("SELECT count(*) FROM calls WHERE ended_at IS NULL")
_TWICE = text("SELECT count(*) FROM (SELECT 1 FROM attempts GROUP BY ticket_number HAVING count(*) > 1) AS twice")
_WINNERS = text("SELECT call_sid FROM attempts WHERE ticket_number = :number")


def recount(url: str, completed: Sequence[int]) -> list[str]:
    """What is wrong when the calls with the serial numbers ``completed``, and no others, have been made."""
    engine = open_engine(url)
    try:
        with engine.execution_options(readonly=True).connect() as connection:
            return _differences(connection, completed)
    finally:
        engine.dispose()


def _differences(connection: Connection, completed: Sequence[int]) -> list[str]:
    calls = len(completed)
    stored = sorted(connection.execute(_ATTEMPTS).scalars())
    found = [] if stored == sorted(map(caller_sid, completed)) else [f"{calls} calls, {len(stored)} attempts stored"]
    expected = ((_TURNS, "turns", calls * TURNS), (_RINGS, "talks", calls), (_LETTERS, "mails", calls * LETTERS),
                (_LIVE, "live calls", 0), (_TWICE, "tickets won twice", 0))
    for question, noun, number in expected:
        counted = connection.execute(question).scalar_one()
        if counted != number:
            found.append(f"{counted} {noun} stored instead of {number}")
    return found


def winners(url: str, ticket: str) -> list[str]:
    """The SIDs of the calls whose claim on ``ticket`` was stored."""
    engine = open_engine(url)
    try:
        with engine.execution_options(readonly=True).connect() as connection:
            return list(connection.execute(_WINNERS, {"number": ticket}).scalars())
    finally:
        engine.dispose()
