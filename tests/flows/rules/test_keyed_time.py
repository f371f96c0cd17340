"""Times keyed on a telephone: hours from now, or the next time the clocks show it."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.rules.keyed_time import LONGEST_HOURS, keyed_time
from tests.flows.world import HOUR, NOW

NEW_YORK, BERLIN = "America/New_York", "Europe/Berlin"
ZONES = st.sampled_from([NEW_YORK, BERLIN, "Asia/Kathmandu", "Australia/Lord_Howe", "Pacific/Apia", "UTC"])
nights = st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001  (UTC is added)


def utc(year: int, month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(("keys", "hours"), [("1", 1), ("01", 1), ("8", 8), ("12", 12), ("72", 72)])
def test_one_or_two_digits_are_hours(keys: str, hours: int) -> None:
    assert keyed_time(keys, NOW, NEW_YORK) == NOW + hours * HOUR


@pytest.mark.parametrize("keys", ["", "0", "00", "73", "99", "800", "2400", "0860", "9999", "08000", "*8", "8*", "٠٨"])
def test_what_no_one_can_mean_is_nonsense(keys: str) -> None:
    assert keyed_time(keys, NOW, NEW_YORK) is None


@pytest.mark.parametrize(
    ("keys", "zone", "means"),
    [
        ("0800", NEW_YORK, utc(2026, 3, 4, 13)),  # it is 10:00 there, so tomorrow
        ("1001", NEW_YORK, utc(2026, 3, 3, 15, 1)),
        ("1000", NEW_YORK, utc(2026, 3, 4, 15)),  # not this very moment
        ("0000", NEW_YORK, utc(2026, 3, 4, 5)),
        ("2359", BERLIN, utc(2026, 3, 3, 22, 59)),
        ("0800", BERLIN, utc(2026, 3, 4, 7)),
    ],
)
def test_four_digits_are_the_next_time_the_clocks_show_it(keys: str, zone: str, means: datetime) -> None:
    assert keyed_time(keys, NOW, zone) == means


def test_a_time_that_happens_twice_is_the_one_that_comes_first() -> None:
    evening = utc(2026, 10, 31, 20)
    assert keyed_time("0130", evening, NEW_YORK) == utc(2026, 11, 1, 5, 30)
    assert keyed_time("0130", utc(2026, 11, 1, 5, 45), NEW_YORK) == utc(2026, 11, 1, 6, 30)


def test_a_time_that_the_clocks_skip_is_read_off_a_clock_that_nobody_changed() -> None:
    assert keyed_time("0230", utc(2026, 3, 8, 4), NEW_YORK) == utc(2026, 3, 8, 7, 30)


@given(st.integers(0, 23), st.integers(0, 59), nights, ZONES)
def test_a_time_of_day_is_ahead_and_within_about_a_day(hour: int, minute: int, now: datetime, zone: str) -> None:
    until = keyed_time(f"{hour:02}{minute:02}", now, zone)

    assert until is not None
    assert timedelta() < until - now <= timedelta(hours=26)
    shown = until.astimezone(ZoneInfo(zone))
    assert (shown.hour, shown.minute) == (hour, minute) or skipped(hour, minute, until, zone)


def skipped(hour: int, minute: int, at: datetime, zone: str) -> bool:
    """Whether the clocks do not show that time on that day."""
    local = at.astimezone(ZoneInfo(zone)).replace(hour=hour, minute=minute, second=0, microsecond=0)
    return local.astimezone(UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None) != local.replace(tzinfo=None)


@given(st.text("0123456789*#", max_size=6), nights, ZONES)
def test_nothing_keyed_reaches_farther_than_three_days(keys: str, now: datetime, zone: str) -> None:
    until = keyed_time(keys, now, zone)

    assert until is None or timedelta() < until - now <= LONGEST_HOURS * HOUR
