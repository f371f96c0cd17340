"""Instants: aware UTC in, aware UTC out, on every database."""

from datetime import UTC, datetime

from sqlalchemy import DateTime
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

from db.errors import NaiveInstant


class Instant(TypeDecorator[datetime]):
    """A point in time. SQLite would hand back naive datetimes and PostgreSQL read naive ones in the server's zone;
    here a naive datetime is refused, whether stored or compared, and every answer is aware UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _: Dialect) -> datetime | None:
        """The same instant in UTC, so that SQLite's text sorts by time. Raises NaiveInstant."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise NaiveInstant(f"{value.isoformat()} has no time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, _: Dialect) -> datetime | None:
        """What was stored, as aware UTC."""
        if value is None:
            return None
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)
