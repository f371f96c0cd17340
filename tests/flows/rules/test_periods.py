"""Stretches of time: whatever they are, what is joined, shared and missing fits together moment by moment."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from flows.rules.periods import joined, missing, shared
from flows.rules.working_time import Period

START = datetime(2026, 3, 3, tzinfo=UTC)
HOURS = st.integers(0, 30)
PERIODS = st.lists(st.tuples(HOURS, HOURS)).map(
    lambda pairs: [(START + one * timedelta(hours=1), START + other * timedelta(hours=1)) for one, other in pairs]
)
MOMENTS = [START + half * timedelta(minutes=30) for half in range(64)]
END = MOMENTS[-1]


def covers(periods: list[Period], at: datetime) -> bool:
    return any(begins <= at < ends for begins, ends in periods)


@given(PERIODS)
def test_joined_is_the_same_time_in_order_and_no_moment_twice(periods: list[Period]) -> None:
    found = joined(periods)

    assert [covers(found, at) for at in MOMENTS] == [covers(periods, at) for at in MOMENTS]
    edges = [edge for period in found for edge in period]
    assert edges == sorted(set(edges))


@given(PERIODS, PERIODS)
def test_shared_is_what_is_in_both(one: list[Period], other: list[Period]) -> None:
    found = shared(one, other)

    assert [covers(found, at) for at in MOMENTS] == [covers(one, at) and covers(other, at) for at in MOMENTS]


@given(PERIODS)
def test_missing_is_everything_else_and_ends_where_it_is_told(periods: list[Period]) -> None:
    found = missing(periods, START, END)

    assert [covers(found, at) for at in MOMENTS[:-1]] == [not covers(periods, at) for at in MOMENTS[:-1]]
    assert all(START <= begins < ends <= END for begins, ends in found)
