"""Shifts, gaps and swaps; and what holds for every schedule there is, over every clock change."""

from collections import Counter
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.rules.schedule import DAY, Override, Rotation, Schedule, Turn, on_duty
from flows.rules.shifts import MOMENT, SwapRefused, clashing, gaps, shift_at, shifts, swapped, whole_shifts
from tests.flows.rules.clock_changes import clock_changes
from tests.flows.rules.strategies import SPECIAL_ZONES, hours, instants
from tests.flows.rules.test_schedule import BERLIN, WEEKLY, berlin, override

PEOPLE = ("ana", "ben", "cleo", "dov")


@st.composite
def rotations(draw: st.DrawFn) -> Rotation:
    return Rotation(
        people=tuple(draw(st.lists(st.sampled_from(PEOPLE), min_size=1, max_size=4))),
        start=draw(st.dates(date(2024, 1, 1), date(2035, 12, 31))),
        hand_over=draw(st.times()).replace(second=0, microsecond=0),
        every=draw(st.sampled_from([1, 5, 12, 24, 48, 7 * 24, 10 * 24])) * timedelta(hours=1),
        hours=draw(st.just(()) | hours()),
    )


@st.composite
def schedules(draw: st.DrawFn) -> Schedule:
    layers = tuple(draw(st.lists(rotations(), max_size=3)))
    return Schedule(name="", zone=draw(st.sampled_from(SPECIAL_ZONES)), rotations=layers)


def overrides(near: datetime) -> st.SearchStrategy[list[Override]]:
    hours_off = st.integers(-24 * 20, 24 * 20)

    def one(person: str | None, begins: int, lasts: int, imported: bool, id: int) -> Override:
        starts = near + timedelta(hours=begins)
        ends = starts + timedelta(hours=lasts)
        return Override(schedule="s", person=person, starts_at=starts, ends_at=ends, imported=imported, id=id)

    someone = st.none() | st.sampled_from(PEOPLE)
    return st.lists(st.builds(one, someone, hours_off, st.integers(1, 200), st.booleans(), st.integers(1)), max_size=5)


def test_shifts_of_a_month() -> None:
    found = [
        (f"{shift.starts_at:%m-%d %H:%M}", f"{shift.ends_at:%m-%d %H:%M}", shift.person)
        for shift in shifts(BERLIN, (), berlin("2026-11-01T00:00"), berlin("2026-11-20T00:00"))
    ]
    assert found == [
        ("11-02 08:00", "11-09 08:00", "dana"),
        ("11-09 08:00", "11-16 08:00", "marcus"),
        ("11-16 08:00", "11-19 23:00", "priya"),
    ]


def test_the_gap_before_a_schedule_begins_and_the_one_somebody_made() -> None:
    nobody = override(None, "2026-11-09T00:00", "2026-11-10T00:00")
    start, end = berlin("2026-11-01T00:00"), berlin("2026-11-20T00:00")
    assert list(gaps(BERLIN, (nobody,), start, end)) == [
        (start, berlin("2026-11-02T09:00")),
        (berlin("2026-11-09T00:00"), berlin("2026-11-10T00:00")),
    ]


def test_two_gaps_that_touch_are_one() -> None:
    first = override(None, "2026-11-09T00:00", "2026-11-10T00:00")
    second = override(None, "2026-11-10T00:00", "2026-11-11T00:00")
    found = gaps(BERLIN, (first, second), berlin("2026-11-03T00:00"), berlin("2026-11-20T00:00"))
    assert list(found) == [(first.starts_at, second.ends_at)]


def test_an_override_cuts_a_shift_in_two() -> None:
    noon = override("priya", "2026-11-03T12:00", "2026-11-03T18:00")
    found = list(shifts(BERLIN, (noon,), berlin("2026-11-02T09:00"), berlin("2026-11-09T09:00")))
    assert [shift.person for shift in found] == ["dana", "priya", "dana"]
    assert found[1].duty == noon
    assert shift_at(BERLIN, (noon,), berlin("2026-11-03T11:00")) == found[0]


def test_a_hand_over_of_the_layer_below_cuts_nothing() -> None:
    above = Rotation(people=("nora",), start=date(2026, 11, 1), hand_over=time(0), every=30 * DAY)
    schedule = replace(BERLIN, rotations=(above, WEEKLY))
    [only] = shifts(schedule, (), berlin("2026-11-05T00:00"), berlin("2026-11-25T00:00"))
    assert only.duty == Turn(layer=0, number=0, person="nora")


def test_two_people_swap_their_weeks() -> None:
    swap = swapped("shift", BERLIN, (), berlin("2026-11-03T00:00"), berlin("2026-11-17T00:00"))
    weeks = shifts(BERLIN, swap, berlin("2026-11-02T09:00"), berlin("2026-12-01T09:00"))
    assert [shift.person for shift in weeks] == ["priya", "marcus", "dana", "dana", "marcus"]
    assert [(each.schedule, each.person) for each in swap] == [("shift", "priya"), ("shift", "dana")]


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        pytest.param("2026-11-03T00:00", "2026-11-24T00:00", "dana has both", id="with oneself"),
        pytest.param("2026-11-01T12:00", "2026-11-24T00:00", "nobody is on duty at 2026-11-01 12:00", id="in a gap"),
    ],
)
def test_a_swap_that_cannot_be(one: str, other: str, why: str) -> None:
    with pytest.raises(SwapRefused, match=why):
        swapped("shift", BERLIN, (), berlin(one), berlin(other))


def test_an_override_clashes_with_one_by_hand_at_the_same_time_in_the_same_schedule() -> None:
    new = override("dana", "2026-11-03T12:00", "2026-11-03T18:00")
    touching = override("priya", "2026-11-03T18:00", "2026-11-03T20:00")
    imported = override("priya", "2026-11-03T10:00", "2026-11-03T20:00", imported=True)
    elsewhere = replace(new, schedule="other")
    inside = override("priya", "2026-11-03T13:00", "2026-11-03T14:00")
    assert clashing(new, (touching, imported, elsewhere)) is None
    assert clashing(new, (touching, imported, elsewhere, inside)) == inside


@settings(max_examples=50)
@given(schedules(), instants(), st.integers(1, 40), st.data())
def test_shifts_and_gaps_tile_the_time_and_agree_with_who_is_on_duty(
    schedule: Schedule, start: datetime, days: int, choices: st.DataObject
) -> None:
    end = start + days * DAY
    put_in = choices.draw(overrides(start))
    someone = [(each.starts_at, each.ends_at) for each in shifts(schedule, put_in, start, end)]
    nobody = list(gaps(schedule, put_in, start, end))
    pieces = sorted([*someone, *nobody])
    assert (pieces[0][0], pieces[-1][1]) == (start, end)
    assert all(one[1] == following[0] for one, following in pairwise(pieces))
    assert all(begins < ends for begins, ends in pieces)
    for shift in shifts(schedule, put_in, start, end):
        for at in (shift.starts_at, shift.ends_at - MOMENT, choices.draw(between(shift.starts_at, shift.ends_at))):
            assert on_duty(schedule, put_in, at) == shift.person
    for begins, ends in nobody:
        for at in (begins, ends - MOMENT, choices.draw(between(begins, ends))):
            assert on_duty(schedule, put_in, at) is None


@settings(max_examples=40)
@given(schedules(), instants(), st.data())
def test_a_whole_shift_is_the_same_from_wherever_one_looks(
    schedule: Schedule, start: datetime, choices: st.DataObject
) -> None:
    put_in = choices.draw(overrides(start))
    for shift in whole_shifts(schedule, put_in, start, start + 3 * DAY):
        at = choices.draw(between(shift.starts_at, shift.ends_at))
        assert shift_at(schedule, put_in, at) == shift


@given(rotations().map(lambda rotation: replace(rotation, hours=())), st.sampled_from(SPECIAL_ZONES))
def test_everybody_has_as_many_turns_as_everybody_else(rotation: Rotation, zone: str) -> None:
    turns = Counter(rotation.person(turn) for turn in range(12 * len(rotation.people)))
    assert turns == {person: 12 * rotation.people.count(person) for person in rotation.people}
    begins = [rotation.begins(turn, ZoneInfo(zone)) for turn in range(40)]
    assert begins == sorted(begins)


@given(instants(), st.sampled_from(SPECIAL_ZONES), rotations())
def test_the_number_of_a_turn_and_its_beginning_agree(at: datetime, zone: str, rotation: Rotation) -> None:
    place = ZoneInfo(zone)
    turn = rotation.turn(at, place)
    assert rotation.begins(turn, place) <= at < rotation.begins(turn + 1, place)


@pytest.mark.parametrize("zone", SPECIAL_ZONES)
def test_every_hand_over_is_when_the_wall_clock_first_shows_its_time_or_a_later_one(zone: str) -> None:
    """Over every clock change from 2024 to 2035, for hand-overs in the hours that are skipped and repeated."""
    place = ZoneInfo(zone)
    for change in clock_changes(zone):
        for quarter in range(0, 96, 3):
            hand_over = time(quarter // 4, quarter % 4 * 15)
            shown_first = _first_shown(change, place, hand_over)
            rotation = Rotation(people=("a", "b"), start=shown_first[0], hand_over=hand_over, every=DAY)
            assert rotation.begins(0, place) == shown_first[1]


def _first_shown(change: datetime, place: ZoneInfo, wanted: time) -> tuple[date, datetime]:
    """The date on which clocks change, and the first instant at which the wall shows ``wanted`` of it or later."""
    day = (change - MOMENT).astimezone(place).date()
    looked_for = datetime.combine(day, wanted)
    quarter = timedelta(minutes=15)
    begin = change - timedelta(hours=30)
    return day, next(
        at for at in (begin + step * quarter for step in range(4 * 60))
        if at.astimezone(place).replace(tzinfo=None) >= looked_for
    )


def between(start: datetime, end: datetime) -> st.SearchStrategy[datetime]:
    return st.integers(0, (end - start) // MOMENT - 1).map(lambda moments: start + moments * MOMENT)
