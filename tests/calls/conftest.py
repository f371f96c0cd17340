"""The stage of the phone stories: a whole line over HTTP, on either database, with telephones one can hold."""

from collections.abc import Iterator

import pytest

from tests.calls.stage import Stage, on_stage


@pytest.fixture
def stage(database_url: str) -> Iterator[Stage]:
    """A line with the demo company; time is simulated and moves only in what the people do."""
    with on_stage(database_url) as told:
        yield told
