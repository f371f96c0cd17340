"""The stage of the phone stories: a whole line over HTTP, on either database, with telephones one can hold."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from ivr.private_line import an_exchange, private_line
from tests.calls.stage import Stage

TUESDAY_MORNING = datetime(2026, 3, 3, 15, 0, tzinfo=UTC)
"""10:00 in New York, where the line is."""


@pytest.fixture
def stage(database_url: str) -> Iterator[Stage]:
    """A line with the demo company; time is simulated and moves only in what the people do."""
    with an_exchange(TUESDAY_MORNING) as exchange, private_line(database_url, exchange) as line:
        yield Stage(line)
