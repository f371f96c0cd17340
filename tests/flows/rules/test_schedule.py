"""Who is on duty: turns, hand-overs, layers, overrides, and what clock changes do to them."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from flows.rules.schedule import DAY, WEEK, Override, Rotation, Schedule, on_duty
from flows.rules.working_time import Hours

HOUR = timedelta(hours=1)
WEEKLY = Rotation(people=("dana", "marcus", "priya"), start=date(2026, 11, 2), hand_over=time(9))
BERLIN = Schedule(name="Shift managers", zone="Europe/Berlin", rotations=(WEEKLY,))
NIGHTS = tuple(
    Hours(weekday=day, opens=opens, closes=closes)
    for day in range(7)
    for opens, closes in ((time(0), time(8)), (time(18), time(0)))
)


def berlin(text: str) -> datetime:
    """A winter day and time in Berlin, an hour ahead of UTC."""
    return datetime.fromisoformat(f"{text}+01:00")


def override(person: str | None, starts: str, ends: str, *, imported: bool = False, id: int = 0) -> Override:
    return Override(
        schedule="shift", person=person, starts_at=berlin(starts), ends_at=berlin(ends), imported=imported, id=id
    )


@pytest.mark.parametrize(
    ("at", "person"),
    [
        pytest.param("2026-11-02T08:59", None, id="nobody before the first turn"),
        pytest.param("2026-11-02T09:00", "dana", id="the first one from the hand-over on"),
        pytest.param("2026-11-09T08:59", "dana", id="until the next hand-over"),
        pytest.param("2026-11-09T09:00", "marcus", id="then the second"),
        pytest.param("2026-11-18T12:00", "priya", id="then the third"),
        pytest.param("2026-11-23T09:00", "dana", id="and round again"),
        pytest.param("2027-11-02T12:00", "marcus", id="a year later"),
    ],
)
def test_people_take_turns_by_the_week(at: str, person: str | None) -> None:
    assert on_duty(BERLIN, (), berlin(at)) == person


def test_turns_of_twelve_hours() -> None:
    rotation = Rotation(people=("day", "night"), start=date(2026, 11, 2), hand_over=time(8), every=12 * HOUR)
    schedule = Schedule(name="", zone="Europe/Berlin", rotations=(rotation,))
    assert [on_duty(schedule, (), berlin(f"2026-11-23T{hour}:30")) for hour in ("07", "08", "19", "20", "23")] == [
        "night", "day", "day", "night", "night",
    ]  # fmt: skip


def test_a_rotation_for_nights_leaves_the_day_to_the_next_layer() -> None:
    nights = Rotation(people=("nora",), start=date(2026, 11, 2), hand_over=time(0), hours=NIGHTS)
    schedule = Schedule(name="", zone="Europe/Berlin", rotations=(nights, WEEKLY))
    assert on_duty(schedule, (), berlin("2026-11-03T07:59")) == "nora"
    assert on_duty(schedule, (), berlin("2026-11-03T08:00")) == "dana"
    assert on_duty(schedule, (), berlin("2026-11-03T18:00")) == "nora"
    only_nights = Schedule(name="", zone="Europe/Berlin", rotations=(nights,))
    assert on_duty(only_nights, (), berlin("2026-11-03T12:00")) is None


def test_a_later_layer_counts_while_the_first_has_not_begun() -> None:
    later = Rotation(people=("nora",), start=date(2026, 12, 1), hand_over=time(9), every=DAY)
    schedule = Schedule(name="", zone="Europe/Berlin", rotations=(later, WEEKLY))
    assert on_duty(schedule, (), berlin("2026-12-01T08:59")) == "marcus"
    assert on_duty(schedule, (), berlin("2026-12-01T09:00")) == "nora"


def test_an_override_comes_before_every_rotation() -> None:
    standing = (override("priya", "2026-11-03T12:00", "2026-11-03T18:00"),)
    assert on_duty(BERLIN, standing, berlin("2026-11-03T11:59")) == "dana"
    assert on_duty(BERLIN, standing, berlin("2026-11-03T12:00")) == "priya"
    assert on_duty(BERLIN, standing, berlin("2026-11-03T18:00")) == "dana"


def test_an_override_may_say_nobody() -> None:
    holidays = override(None, "2026-12-24T00:00", "2026-12-27T00:00")
    assert on_duty(BERLIN, (holidays,), berlin("2026-12-25T12:00")) is None


def test_what_is_set_by_hand_comes_before_what_a_calendar_says() -> None:
    by_hand = override("priya", "2026-11-03T12:00", "2026-11-03T18:00")
    imported = override("marcus", "2026-11-03T14:00", "2026-11-04T00:00", imported=True)
    for standing in ((by_hand, imported), (imported, by_hand)):
        assert on_duty(BERLIN, standing, berlin("2026-11-03T15:00")) == "priya"
        assert on_duty(BERLIN, standing, berlin("2026-11-03T18:00")) == "marcus"
        assert on_duty(BERLIN, standing, berlin("2026-11-04T00:00")) == "dana"


def test_of_two_shifts_in_a_calendar_the_one_that_begins_last_counts() -> None:
    long = override("marcus", "2026-11-03T00:00", "2026-11-10T00:00", imported=True)
    short = override("priya", "2026-11-04T00:00", "2026-11-05T00:00", imported=True)
    assert on_duty(BERLIN, (short, long), berlin("2026-11-04T12:00")) == "priya"
    assert on_duty(BERLIN, (short, long), berlin("2026-11-05T12:00")) == "marcus"


def test_a_schedule_without_rotations_lives_on_its_overrides() -> None:
    empty = Schedule(name="", zone="Europe/Berlin")
    assert on_duty(empty, (), berlin("2026-11-03T12:00")) is None
    standing = (override("priya", "2026-11-03T00:00", "2026-11-04T00:00"),)
    assert on_duty(empty, standing, berlin("2026-11-03T12:00")) == "priya"


HAND_OVERS = [
    pytest.param("Europe/Berlin", "2026-03-28", time(2, 30), "2026-03-29T01:00", id="02:30 is skipped: at 03:00"),
    pytest.param("Europe/Berlin", "2026-10-24", time(2, 30), "2026-10-25T00:30", id="02:30 comes twice: the first"),
    pytest.param("Europe/Berlin", "2026-03-28", time(9), "2026-03-29T07:00", id="09:00 stays 09:00 in spring"),
    pytest.param("Europe/Berlin", "2026-10-24", time(9), "2026-10-25T08:00", id="09:00 stays 09:00 in autumn"),
    pytest.param("America/New_York", "2026-03-07", time(2), "2026-03-08T07:00", id="02:00 is skipped: at 03:00"),
    pytest.param("America/New_York", "2026-10-31", time(1), "2026-11-01T05:00", id="01:00 comes twice: the first"),
    pytest.param("Australia/Lord_Howe", "2026-10-03", time(2, 15), "2026-10-03T15:30", id="half an hour is skipped"),
    pytest.param("America/Santiago", "2026-09-05", time(0), "2026-09-06T04:00", id="midnight is skipped: at 01:00"),
    pytest.param("America/Havana", "2026-10-31", time(0), "2026-11-01T04:00", id="midnight comes twice: the first"),
    pytest.param("Antarctica/Troll", "2026-03-28", time(2), "2026-03-29T01:00", id="two hours are skipped"),
]


@pytest.mark.parametrize(("zone", "start", "hand_over", "instant"), HAND_OVERS)
def test_a_daily_hand_over_on_the_night_when_clocks_change(
    zone: str, start: str, hand_over: time, instant: str
) -> None:
    rotation = Rotation(people=("one", "two"), start=date.fromisoformat(start), hand_over=hand_over, every=DAY)
    schedule, at = Schedule(name="", zone=zone, rotations=(rotation,)), datetime.fromisoformat(instant + "+00:00")
    assert on_duty(schedule, (), at - timedelta(microseconds=1)) == "one"
    assert on_duty(schedule, (), at) == "two"
    assert on_duty(schedule, (), at + HOUR) == "two"


def test_a_turn_of_an_hour_that_clocks_skip_is_nobodys_and_the_order_goes_on() -> None:
    hourly = Rotation(people=("a", "b", "c", "d"), start=date(2026, 3, 29), hand_over=time(0), every=HOUR)
    schedule = Schedule(name="", zone="Europe/Berlin", rotations=(hourly,))
    midnight = datetime(2026, 3, 28, 23, tzinfo=UTC)
    assert [on_duty(schedule, (), midnight + hour * HOUR) for hour in range(4)] == ["a", "b", "d", "a"]


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        pytest.param({"people": ()}, "somebody must take turns", id="nobody in it"),
        pytest.param({"every": HOUR / 2}, "a turn lasts from one hour", id="too short"),
        pytest.param({"every": 53 * WEEK}, "a turn lasts from one hour to 366 days", id="too long"),
    ],
)
def test_a_rotation_that_makes_no_sense(wrong: dict[str, object], sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        Rotation(**{"people": ("dana",), "start": date(2026, 11, 2), "hand_over": time(9), **wrong})  # type: ignore[arg-type]


def test_an_override_that_ends_before_it_starts() -> None:
    with pytest.raises(ValueError, match="must end after it starts"):
        override("dana", "2026-11-03T12:00", "2026-11-03T12:00")


def test_a_naive_time_names_no_instant() -> None:
    with pytest.raises(ValueError, match="time zone"):
        on_duty(BERLIN, (), datetime(2026, 11, 3))  # noqa: DTZ001  (that is the point)
