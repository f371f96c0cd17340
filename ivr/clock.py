"""The one place that reads the time of day; everything else is told."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TypeAlias

Clock: TypeAlias = Callable[[], datetime]
"""Answers the present instant, aware UTC."""


def wall_clock() -> datetime:
    """The machine's idea of now."""
    return datetime.now(UTC)
