"""The stage of the phone stories: a whole line over HTTP, on either database, with telephones one can hold."""

from collections.abc import Iterator

import pytest

from tests.calls.stage import Stage, on_stage


@pytest.fixture(params=["dial", "hold"])
def ring_mode(request: pytest.FixtureRequest) -> str:
    """Both ways to ring; a story that belongs to one asks for it by name."""
    mode: str = request.param
    return mode


@pytest.fixture
def stage(database_url: str, ring_mode: str) -> Iterator[Stage]:
    """A line with the demo company; time is simulated and moves only in what the people do."""
    with on_stage(database_url, ring_mode=ring_mode) as told:
        yield told
