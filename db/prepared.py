"""Statements made ready for the driver: SQLAlchemy writes the SQL and knows the types, once for each statement.

Executing over SQLAlchemy costs more than the database does: a look-up by key took 25 µs of which the driver used 6, and
a webhook runs five to ten statements. What it works out is the same every time, so it is worked out once.
"""

from collections import namedtuple
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any, TypeAlias

from sqlalchemy import Dialect, Executable
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.types import TypeEngine

MOST_STATEMENTS = 2048
"""Statements are built at import, so there are far fewer; this bounds what one built per request would leave behind."""

Conversion: TypeAlias = Callable[[Any], Any]


class NotPreparable(Exception):
    """A statement that has other SQL for other values, or whose values are missing: a programming error."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """SQL for one database's driver. ``places`` are the names of its values in order, each with what turns a value
    into the driver's; ``constants`` the values that are part of the statement. ``row`` is the named tuple of one row
    (None: it returns no rows), ``readers`` turn the driver's values into ours, by column."""

    sql: str
    places: tuple[tuple[str, Conversion | None], ...]
    constants: Mapping[str, Any]
    row: Callable[[Iterable[Any]], Any] | None
    readers: tuple[tuple[int, Conversion], ...]

    def values(self, given: Mapping[str, Any]) -> list[Any]:
        """``given`` in the driver's order and types. Raises NaiveInstant."""
        known = {**self.constants, **given} if self.constants else given
        return [known[name] if convert is None else convert(known[name]) for name, convert in self.places]

    def read(self, raw: tuple[Any, ...]) -> Any:
        """One row of the driver's as a named tuple."""
        assert self.row is not None
        return self.row(self._converted(raw) if self.readers else raw)

    def read_all(self, rows: Iterable[tuple[Any, ...]]) -> Iterator[Any]:
        """Rows of the driver's as named tuples."""
        assert self.row is not None
        return map(self.row, map(self._converted, rows) if self.readers else rows)

    def _converted(self, raw: tuple[Any, ...]) -> list[Any]:
        values = list(raw)
        for place, convert in self.readers:
            values[place] = convert(values[place])
        return values


@lru_cache(maxsize=MOST_STATEMENTS)
def prepared(statement: Executable, names: tuple[str, ...], dialect: Dialect) -> Prepared:
    """``statement`` for a driver, to be given the values ``names``. Raises NotPreparable."""
    compiled = statement.compile(dialect=dialect, column_keys=list(names))  # type: ignore[attr-defined]
    assert isinstance(compiled, SQLCompiler)
    assert compiled.positiontup is not None
    missing = {bind.key for bind in compiled.binds.values() if bind.required} - set(names)
    if missing or compiled.post_compile_params:
        raise NotPreparable(f"missing: {', '.join(sorted(missing)) or 'nothing'}; lists cannot be values: {compiled}")
    columns = tuple(statement.exported_columns)  # type: ignore[attr-defined]
    return Prepared(
        sql=str(compiled),
        places=tuple((name, _writer(compiled.binds[name].type, dialect)) for name in compiled.positiontup),
        constants={name: value for name, value in compiled.params.items() if name not in names},
        row=_row([column.name for column in columns]) if columns else None,
        readers=tuple(_readers([column.type for column in columns], dialect)),
    )


def _row(names: list[str]) -> Callable[[Iterable[Any]], Any]:
    row: Any = namedtuple("Row", names, rename=True)  # type: ignore[misc]
    # What its _make does but for counting the values again: a report has tens of thousands of rows.
    return partial(tuple.__new__, row)


def _writer(kind: TypeEngine[Any], dialect: Dialect) -> Conversion | None:
    return kind.dialect_impl(dialect).bind_processor(dialect)


def _readers(kinds: list[TypeEngine[Any]], dialect: Dialect) -> list[tuple[int, Conversion]]:
    found = [(place, kind.dialect_impl(dialect).result_processor(dialect, None)) for place, kind in enumerate(kinds)]
    return [(place, convert) for place, convert in found if convert is not None]
