"""Cursors: where one part of a list of calls ended, as text in an address."""

from datetime import datetime

Place = tuple[datetime, str]
"""When the last call that was shown began, and its SID."""


def cursor(place: Place) -> str:
    """The place as text."""
    at, sid = place
    return f"{at.isoformat()}/{sid}"


def place_at(text: str) -> Place | None:
    """What ``cursor`` wrote; None for anything else."""
    at, _, sid = text.partition("/")
    try:
        instant = datetime.fromisoformat(at)
    except ValueError:
        return None
    return (instant, sid) if instant.tzinfo and sid else None
