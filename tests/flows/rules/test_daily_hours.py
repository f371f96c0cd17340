"""Hours of the day that come back: quiet hours, the night. The clock on the wall counts, also when clocks change."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.rules.daily_hours import DailyHours
from tests.flows.rules.strategies import ALL_ZONES, instants

NIGHT = DailyHours(begins=time(22), ends=time(7))
LUNCH = DailyHours(begins=time(12), ends=time(13))
NEW_YORK = "America/New_York"
HOUR = timedelta(hours=1)
edges = st.tuples(st.integers(0, 95), st.integers(0, 95)).filter(lambda pair: pair[0] != pair[1])
daily = edges.map(
    lambda pair: DailyHours(begins=time(pair[0] // 4, pair[0] % 4 * 15), ends=time(pair[1] // 4, pair[1] % 4 * 15))
)
zones = st.sampled_from(ALL_ZONES)


def new_york(month: int, day: int, hour: int, minute: int = 0, *, fold: int = 0) -> datetime:
    """A moment of 2026 on a New York wall."""
    return datetime(2026, month, day, hour, minute, tzinfo=ZoneInfo(NEW_YORK), fold=fold).astimezone(UTC)


@pytest.mark.parametrize(
    ("at", "begins", "ends"),
    [
        (new_york(1, 10, 22), new_york(1, 10, 22), new_york(1, 11, 7)),
        (new_york(1, 10, 23, 59), new_york(1, 10, 22), new_york(1, 11, 7)),
        (new_york(1, 11, 0), new_york(1, 10, 22), new_york(1, 11, 7)),
        (new_york(1, 11, 6, 59), new_york(1, 10, 22), new_york(1, 11, 7)),
    ],
)
def test_a_night_runs_over_midnight(at: datetime, begins: datetime, ends: datetime) -> None:
    assert NIGHT.around(at, NEW_YORK) == (begins, ends)


@pytest.mark.parametrize("at", [new_york(1, 11, 7), new_york(1, 11, 12), new_york(1, 11, 21, 59)])
def test_the_moment_it_ends_is_day(at: datetime) -> None:
    assert NIGHT.around(at, NEW_YORK) is None


def test_hours_of_one_day() -> None:
    assert LUNCH.around(new_york(1, 11, 12, 30), NEW_YORK) == (new_york(1, 11, 12), new_york(1, 11, 13))
    assert LUNCH.around(new_york(1, 11, 13), NEW_YORK) is None
    assert LUNCH.around(new_york(1, 11, 0), NEW_YORK) is None


def test_midnight_ends_the_day() -> None:
    evening = DailyHours(begins=time(20), ends=time(0))
    assert evening.around(new_york(1, 10, 23), NEW_YORK) == (new_york(1, 10, 20), new_york(1, 11, 0))
    assert evening.around(new_york(1, 11, 0), NEW_YORK) is None


def test_the_night_in_which_clocks_go_forward_is_an_hour_shorter() -> None:
    begins, ends = NIGHT.around(new_york(3, 8, 1), NEW_YORK) or (None, None)
    assert begins is not None
    assert ends is not None
    assert ends - begins == 8 * HOUR
    assert ends == new_york(3, 8, 7)


def test_the_night_in_which_clocks_go_back_is_an_hour_longer() -> None:
    begins, ends = NIGHT.around(new_york(11, 1, 1), NEW_YORK) or (None, None)
    assert begins is not None
    assert ends is not None
    assert ends - begins == 10 * HOUR


def test_hours_that_end_at_a_time_that_happens_twice_end_the_second_time() -> None:
    """Half past one comes twice: whoever sleeps until then is not woken in between."""
    until_half_past_one = DailyHours(begins=time(22), ends=time(1, 30))
    second = new_york(11, 1, 1, 30, fold=1)
    for minutes in (90, 60, 1):
        assert until_half_past_one.around(second - timedelta(minutes=minutes), NEW_YORK) is not None
    assert until_half_past_one.around(second, NEW_YORK) is None


def test_hours_that_begin_at_a_time_that_is_skipped_begin_when_the_clock_has_jumped() -> None:
    from_half_past_two = DailyHours(begins=time(2, 30), ends=time(7))
    jumped = new_york(3, 8, 3)
    assert from_half_past_two.around(jumped - timedelta(minutes=1), NEW_YORK) is None
    assert from_half_past_two.around(jumped, NEW_YORK) == (jumped, new_york(3, 8, 7))


def test_beginning_and_end_must_differ() -> None:
    with pytest.raises(ValueError, match="end at another time than they begin"):
        DailyHours(begins=time(7), ends=time(7))


@given(daily, instants(), zones)
def test_what_is_around_a_moment_holds_it(hours: DailyHours, at: datetime, zone: str) -> None:
    around = hours.around(at, zone)

    if around is not None:
        begins, ends = around
        assert begins <= at < ends
        assert ends - begins < timedelta(hours=50)
        assert hours.around(ends - timedelta(microseconds=1), zone) is not None


@given(daily, instants(), zones)
def test_far_from_clock_changes_the_wall_alone_decides(hours: DailyHours, at: datetime, zone: str) -> None:
    where = ZoneInfo(zone)
    offsets = {(at + days * timedelta(days=1)).astimezone(where).utcoffset() for days in (-2, -1, 0, 1, 2)}
    shown = at.astimezone(where).time()

    if len(offsets) == 1:
        over_midnight = hours.ends <= hours.begins
        inside = (shown >= hours.begins or shown < hours.ends) if over_midnight else hours.begins <= shown < hours.ends
        assert (hours.around(at, zone) is not None) is inside
