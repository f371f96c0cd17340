"""A promise is kept by an update of the ticket after it, and broken when its time passes without one."""

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from flows.rules.promise import State, settled
from tests.flows.world import HOUR, NOW

near = st.integers(-90, 90).map(lambda minutes: NOW + timedelta(minutes=minutes))


@given(updated=near, now=near)
def test_kept_by_an_update_else_broken_by_the_time_else_open(updated: datetime, now: datetime) -> None:
    state = settled(NOW, NOW + HOUR, updated, now)

    assert (state is State.KEPT) == (updated > NOW)
    assert (state is State.BROKEN) == (updated <= NOW and now >= NOW + HOUR)
    assert state is not State.SUPERSEDED


def test_an_update_at_the_very_moment_of_the_promise_is_no_answer() -> None:
    assert settled(NOW, NOW + HOUR, NOW, NOW + HOUR) is State.BROKEN


def test_the_time_itself_is_too_late() -> None:
    assert settled(NOW, NOW + HOUR, NOW, NOW + HOUR - timedelta(microseconds=1)) is State.OPEN
