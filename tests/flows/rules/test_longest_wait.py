"""How long a caller waits at most, until everybody who can be rung has been."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.rules.daily_hours import DailyHours
from flows.rules.hunt import Hunt
from flows.rules.ladder import QuietHours
from flows.rules.ring_outcome import RingOutcome
from tests.flows.rules.ladders import (
    DANA,
    DANA_AT_HOME,
    EVE,
    EVE_AT_HOME,
    FRANK,
    GRACE,
    OFFICE,
    RING,
    at,
    climb,
    hunt,
    level,
    member,
)
from tests.flows.rules.strategies import VACANT, hunts

THREE = (level(1, DANA, EVE), level(2, FRANK), level(3, GRACE))


def test_it_is_every_ring_the_carriers_delay_and_every_screening() -> None:
    quick = replace(level(2, FRANK), ring_seconds=10)

    assert hunt(level(1, DANA, EVE), quick).longest_wait(at(1, 1)) == 3 * RING - timedelta(seconds=15)


def test_it_counts_from_the_present_phone_on() -> None:
    assert hunt(*THREE).longest_wait(at(1, 2)) == 3 * RING


def test_it_counts_every_phone_of_every_person() -> None:
    assert hunt(level(1, member(DANA, DANA_AT_HOME), EVE)).longest_wait(at(1, 1)) == 3 * RING


def test_it_counts_a_phone_on_two_levels_once() -> None:
    assert hunt(level(1, DANA), level(2, DANA)).longest_wait(at(1, 1)) == RING


def test_a_shift_that_nobody_has_takes_no_time() -> None:
    assert hunt(level(1, VACANT), level(2, DANA)).longest_wait(at(1, 1)) == RING


def test_whoever_is_off_duty_counts_because_they_may_be_back() -> None:
    assert hunt(*THREE, spared={"dana": RingOutcome.OFF_DUTY}).longest_wait(at(1, 1)) == 4 * RING


@pytest.mark.parametrize(
    ("members", "rounds"),
    [
        pytest.param((DANA,), 1, id="one"),
        pytest.param((DANA, EVE), 2, id="two, of whom one may be engaged and is returned to"),
        pytest.param((DANA, EVE, FRANK), 2, id="three, rung together or in two goes"),
        pytest.param((member(DANA, DANA_AT_HOME), member(EVE, EVE_AT_HOME)), 4, id="two phones each"),
        pytest.param((member(DANA, DANA_AT_HOME), EVE), 3, id="one of them with a second phone"),
    ],
)
def test_phones_that_ring_at_once_count_once_in_each_round(members: tuple[str, ...], rounds: int) -> None:
    assert hunt(level(1, *members, together=True), beside=True).longest_wait(at(1, 1)) == rounds * RING


def test_where_they_cannot_ring_at_once_each_counts() -> None:
    assert hunt(level(1, DANA, EVE, FRANK, together=True)).longest_wait(at(1, 1)) == 3 * RING


@pytest.mark.parametrize(
    ("before_opening", "rings"),
    [
        pytest.param(timedelta(minutes=1), 2, id="it opens while Level 1 rings"),
        pytest.param(timedelta(minutes=9), 1, id="it opens when the hunt is long over"),
    ],
)
def test_it_counts_a_level_that_opens_during_the_hunt(before_opening: timedelta, rings: int) -> None:
    early = datetime(2026, 11, 23, 9, 0, tzinfo=UTC) - before_opening

    waits = hunt(level(1, DANA), level(2, EVE, active=OFFICE), now=early).longest_wait(at(1, 1))

    assert waits == rings * RING


@pytest.mark.parametrize(("before_seven", "rings"), [(timedelta(minutes=1), 2), (timedelta(minutes=9), 1)])
def test_it_counts_a_person_whose_quiet_hours_end_during_the_hunt(before_seven: timedelta, rings: int) -> None:
    asleep = replace(member(EVE), quiet=QuietHours(hours=DailyHours(begins=time(22), ends=time(7))))
    early = datetime(2026, 11, 23, 7, 0, tzinfo=UTC) - before_seven

    assert hunt(level(1, DANA, asleep), now=early).longest_wait(at(1, 1)) == rings * RING


@given(hunts(), st.integers(0, 5))
def test_no_hunt_takes_longer_than_was_promised(hunt: Hunt, last_talked: int) -> None:
    first = hunt.first(last_talked)

    if first is not None:
        taken = sum((hunt.wait_at(at_once[0]) for at_once in climb(hunt, last_talked)), timedelta())
        assert taken <= hunt.longest_wait(first)
