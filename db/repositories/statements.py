"""Building statements once, at import. Built per request they would cost more than running them (performance.md)."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, TypeAlias

from sqlalchemy import BindParameter, Executable, Table, bindparam
from sqlalchemy.dialects import postgresql, sqlite

from db.connection import Connection
from db.instants import Instant

PerDialect: TypeAlias = Mapping[str, Executable]


def instant(name: str) -> BindParameter[datetime]:
    """A parameter that takes an aware instant, whatever it is compared with."""
    return bindparam(name, type_=Instant())


def upsert(table: Table, build: Callable[[Any], Executable]) -> PerDialect:
    """``build`` applied to each database's own INSERT: ON CONFLICT is spelled alike but built by different classes."""
    return {"postgresql": build(postgresql.insert(table)), "sqlite": build(sqlite.insert(table))}


def inserted(connection: Connection, statement: PerDialect, values: Mapping[str, object]) -> bool:
    """Run an ``upsert`` that ends in RETURNING; whether it wrote a row. (INSERT has no row count on PostgreSQL.)"""
    return connection.execute(statement[connection.dialect.name], values).first() is not None


def changed(connection: Connection, statement: Executable, values: Mapping[str, object]) -> bool:
    """Run a statement that changes one row or none; whether it changed one."""
    return connection.execute(statement, values).rowcount == 1
