"""The moment at which the stories of speech take place: a Tuesday afternoon in Europe, morning in America."""

from datetime import UTC, datetime

NOW = datetime(2026, 3, 10, 14, 0, tzinfo=UTC)


def utc(text: str) -> datetime:
    """An instant from "2026-03-10 14:00" or with seconds, in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)
