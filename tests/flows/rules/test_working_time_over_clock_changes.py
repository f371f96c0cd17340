"""Working time around every clock change there is from 2024 to 2035, against the clock on the wall."""

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.rules.working_time import Hours, WorkingTime
from tests.flows.rules.clock_changes import DAY, QUARTER, Wall, clock_changes, kind_of_change, quarters
from tests.flows.rules.strategies import ALL_ZONES, SPECIAL_ZONES, calendars

HOUR = timedelta(hours=1)
EDGES = (time(0), time(0, 30), time(1), time(1, 45), time(2, 15), time(2, 30), time(3, 15))
NIGHTLY = (*pairwise(EDGES), (time(9), time(17)), (time(21, 30), time(22, 15)), (time(22, 45), time(23, 30)))
"""Hours whose edges lie inside every hour that is skipped or repeated anywhere; some touch each other."""


def open_every_day(zone: str, *hours: tuple[time, time]) -> WorkingTime:
    week = (Hours(weekday=day, opens=opens, closes=closes) for day in range(7) for opens, closes in hours)
    return WorkingTime(zone=zone, hours=tuple(week))


def keeps_to_the_wall(zone: str) -> None:
    nights, all_day = open_every_day(zone, *NIGHTLY, (time(23, 30), time(0))), open_every_day(zone, (time(0), time(0)))
    for change in clock_changes(zone):
        wall = Wall(nights, change)
        near = frozenset(quarters(change - 3 * HOUR, change + 3 * HOUR))
        assert {each for each in near if nights.is_open(each)} == near & wall.open_quarters
        counts_what_is_open(wall)
        assert all_day.elapsed(change - 30 * HOUR, change + 30 * HOUR) == 60 * HOUR


def counts_what_is_open(wall: Wall) -> None:
    start, worked = wall.middle - DAY, sorted(wall.open_quarters)
    assert wall.calendar.elapsed(start, wall.middle + DAY) == len(worked) * QUARTER
    for ordinal in {0, len(worked) // 2, len(worked) - 1} if worked else ():
        assert wall.calendar.after(start, (ordinal + 1) * QUARTER) == worked[ordinal] + QUARTER


@cache
def changes_or_any_night(zone: str) -> tuple[datetime, ...]:
    """When the clocks of ``zone`` change; where they never do, some other night."""
    return tuple(clock_changes(zone)) or (datetime(2026, 3, 29, tzinfo=UTC),)


@pytest.mark.parametrize("zone", SPECIAL_ZONES)
def test_working_time_keeps_to_the_clock_on_the_wall(zone: str) -> None:
    keeps_to_the_wall(zone)


@given(calendars(), st.data())
def test_any_calendar_keeps_to_the_clock_on_the_wall(calendar: WorkingTime, choices: st.DataObject) -> None:
    counts_what_is_open(Wall(calendar, choices.draw(st.sampled_from(changes_or_any_night(calendar.zone)))))


@pytest.mark.long
@pytest.mark.parametrize("zone", ALL_ZONES)
def test_working_time_keeps_to_the_clock_on_the_wall_everywhere(zone: str) -> None:
    keeps_to_the_wall(zone)


@pytest.mark.long
def test_the_special_zones_change_clocks_in_every_way_there_is() -> None:
    def kinds(zones: tuple[str, ...]) -> set[tuple[time, timedelta]]:
        return {kind_of_change(change, zone) for zone in zones for change in clock_changes(zone)}

    assert kinds(SPECIAL_ZONES) == kinds(ALL_ZONES)


def at(zone: str, day: date, *hours: tuple[time, time]) -> timedelta:
    """How long it is open on ``day`` with these daily hours."""
    midday = datetime.combine(day, time(12), UTC)
    calendar = open_every_day(zone, *hours)
    others = frozenset(day + timedelta(days=offset) for offset in range(-3, 4) if offset)
    only_then = WorkingTime(zone=zone, hours=calendar.hours, holidays=others)
    return only_then.elapsed(midday - 40 * HOUR, midday + 40 * HOUR)


@pytest.mark.parametrize(
    ("zone", "day", "opens", "closes", "open_for"),
    [
        pytest.param("Europe/Berlin", date(2026, 3, 29), time(0), time(8), 7 * HOUR, id="a night one hour short"),
        pytest.param("Europe/Berlin", date(2026, 10, 25), time(0), time(8), 9 * HOUR, id="a night one hour long"),
        pytest.param("Europe/Berlin", date(2026, 3, 29), time(2, 30), time(4), HOUR, id="opens in the skipped hour"),
        pytest.param("Europe/Berlin", date(2026, 3, 29), time(1), time(2, 30), HOUR, id="closes in the skipped hour"),
        pytest.param("Europe/Berlin", date(2026, 3, 29), time(2, 15), time(2, 45), 0 * HOUR, id="all of it skipped"),
        pytest.param("Europe/Berlin", date(2026, 10, 25), time(2, 30), time(3), 1.5 * HOUR, id="opens the first time"),
        pytest.param("Europe/Berlin", date(2026, 10, 25), time(2), time(2, 30), 1.5 * HOUR, id="closes the last time"),
        pytest.param("Australia/Lord_Howe", date(2026, 10, 4), time(2, 15), time(3), HOUR / 2, id="half an hour less"),
        pytest.param("Australia/Lord_Howe", date(2026, 4, 5), time(1), time(3), 2.5 * HOUR, id="half an hour more"),
        pytest.param("America/Santiago", date(2026, 9, 6), time(0), time(0), 23 * HOUR, id="midnight skipped"),
        pytest.param("America/Santiago", date(2026, 4, 4), time(22), time(0), 3 * HOUR, id="the last hour repeated"),
        pytest.param("America/Havana", date(2026, 10, 31), time(22), time(0), 2 * HOUR, id="next midnight repeated"),
        pytest.param("America/Havana", date(2026, 11, 1), time(0), time(1), 2 * HOUR, id="midnight repeated"),
        pytest.param("Asia/Beirut", date(2026, 3, 29), time(0), time(1), 0 * HOUR, id="the first hour skipped"),
        pytest.param("Antarctica/Troll", date(2026, 3, 29), time(0), time(4), 2 * HOUR, id="two hours skipped"),
        pytest.param("Pacific/Apia", date(2011, 12, 30), time(9), time(17), 0 * HOUR, id="a whole day skipped"),
        pytest.param("Asia/Kathmandu", date(2026, 3, 29), time(9), time(17), 8 * HOUR, id="never changes"),
    ],
)  # fmt: skip
def test_a_day_on_which_clocks_change(zone: str, day: date, opens: time, closes: time, open_for: timedelta) -> None:
    assert at(zone, day, (opens, closes)) == open_for


def test_an_hour_that_two_openings_share_because_it_is_repeated_counts_once() -> None:
    shared = at("Europe/Berlin", date(2026, 10, 25), (time(1), time(2, 30)), (time(2, 30), time(4)))

    assert shared == 4 * HOUR
