"""A connection in a transaction: what the repositories speak over.

``execute`` and its results are spelled as SQLAlchemy spells them; what a turn does not need is left out (``prepared``).
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import TracebackType
from typing import Any, Self

from sqlalchemy import Engine, Executable, PoolProxiedConnection

from db.engine import begin
from db.errors import StoreConflict, StoreUnavailable, Translating, Trouble
from db.prepared import Prepared, prepared

NOTHING: Mapping[str, Any] = {}


class Rows:
    """What a statement answered: the rows it returned, and how many it changed."""

    def __init__(self, statement: Prepared, raw: list[tuple[Any, ...]], rowcount: int) -> None:
        self._statement = statement
        self._raw = raw
        self.rowcount = rowcount

    def __iter__(self) -> Iterator[Any]:
        return self._statement.read_all(self._raw)

    def first(self) -> Any:
        """The first row as a named tuple; None when there is none."""
        return self._statement.read(self._raw[0]) if self._raw else None

    def scalar(self) -> Any:
        """The first column of the first row; None when there is none."""
        return self._statement.read(self._raw[0])[0] if self._raw else None

    def scalar_one(self) -> Any:
        """The first column of the only row."""
        (raw,) = self._raw
        return self._statement.read(raw)[0]

    def scalars(self) -> Iterator[Any]:
        """The first column of every row."""
        return (row[0] for row in self)


class Connection:
    """The driver's connection, from the beginning of a transaction to its end."""

    def __init__(self, engine: Engine, held: PoolProxiedConnection) -> None:
        """``held`` is a connection of the engine's pool, given back at the end of ``with``."""
        self.dialect = engine.dialect
        self._engine = engine
        self._held = held
        self._driver: Any = held.driver_connection
        self._translating = Translating(engine.dialect, self._driver)

    def begin(self, *, readonly: bool) -> Self:
        """Begin the transaction. Raises StoreUnavailable, and then the connection has been given back."""
        try:
            begin(self._held, self.dialect, readonly=readonly)
        except StoreUnavailable as failure:
            self._give_back(failure)
            raise
        return self

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, failure: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._give_back(failure)

    def execute(self, statement: Executable, values: Mapping[str, Any] = NOTHING) -> Rows:
        """Run a statement built at import. Raises StoreConflict, StoreUnavailable, NaiveInstant, NotPreparable."""
        ready = prepared(statement, tuple(values), self.dialect)
        given = ready.values(values)
        with self._translating:
            cursor = self._driver.execute(ready.sql, given)
            raw = cursor.fetchall() if ready.row is not None else []
        return Rows(ready, raw, cursor.rowcount)

    @contextmanager
    def guarded(self) -> Iterator[None]:
        """What fails inside is undone by itself, and the transaction goes on. SQLite does so with every statement."""
        if self.dialect.name == "sqlite":
            yield
            return
        self._say("SAVEPOINT inside")
        try:
            yield
        except StoreConflict:
            self._say("ROLLBACK TO SAVEPOINT inside")
            raise
        self._say("RELEASE SAVEPOINT inside")

    def commit(self) -> None:
        """Commit. Raises StoreUnavailable."""
        with self._translating:
            self._driver.commit()

    def _give_back(self, failure: BaseException | None) -> None:
        """To the pool, which rolls back what was not committed. When a server has restarted, every other connection to
        it is as dead as ours."""
        if isinstance(failure, StoreUnavailable) and failure.trouble is Trouble.GONE:
            self._held.invalidate(failure)
            self._engine.dispose()
        self._held.close()

    def _say(self, words: str) -> None:
        with self._translating:
            self._driver.execute(words)
