"""What all tables share: how columns are typed and constraints are named."""

from datetime import datetime
from typing import ClassVar, cast

from sqlalchemy import BigInteger, Integer, MetaData, Table, Text
from sqlalchemy.orm import DeclarativeBase

from db.instants import Instant

Serial = BigInteger().with_variant(Integer(), "sqlite")
"""A counted key. SQLite counts only columns declared INTEGER, which hold 64 bits there."""


class Base(DeclarativeBase):
    """Typed declarations; queries are Core statements over ``table(Row)``, built once (performance.md)."""

    # Named constraints can be altered by migrations; unnamed ones cannot be found again.
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar = {datetime: Instant(), str: Text()}


def table(row: type[Base]) -> Table:
    """The Core table behind a declared row."""
    return cast(Table, row.__table__)
