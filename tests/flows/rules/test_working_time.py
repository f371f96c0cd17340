"""Working time as contracts speak of it, and what holds for every calendar, start and length."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.rules.working_time import Hours, WorkingTime
from tests.flows.rules.strategies import MOMENT, calendars, instants, lengths

HOUR = timedelta(hours=1)
WORK = timedelta(hours=20)
winter = st.datetimes(datetime(2026, 10, 1), datetime(2027, 4, 1), timezones=st.just(UTC))  # noqa: DTZ001  (UTC is added)
WEEKDAYS = tuple(Hours(weekday=day, opens=time(9), closes=time(17)) for day in range(5))
CHRISTMAS = frozenset({date(2026, 12, 25)})
OFFICE = WorkingTime(zone="Europe/Berlin", hours=WEEKDAYS, holidays=CHRISTMAS)


def berlin(text: str) -> datetime:
    """A winter day and time in Berlin, an hour ahead of UTC."""
    return datetime.fromisoformat(f"{text}+01:00")


@pytest.mark.parametrize(
    ("start", "length", "until"),
    [
        pytest.param("2026-11-23T09:00", 2 * HOUR, "2026-11-23T11:00", id="on a Monday morning"),
        pytest.param("2026-11-27T16:00", 4 * HOUR, "2026-11-30T12:00", id="over the weekend"),
        pytest.param("2026-11-28T03:00", HOUR, "2026-11-30T10:00", id="from Saturday night"),
        pytest.param("2026-12-24T16:00", 2 * HOUR, "2026-12-28T10:00", id="over Christmas and the weekend"),
        pytest.param("2026-11-27T15:00", 2 * HOUR, "2026-11-27T17:00", id="to the moment of closing"),
        pytest.param("2026-11-28T03:00", 0 * HOUR, "2026-11-28T03:00", id="nothing at all, at any hour"),
    ],
)
def test_after_so_much_working_time(start: str, length: timedelta, until: str) -> None:
    assert OFFICE.after(berlin(start), length) == berlin(until)


@pytest.mark.parametrize(
    ("at", "is_open"),
    [
        pytest.param("2026-11-23T08:59:59", False, id="a second before opening"),
        pytest.param("2026-11-23T09:00", True, id="at opening"),
        pytest.param("2026-11-23T16:59:59", True, id="a second before closing"),
        pytest.param("2026-11-23T17:00", False, id="at closing"),
        pytest.param("2026-12-25T12:00", False, id="at Christmas"),
    ],
)
def test_open_from_the_moment_of_opening_until_that_of_closing(at: str, is_open: bool) -> None:
    assert OFFICE.is_open(berlin(at)) is is_open


def test_the_next_opening_skips_holiday_and_weekend() -> None:
    assert OFFICE.next_opening(berlin("2026-12-24T17:00")) == berlin("2026-12-28T09:00")


def test_while_open_the_next_opening_is_now() -> None:
    assert OFFICE.next_opening(berlin("2026-11-23T12:00")) == berlin("2026-11-23T12:00")


def test_hours_that_end_at_midnight_end_the_day() -> None:
    late = WorkingTime(zone="Europe/Berlin", hours=(Hours(weekday=0, opens=time(20), closes=time(0)),))

    assert late.elapsed(berlin("2026-11-23T00:00"), berlin("2026-11-30T00:00")) == 4 * HOUR


def test_working_time_of_all_years_is_counted() -> None:
    never_closed_on_weekdays = WorkingTime(zone="America/New_York", hours=WEEKDAYS)
    first, after_last = date(2024, 1, 1), date(2036, 1, 1)
    weekdays = sum((first + timedelta(days=day)).weekday() < 5 for day in range((after_last - first).days))

    worked = never_closed_on_weekdays.elapsed(datetime(2024, 1, 1, tzinfo=UTC), datetime(2036, 1, 1, tzinfo=UTC))

    assert worked == weekdays * 8 * HOUR


def closed_for_eleven_years() -> WorkingTime:
    first = date(2026, 1, 1)
    holidays = frozenset(first + timedelta(days=day) for day in range(11 * 366))
    return WorkingTime(zone="Europe/Berlin", hours=WEEKDAYS, holidays=holidays)


def test_a_calendar_of_holidays_only_is_a_mistake_and_says_so() -> None:
    with pytest.raises(ValueError, match="too little working time in ten years; check its hours and holidays"):
        closed_for_eleven_years().after(berlin("2026-01-05T09:00"), HOUR)


def test_a_calendar_of_holidays_only_never_opens() -> None:
    assert closed_for_eleven_years().next_opening(berlin("2026-01-05T09:00")) is None


def test_more_working_time_than_ten_years_hold_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="too little working time"):
        OFFICE.after(berlin("2026-01-05T09:00"), timedelta.max)


@pytest.mark.parametrize("zone", ["", "Mars/Olympus", "America", "Europe/", "../zone", "tzdata.zi", "x" * 999, "a\0"])
def test_an_unknown_zone_is_refused(zone: str) -> None:
    with pytest.raises(ValueError, match=r"unknown time zone .* use an IANA name such as Europe/Berlin"):
        WorkingTime(zone=zone, hours=WEEKDAYS)


def test_a_calendar_without_hours_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one opening"):
        WorkingTime(zone="Europe/Berlin", hours=())


@pytest.mark.parametrize(("opens", "closes"), [(9, 9), (17, 9), (22, 6)])
def test_hours_that_close_before_they_open_are_refused(opens: int, closes: int) -> None:
    with pytest.raises(ValueError, match="split hours over midnight into two days"):
        Hours(weekday=0, opens=time(opens), closes=time(closes))


@pytest.mark.parametrize("weekday", [-1, 7])
def test_an_eighth_day_of_the_week_is_refused(weekday: int) -> None:
    with pytest.raises(ValueError, match=r"from 0 \(Monday\) to 6 \(Sunday\)"):
        Hours(weekday=weekday, opens=time(9), closes=time(17))


@pytest.mark.parametrize(("opens", "closes"), [(8, 10), (10, 11), (16, 0), (0, 0)])
def test_overlapping_hours_are_refused(opens: int, closes: int) -> None:
    another = Hours(weekday=2, opens=time(opens), closes=time(closes))
    with pytest.raises(ValueError, match="hours overlap on weekday 2; merge them into one"):
        WorkingTime(zone="Europe/Berlin", hours=(another, *WEEKDAYS))


def test_a_lunch_break_is_not_an_overlap() -> None:
    day = (Hours(weekday=0, opens=time(9), closes=time(12)), Hours(weekday=0, opens=time(12), closes=time(0)))

    assert WorkingTime(zone="Europe/Berlin", hours=day).is_open(berlin("2026-11-23T12:00"))


NAIVE = datetime(2026, 11, 23, 12)  # noqa: DTZ001  (that is the point)


@pytest.mark.parametrize("ask", [OFFICE.is_open, OFFICE.next_opening])
def test_naive_times_are_refused(ask: Callable[[datetime], object]) -> None:
    with pytest.raises(ValueError, match="a naive time names no instant"):
        ask(NAIVE)


@pytest.mark.parametrize("length", [0 * HOUR, HOUR])
def test_nothing_runs_from_a_naive_time(length: timedelta) -> None:
    with pytest.raises(ValueError, match="a naive time names no instant"):
        OFFICE.after(NAIVE, length)


@pytest.mark.parametrize(("start", "end"), [(NAIVE, berlin("2026-11-23T12:00")), (berlin("2026-11-23T12:00"), NAIVE)])
def test_no_time_elapses_between_naive_times(start: datetime, end: datetime) -> None:
    with pytest.raises(ValueError, match="a naive time names no instant"):
        OFFICE.elapsed(start, end)


def test_a_negative_length_is_refused() -> None:
    with pytest.raises(ValueError, match="cannot be negative"):
        OFFICE.after(berlin("2026-11-23T12:00"), -MOMENT)


@given(calendars(), instants(last=2030), lengths(WORK))
def test_after_is_the_first_moment_by_which_the_time_has_elapsed(
    calendar: WorkingTime, start: datetime, length: timedelta
) -> None:
    until = calendar.after(start, length)

    assert calendar.elapsed(start, until) == length
    assert not length or calendar.elapsed(start, until - MOMENT) < length


@given(calendars(), instants(last=2030), lengths(WORK), lengths(WORK))
def test_waiting_twice_is_waiting_for_the_sum(
    calendar: WorkingTime, start: datetime, one: timedelta, other: timedelta
) -> None:
    assert calendar.after(calendar.after(start, one), other) == calendar.after(start, one + other)


@given(calendars(), st.lists(winter, min_size=3, max_size=3).map(sorted))
def test_elapsed_time_adds_up_and_never_exceeds_the_time_on_the_clock(
    calendar: WorkingTime, moments: list[datetime]
) -> None:
    start, middle, end = moments
    whole = calendar.elapsed(start, end)

    assert calendar.elapsed(start, middle) + calendar.elapsed(middle, end) == whole
    assert timedelta() <= whole <= end - start


@given(calendars(), instants(), lengths(timedelta(days=9)))
def test_no_working_time_elapses_backwards(calendar: WorkingTime, at: datetime, length: timedelta) -> None:
    assert calendar.elapsed(at, at - length) == timedelta()


@given(calendars(), instants())
def test_nothing_is_worked_before_the_next_opening(calendar: WorkingTime, at: datetime) -> None:
    opening = calendar.next_opening(at)

    assert opening is not None
    assert calendar.is_open(opening)
    assert calendar.elapsed(at, opening) == timedelta()
    assert calendar.is_open(at) is (opening == at)


@given(calendars(), instants(last=2030), lengths(WORK), st.integers(-12, 14))
def test_the_zone_in_which_an_instant_is_written_makes_no_difference(
    calendar: WorkingTime, start: datetime, length: timedelta, ahead: int
) -> None:
    elsewhere = start.astimezone(timezone(timedelta(hours=ahead)))
    until, opening = calendar.after(elsewhere, length), calendar.next_opening(elsewhere)

    assert (until, opening) == (calendar.after(start, length), calendar.next_opening(start))
    assert until.tzinfo is UTC
    assert opening is not None
    assert opening.tzinfo is UTC
