"""The look-ups a call makes, in small tables and in large ones: an index makes them alike, a missing one shows at once.

Timed is what the driver does for the statements of a repository's method, without what is around them, which costs the
same for any table and would hide growth. The method as a whole is shown beside it.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from random import Random
from statistics import median
from typing import Any, TypeAlias

from sqlalchemy import Engine, TextClause, text

from db.connection import Connection
from db.engine import open_engine
from db.models import TicketRow, table
from db.repositories.statements import instant
from db.unit_of_work import Work
from flows.rules.cooldown import CooldownTerms
from tests.benchmarks.databases import FIRST_TICKET, database, fill

AIM = 3.0
TIMES, WARM_UP = 2000, 200
MICROS = 1e6
HOUR = timedelta(hours=1)
NUMBERS = {
    "sqlite": (
        f"(WITH RECURSIVE s(n) AS (SELECT {FIRST_TICKET} UNION ALL SELECT n + 1 FROM s LIMIT :rows) SELECT n FROM s)"
    ),
    "postgresql": f"(SELECT generate_series({FIRST_TICKET}, {FIRST_TICKET} + CAST(:rows AS int) - 1) AS n)",
}
COPIED = tuple(column.name for column in table(TicketRow).columns if column.name != "number")

Look: TypeAlias = Callable[[Work, str], object]


def compared(kind: str, sizes: Sequence[int]) -> str:
    """The table of every look-up at every size, and whether the largest is within AIM times the smallest."""
    measured = {size: _measured(kind, size) for size in sizes}
    head = "".join(f"{f'{size:,} rows':>22}" for size in sizes)
    lines = [f"{kind}: p50 µs in the driver (whole method)", f"{'':18}{head}{'growth':>10}"]
    for name in LOOKS:
        cells = "".join(f"{f'{each[name][0]:.1f} ({each[name][1]:.0f})':>22}" for each in measured.values())
        growth = measured[sizes[-1]][name][0] / measured[sizes[0]][name][0]
        lines.append(f"{name:18}{cells}{growth:9.1f}x   aim {AIM:g}: {'reached' if growth <= AIM else 'missed'}")
    return "\n".join(lines)


def _claim(work: Work, number: str) -> object:
    now = datetime.now(UTC)
    return work.claims.claim(number, f"CA{number}", now, now + HOUR, CooldownTerms(), now - HOUR)


LOOKS: dict[str, Look] = {
    "ticket by number": lambda work, number: work.tickets.find(number),
    "standing": lambda work, number: work.claims.standing(number),
    "claim": _claim,
    "claim refused": _claim,
    "recent attempts": lambda work, number: work.attempts.of_ticket(number, limit=4),
}


def _measured(kind: str, size: int) -> dict[str, tuple[float, float]]:
    with database(kind) as store_at:
        fill(store_at.url, range(FIRST_TICKET, FIRST_TICKET + 1))
        engine = open_engine(store_at.url, patience=10 * HOUR, synchronous=store_at.synchronous)
        try:
            _grow(engine, size)
            numbers = _some(size)
            return {name: _timed(engine, look, numbers) for name, look in LOOKS.items()}
        finally:
            engine.dispose()


def _some(size: int) -> list[str]:
    """Ticket numbers all over the table; each is claimed once."""
    chosen = Random(size).sample(range(size), min(TIMES + WARM_UP, size))
    return [str(FIRST_TICKET + place) for place in chosen]


class Stopwatch:
    """The driver's connection, which adds up the seconds it spends on statements."""

    def __init__(self, driver: Any) -> None:
        self._driver = driver
        self.spent = 0.0

    def execute(self, sql: str, values: Sequence[object]) -> Any:
        """Run a statement."""
        begun = time.perf_counter()
        cursor = self._driver.execute(sql, values)
        self.spent += time.perf_counter() - begun
        return cursor

    def commit(self) -> None:
        """Commit."""
        self._driver.commit()


class Watched(Connection):
    """A connection whose driver is watched."""

    def __init__(self, engine: Engine) -> None:
        super().__init__(engine, engine.raw_connection())
        self.watch = self._driver = Stopwatch(self._driver)


def _timed(engine: Engine, look: Look, numbers: Sequence[str]) -> tuple[float, float]:
    """Median microseconds in the driver, and of the whole method."""
    spans: list[tuple[float, float]] = []
    for number in numbers:
        with Watched(engine).begin(readonly=False) as connection:
            begun = time.perf_counter()
            look(Work(connection, {}), number)
            spans.append((connection.watch.spent, time.perf_counter() - begun))
            connection.commit()
    driver, whole = zip(*spans[len(spans) // 10 :], strict=True)
    return median(driver) * MICROS, median(whole) * MICROS


def _grow(engine: Engine, size: int) -> None:
    """As many tickets, each with a standing whose cooldown is over and one attempt that ended long ago."""
    given = {"rows": size, "at": datetime.now(UTC) - 48 * HOUR}
    with engine.begin() as connection:
        for statement in _growth(NUMBERS[engine.dialect.name]):
            connection.execute(statement, given)
        if engine.dialect.name == "postgresql":
            connection.execute(text("ANALYZE"))    # as the server itself does in time


def _growth(numbers: str) -> Iterator[TextClause]:
    copied, number = ", ".join(COPIED), "CAST(numbers.n AS text)"
    yield text(
        f"INSERT INTO tickets (number, {copied}) SELECT {number}, {copied} FROM {numbers} AS numbers, tickets"
        f" WHERE number = '{FIRST_TICKET}' AND numbers.n > {FIRST_TICKET}"
    )
    yield text(
        f"INSERT INTO standings (ticket_number, quiet_until, last_talked, attempts)"
        f" SELECT {number}, :at, 1, 1 FROM {numbers} AS numbers"
    ).bindparams(instant("at"))
    yield text(
        f"INSERT INTO attempts (ticket_number, call_sid, channel, started_at, ended_at, outcome)"
        f" SELECT {number}, 'CA' || {number}, 'phone', :at, :at, 'reached' FROM {numbers} AS numbers"
    ).bindparams(instant("at"))
