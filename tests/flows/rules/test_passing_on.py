"""Who takes over when a duty is passed on: the next in the order of whose turn it is."""

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.rules.passing_on import next_in_line
from flows.rules.schedule import DAY, Override, Rotation, Schedule, on_duty
from flows.rules.working_time import Hours
from tests.flows.world import HOUR, NOW

DAYS = Rotation(people=("ann", "bob", "cem"), start=date(2026, 3, 2), hand_over=time(9), every=DAY)
SCHEDULE = Schedule(name="First line", zone="America/New_York", rotations=(DAYS,))
"""Since 9 a.m. it is Bob's turn."""


def put_in(person: str | None) -> Override:
    """Somebody, or nobody, is on duty for two hours instead."""
    return Override(schedule="first", person=person, starts_at=NOW - HOUR, ends_at=NOW + HOUR)


def test_the_order_of_the_rotation_goes_on() -> None:
    assert on_duty(SCHEDULE, (), NOW) == "bob"
    assert next_in_line(SCHEDULE, (), NOW) == ("cem", "ann")
    assert next_in_line(SCHEDULE, (), NOW + DAY) == ("ann", "bob")


def test_whoever_was_put_in_passes_to_whose_turn_it_is_and_then_on() -> None:
    assert next_in_line(SCHEDULE, (put_in("dee"),), NOW) == ("bob", "cem", "ann")
    assert next_in_line(SCHEDULE, (put_in("cem"),), NOW) == ("bob", "ann")
    assert next_in_line(SCHEDULE, (put_in("bob"),), NOW) == ("cem", "ann")


def test_where_nothing_is_planned_beneath_everybody_on_the_schedule_is_asked() -> None:
    nights = Rotation(
        people=("ann", "bob"), start=date(2026, 3, 2), hand_over=time(20), every=DAY,
        hours=(Hours(weekday=1, opens=time(20), closes=time(0)),),
    )  # fmt: skip
    schedule = Schedule(name="Nights", zone="America/New_York", rotations=(nights,))

    assert next_in_line(schedule, (put_in("dee"),), NOW) == ("ann", "bob")
    assert next_in_line(schedule, (), NOW) == ()


def test_the_rotation_whose_turn_it_is_counts_and_no_other() -> None:
    others = Rotation(people=("eve", "fay"), start=date(2026, 3, 2), hand_over=time(9))
    both = Schedule(name="Two layers", zone="America/New_York", rotations=(DAYS, others))

    assert next_in_line(both, (), NOW) == ("cem", "ann")


@pytest.mark.parametrize("overrides", [(), (put_in(None),)], ids=["before the first turn", "nobody by hand"])
def test_nobody_on_duty_passes_nothing_on(overrides: tuple[Override, ...]) -> None:
    assert next_in_line(SCHEDULE, overrides, NOW if overrides else NOW - 7 * DAY) == ()


@given(
    st.lists(st.sampled_from(["ann", "bob", "cem", "dee"]), min_size=1, max_size=6),
    st.integers(0, 400),
    st.none() | st.sampled_from(["ann", "eve"]),
)
def test_nobody_passes_to_themselves_and_everybody_is_named_once(
    people: list[str], hours: int, person: str | None
) -> None:
    rotation = Rotation(people=tuple(people), start=date(2026, 3, 2), hand_over=time(9), every=timedelta(hours=8))
    schedule = Schedule(name="Any", zone="Europe/Berlin", rotations=(rotation,))
    at = NOW + hours * HOUR
    overrides = [Override(schedule="any", person=person, starts_at=at, ends_at=at + HOUR)] if person else []

    line = next_in_line(schedule, overrides, at)

    assert set(line) == {*people} - {on_duty(schedule, overrides, at)}
    assert len(line) == len(set(line))
