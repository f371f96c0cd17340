"""Climbing the ladder: whose phone is next, and how long a caller waits at most."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.rules.ladder import CARRIER_ADDS, SCREENING, Hunt, Ladder, Level, Member, Order, Position
from flows.rules.working_time import Hours, WorkingTime
from tests.flows.rules.strategies import NUMBERS, hunts

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
NIGHT = datetime(2026, 11, 23, 23, 0, tzinfo=UTC)
OFFICE = WorkingTime(zone="UTC", hours=tuple(Hours(weekday=day, opens=time(9), closes=time(17)) for day in range(5)))
DANA, EVE, FRANK, GRACE = NUMBERS[:4]
HOLD = CARRIER_ADDS + SCREENING


def level(rank: int, *numbers: str, active: WorkingTime | None = None, email_only: bool = False) -> Level:
    members = tuple(Member(name="Somebody", number=number) for number in numbers)
    return Level(rank=rank, title=f"Level {rank}", members=members, active=active, email_only=email_only)


def hunt(*levels: Level, now: datetime = NOON, barred: str = "", rung: str = "") -> Hunt:
    ladder = Ladder(name="any", levels=levels)
    return Hunt(ladder=ladder, now=now, barred=frozenset({barred}), rung=frozenset({rung}))


def at(level: int, member: int) -> Position:
    """Counted from 1, as people do."""
    return Position(level=level - 1, member=member - 1)


def climb(hunt: Hunt, last_talked: int = 0) -> Iterator[Position]:
    """Every ring of an attempt in which nobody accepts and every phone takes as long as it may."""
    position = hunt.first(last_talked)
    while position is not None:
        yield position
        number, later = hunt.ladder.member_at(position).number, hunt.now + hunt.wait_at(position)
        hunt = replace(hunt, rung=hunt.rung | {number}, now=later)
        position = hunt.after(position)


THREE = (level(1, DANA, EVE), level(2, FRANK), level(3, GRACE))


def test_the_members_of_a_level_are_rung_in_turn_then_those_of_the_next() -> None:
    assert [*climb(hunt(*THREE))] == [at(1, 1), at(1, 2), at(2, 1), at(3, 1)]


def test_the_next_phone_is_another_one_even_if_the_first_was_not_rung() -> None:
    assert hunt(*THREE).after(at(1, 1)) == at(1, 2)


def test_the_phone_at_a_position() -> None:
    assert hunt(*THREE).ladder.member_at(at(1, 2)).number == EVE


@pytest.mark.parametrize(
    ("last_talked", "first"),
    [
        pytest.param(0, at(1, 1), id="nobody has talked yet"),
        pytest.param(1, at(2, 1), id="Level 1 has talked"),
        pytest.param(2, at(3, 1), id="Level 2 has talked"),
        pytest.param(3, at(3, 1), id="the top level has talked, so it is the top level again"),
        pytest.param(7, at(3, 1), id="the ladder was higher then"),
    ],
)
def test_a_new_call_resumes_above_the_last_level_that_talked(last_talked: int, first: Position) -> None:
    assert hunt(*THREE).first(last_talked) == first


def test_levels_above_that_have_no_phone_now_are_passed_over() -> None:
    above = (level(1, DANA), level(2, EVE, active=OFFICE), level(3, FRANK, email_only=True), level(4), level(5, GRACE))

    assert hunt(*above, now=NIGHT).first(1) == at(5, 1)


def test_where_no_phone_is_left_above_the_highest_that_can_be_rung_is() -> None:
    at_night = hunt(level(1, DANA), level(2, EVE, FRANK), level(3, GRACE, active=OFFICE), now=NIGHT)

    assert at_night.first(3) == at_night.first(2) == at(2, 1)


@pytest.mark.parametrize("last_talked", [0, 1, 2])
@pytest.mark.parametrize(
    "levels",
    [
        pytest.param((), id="no ladder"),
        pytest.param((level(1),), id="a level without members"),
        pytest.param((level(1, ""),), id="members without a telephone"),
        pytest.param((level(1, DANA, email_only=True),), id="reached by e-mail only"),
        pytest.param((level(1, DANA, active=OFFICE),), id="asleep"),
    ],
)
def test_where_nobody_can_be_rung_there_is_no_first_phone(levels: tuple[Level, ...], last_talked: int) -> None:
    assert hunt(*levels, now=NIGHT).first(last_talked) is None


@pytest.mark.parametrize("ranks", [(0,), (2,), (1, 3), (2, 1), (1, 1)])
def test_a_ladder_whose_ranks_do_not_count_up_from_one_is_refused(ranks: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="number its levels 1, 2, 3 and so on"):
        hunt(*(level(rank, DANA) for rank in ranks))


def test_the_callers_own_number_is_never_rung() -> None:
    assert [*climb(hunt(*THREE, barred=DANA))] == [at(1, 2), at(2, 1), at(3, 1)]


def test_a_phone_that_stands_on_two_levels_is_rung_once() -> None:
    assert [*climb(hunt(level(1, DANA), level(2, DANA, EVE)))] == [at(1, 1), at(2, 2)]


def test_the_next_level_is_above_whoever_is_left_on_this_one() -> None:
    assert hunt(*THREE).above(at(1, 1)) == at(2, 1)


TOGETHER = replace(level(1, DANA, EVE, FRANK), order=Order.TOGETHER)


def test_in_turn_one_phone_rings_at_a_time() -> None:
    assert hunt(*THREE).together(at(1, 1)) == (at(1, 1),)


def test_together_the_whole_level_rings() -> None:
    assert hunt(TOGETHER, level(2, GRACE)).together(at(1, 1)) == (at(1, 1), at(1, 2), at(1, 3))


def test_together_means_only_phones_that_may_be_rung() -> None:
    level_1 = hunt(TOGETHER, level(2, GRACE), barred=DANA, rung=FRANK)

    assert level_1.together(at(1, 2)) == (at(1, 2),)


def test_together_a_phone_that_two_members_share_rings_once() -> None:
    shared = replace(level(1, DANA, EVE, DANA), order=Order.TOGETHER)

    assert hunt(shared).together(at(1, 1)) == (at(1, 1), at(1, 2))


@given(hunts(), st.integers(0, 5))
def test_together_rings_the_present_phone_and_no_number_twice(hunt: Hunt, last_talked: int) -> None:
    position = hunt.first(last_talked)

    if position is not None:
        positions = hunt.together(position)
        numbers = [hunt.ladder.member_at(each).number for each in positions]
        assert position in positions
        assert len(numbers) == len(set(numbers))
        assert {each.level for each in positions} == {position.level}
        assert not {*numbers} & (hunt.barred | hunt.rung | {""})


def test_above_the_top_level_there_is_none() -> None:
    assert hunt(*THREE).above(at(3, 1)) is None


def test_a_level_whose_hours_end_during_the_hunt_is_left() -> None:
    office = level(1, DANA, EVE, active=OFFICE)

    assert hunt(office, level(2, FRANK), now=NIGHT).after(at(1, 1)) == at(2, 1)


def test_the_longest_wait_is_every_ring_the_carriers_delay_and_every_screening() -> None:
    quick = replace(level(2, FRANK), ring_seconds=10)

    assert hunt(level(1, DANA, EVE), quick).longest_wait(at(1, 1)) == timedelta(seconds=25 + 25 + 10) + 3 * HOLD


def test_the_longest_wait_counts_from_the_present_phone_on() -> None:
    assert hunt(*THREE).longest_wait(at(1, 2)) == 3 * (timedelta(seconds=25) + HOLD)


def test_the_longest_wait_counts_a_phone_on_two_levels_once() -> None:
    assert hunt(level(1, DANA), level(2, DANA)).longest_wait(at(1, 1)) == timedelta(seconds=25) + HOLD


@pytest.mark.parametrize(
    ("before_opening", "rings"),
    [
        pytest.param(timedelta(minutes=1), 2, id="it opens while Level 1 rings"),
        pytest.param(timedelta(minutes=9), 1, id="it opens when the hunt is long over"),
    ],
)
def test_the_longest_wait_counts_a_level_that_opens_during_the_hunt(before_opening: timedelta, rings: int) -> None:
    early = datetime(2026, 11, 23, 9, 0, tzinfo=UTC) - before_opening

    waits = hunt(level(1, DANA), level(2, EVE, active=OFFICE), now=early).longest_wait(at(1, 1))

    assert waits == rings * (timedelta(seconds=25) + HOLD)


@given(hunts(), st.integers(0, 5))
def test_whoever_is_rung_may_be_rung(hunt: Hunt, last_talked: int) -> None:
    position = hunt.first(last_talked)

    if position is not None:
        plan, member = hunt.ladder.levels[position.level], hunt.ladder.member_at(position)
        assert member.number
        assert member.number not in hunt.barred | hunt.rung
        assert not plan.email_only
        assert plan.active is None or plan.active.is_open(hunt.now)


@given(hunts(), st.integers(0, 5))
def test_if_any_phone_can_be_rung_one_is(hunt: Hunt, last_talked: int) -> None:
    assert (hunt.first(last_talked) is None) is (hunt.first(0) is None)


@given(hunts(), st.integers(0, 5))
def test_the_hunt_only_climbs_and_rings_no_phone_twice(hunt: Hunt, last_talked: int) -> None:
    positions = [*climb(hunt, last_talked)]
    numbers = [hunt.ladder.member_at(position).number for position in positions]
    steps = [(position.level, position.member) for position in positions]

    assert steps == sorted(set(steps))
    assert len(numbers) == len(set(numbers))


@given(hunts())
def test_the_next_level_is_the_first_phone_above(hunt: Hunt) -> None:
    for position in climb(hunt):
        above = hunt.above(position)
        assert above is None or above.level > position.level


@given(hunts(), st.integers(0, 5))
def test_no_hunt_takes_longer_than_was_promised(hunt: Hunt, last_talked: int) -> None:
    first = hunt.first(last_talked)

    if first is not None:
        assert sum(map(hunt.wait_at, climb(hunt, last_talked)), timedelta()) <= hunt.longest_wait(first)
