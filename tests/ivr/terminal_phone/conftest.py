"""A private line on simulated time, and a call on it with its script."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from ivr.terminal_phone.cast import Cast, demo_cast
from ivr.terminal_phone.stages import Stage, simulated

TUESDAY_MORNING = datetime(2026, 3, 3, 15, 0, tzinfo=UTC)
"""10:00 in New York, where the line is."""


@pytest.fixture
def stage() -> Iterator[Stage]:
    with simulated(TUESDAY_MORNING) as ready:
        yield ready


@pytest.fixture
def cast() -> Cast:
    return demo_cast()
