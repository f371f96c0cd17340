"""Climbing the ladder: whose phone is next, and who is passed over."""

from dataclasses import replace
from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.rules.daily_hours import DailyHours
from flows.rules.hunt import Hunt, Passed, Way
from flows.rules.ladder import Level, Position, QuietHours
from flows.rules.ring_outcome import PASSED_OVER, RingOutcome
from flows.ticket import Severity
from tests.flows.rules.ladders import (
    DANA,
    DANA_AT_HOME,
    EVE,
    EVE_AT_HOME,
    FRANK,
    GRACE,
    NIGHT,
    NOON,
    OFFICE,
    at,
    climb,
    hunt,
    level,
    member,
    one_by_one,
)
from tests.flows.rules.strategies import VACANT, hunts

THREE = (level(1, DANA, EVE), level(2, FRANK), level(3, GRACE))
NIGHTS = QuietHours(hours=DailyHours(begins=time(22), ends=time(7)))
DANA_ASLEEP = replace(member(DANA), quiet=NIGHTS)


class TestOrder:
    """The ladder is climbed as it is written."""

    def test_the_members_of_a_level_are_rung_in_turn_then_those_of_the_next(self) -> None:
        assert one_by_one(hunt(*THREE)) == [at(1, 1), at(1, 2), at(2, 1), at(3, 1)]

    def test_in_turn_all_phones_of_one_ring_before_the_next_member(self) -> None:
        two_phones = level(1, member(DANA, DANA_AT_HOME), member(EVE, EVE_AT_HOME))

        assert one_by_one(hunt(two_phones)) == [at(1, 1), at(1, 1, 2), at(1, 2), at(1, 2, 2)]

    def test_together_the_first_phones_of_all_ring_then_the_second_ones(self) -> None:
        together = level(1, member(DANA, DANA_AT_HOME), FRANK, member(EVE, EVE_AT_HOME), together=True)

        assert climb(hunt(together, level(2, GRACE), beside=True)) == [
            (at(1, 1), at(1, 2), at(1, 3)), (at(1, 1, 2), at(1, 3, 2)), (at(2, 1),),
        ]  # fmt: skip

    def test_where_only_one_phone_can_ring_at_a_time_the_first_phones_still_come_first(self) -> None:
        together = level(1, member(DANA, DANA_AT_HOME), EVE, together=True)

        assert one_by_one(hunt(together)) == [at(1, 1), at(1, 2), at(1, 1, 2)]

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
    def test_a_new_call_resumes_above_the_last_level_that_talked(self, last_talked: int, first: Position) -> None:
        assert hunt(*THREE).first(last_talked) == first

    def test_levels_above_that_have_no_phone_now_are_passed_over(self) -> None:
        above = (level(1, DANA), level(2, EVE, active=OFFICE), level(3, FRANK, email_only=True), level(4))

        assert hunt(*above, level(5, GRACE), now=NIGHT).first(1) == at(5, 1)

    def test_where_no_phone_is_left_above_the_highest_that_can_be_rung_is(self) -> None:
        at_night = hunt(level(1, DANA), level(2, EVE, FRANK), level(3, GRACE, active=OFFICE), now=NIGHT)

        assert at_night.first(3) == at_night.first(2) == at(2, 1)

    @pytest.mark.parametrize("last_talked", [0, 1, 2])
    @pytest.mark.parametrize(
        "levels",
        [
            pytest.param((), id="no ladder"),
            pytest.param((level(1),), id="a level without members"),
            pytest.param((level(1, ""),), id="members without a telephone"),
            pytest.param((level(1, VACANT),), id="nobody on shift"),
            pytest.param((level(1, DANA, email_only=True),), id="reached by e-mail only"),
            pytest.param((level(1, DANA, active=OFFICE),), id="asleep"),
            pytest.param((level(1, DANA_ASLEEP),), id="in quiet hours"),
        ],
    )
    def test_where_nobody_can_be_rung_there_is_no_first_phone(
        self, levels: tuple[Level, ...], last_talked: int
    ) -> None:
        assert hunt(*levels, now=NIGHT).first(last_talked) is None

    @pytest.mark.parametrize("ranks", [(0,), (2,), (1, 3), (2, 1), (1, 1)])
    def test_a_ladder_whose_ranks_do_not_count_up_from_one_is_refused(self, ranks: tuple[int, ...]) -> None:
        with pytest.raises(ValueError, match="number its levels 1, 2, 3 and so on"):
            hunt(*(level(rank, DANA) for rank in ranks))

    def test_the_callers_own_number_is_never_rung(self) -> None:
        assert one_by_one(hunt(*THREE, barred=DANA)) == [at(1, 2), at(2, 1), at(3, 1)]

    def test_a_person_who_stands_on_two_levels_is_rung_once(self) -> None:
        assert one_by_one(hunt(level(1, DANA), level(2, DANA, EVE))) == [at(1, 1), at(2, 2)]

    def test_a_phone_that_two_people_share_is_rung_once(self) -> None:
        shared = (level(1, member(DANA, DANA_AT_HOME)), level(2, member(EVE, DANA_AT_HOME)))

        assert one_by_one(hunt(*shared)) == [at(1, 1), at(1, 1, 2), at(2, 1)]

    def test_together_a_phone_that_two_members_share_rings_once(self) -> None:
        shared = level(1, DANA, EVE, DANA, together=True)

        assert hunt(shared, beside=True).together(at(1, 1)) == (at(1, 1), at(1, 2))

    def test_the_next_level_is_above_whoever_is_left_on_this_one(self) -> None:
        assert hunt(*THREE).above(at(1, 1)) == at(2, 1)
        assert hunt(*THREE).above(at(3, 1)) is None

    def test_a_level_whose_hours_end_during_the_hunt_is_left(self) -> None:
        office = hunt(level(1, DANA, EVE, active=OFFICE), level(2, FRANK), now=NIGHT)

        assert office.onward(office.beyond(at(1, 1))).to == at(2, 1)


class TestPassedOver:
    """Who must not be rung is passed over, and it is known why."""

    @pytest.mark.parametrize("why", [RingOutcome.OFF_DUTY, RingOutcome.ENGAGED, RingOutcome.RUNG_ENOUGH])
    def test_whoever_is_spared_is_not_rung_but_the_next_one_is(self, why: RingOutcome) -> None:
        way = hunt(*THREE, spared={"dana": why}).start(0)

        assert way == Way(to=at(1, 2), passed=(Passed(level=0, member=0, why=why),))

    @pytest.mark.parametrize("why", [RingOutcome.DECLINED, RingOutcome.TALKED])
    def test_whoever_has_answered_already_is_not_rung_again_and_that_is_no_news(self, why: RingOutcome) -> None:
        two_phones = level(1, member(DANA, DANA_AT_HOME))

        way = hunt(two_phones, level(2, EVE), rung=DANA, spared={"dana": why}).start(0)

        assert way == Way(to=at(2, 1))

    def test_together_the_others_ring(self) -> None:
        level_1 = hunt(
            level(1, EVE, DANA, FRANK, together=True), beside=True, spared={"dana": RingOutcome.ENGAGED}
        )

        assert level_1.start(0).passed == (Passed(level=0, member=1, why=RingOutcome.ENGAGED),)
        assert level_1.together(at(1, 1)) == (at(1, 1), at(1, 3))

    def test_one_at_a_time_those_behind_the_next_phone_have_not_been_passed_over_yet(self) -> None:
        way = hunt(*THREE, spared={"eve": RingOutcome.OFF_DUTY}).start(0)

        assert way == Way(to=at(1, 1))

    @pytest.mark.parametrize(
        ("severity", "rung"), [(Severity.URGENT, True), (Severity.HIGH, False), (Severity.LOW, False)]
    )
    def test_in_quiet_hours_only_an_urgent_ticket_rings(self, severity: Severity, rung: bool) -> None:
        way = hunt(level(1, DANA_ASLEEP), level(2, EVE), now=NIGHT, severity=severity).start(0)

        assert way.to == (at(1, 1) if rung else at(2, 1))
        assert way.passed == (() if rung else (Passed(level=0, member=0, why=RingOutcome.QUIET_HOURS),))

    def test_outside_of_them_every_ticket_does(self) -> None:
        assert hunt(level(1, DANA_ASLEEP), now=NOON, severity=Severity.LOW).first(0) == at(1, 1)

    @pytest.mark.parametrize(
        ("why", "kept"),
        [
            (RingOutcome.OFF_DUTY, RingOutcome.OFF_DUTY),
            (RingOutcome.ENGAGED, RingOutcome.QUIET_HOURS),
            (RingOutcome.RUNG_ENOUGH, RingOutcome.QUIET_HOURS),
        ],
    )
    def test_of_two_reasons_the_one_that_lasts_is_kept(self, why: RingOutcome, kept: RingOutcome) -> None:
        (passed,) = hunt(level(1, DANA_ASLEEP), now=NIGHT, spared={"dana": why}).start(0).passed

        assert passed.why is kept

    def test_a_shift_that_nobody_has_is_passed_over(self) -> None:
        way = hunt(level(1, VACANT), level(2, EVE)).start(0)

        assert way == Way(to=at(2, 1), passed=(Passed(level=0, member=0, why=RingOutcome.NOBODY_ON_SHIFT),))

    def test_levels_reached_by_mail_only_are_told_when_the_hunt_comes_by(self) -> None:
        way = hunt(level(1, DANA, email_only=True), level(2, EVE), level(3, FRANK, email_only=True)).start(0)

        assert way == Way(to=at(2, 1), informed=(0,))

    def test_such_a_level_out_of_its_hours_is_not(self) -> None:
        way = hunt(level(1, DANA, email_only=True, active=OFFICE), level(2, EVE), now=NIGHT).start(0)

        assert way.informed == ()

    def test_resuming_above_them_passes_over_none_of_those_below(self) -> None:
        below = (level(1, DANA), level(2, FRANK, email_only=True))

        way = hunt(*below, level(3, EVE), spared={"dana": RingOutcome.OFF_DUTY}).start(2)

        assert way == Way(to=at(3, 1))

    def test_back_to_those_who_were_engaged_and_to_nobody_else(self) -> None:
        way = hunt(*THREE, rung=FRANK).back({"eve", "frank"})

        assert way == Way(to=at(1, 2))
        assert hunt(*THREE).back({"eve"}, since=at(2, 1)).to is None


@given(hunts(), st.integers(0, 5))
def test_whoever_is_rung_may_be_rung(hunt: Hunt, last_talked: int) -> None:
    place = hunt.first(last_talked)

    for each in hunt.together(place) if place is not None else ():
        plan, person = hunt.ladder.levels[each.level], hunt.ladder.member_at(each)
        assert hunt.ladder.number_at(each)
        assert hunt.ladder.number_at(each) not in hunt.barred | hunt.rung
        assert person.person not in hunt.spared
        assert person.quiet is None or person.quiet.end(hunt.now, person.zone, hunt.severity) == hunt.now
        assert not plan.email_only
        assert plan.active is None or plan.active.is_open(hunt.now)


@given(hunts(), st.integers(0, 5))
def test_if_any_phone_can_be_rung_one_is(hunt: Hunt, last_talked: int) -> None:
    assert (hunt.first(last_talked) is None) is (hunt.first(0) is None)


@given(hunts(), st.integers(0, 5))
def test_whoever_is_passed_over_is_so_for_a_reason_and_once(hunt: Hunt, last_talked: int) -> None:
    passed = hunt.start(last_talked).passed

    assert {each.why for each in passed} <= PASSED_OVER
    assert len({(each.level, each.member) for each in passed}) == len(passed)


@given(hunts(), st.integers(0, 5))
def test_the_hunt_only_climbs_and_rings_no_phone_twice(hunt: Hunt, last_talked: int) -> None:
    rings = climb(hunt, last_talked)
    numbers = [hunt.ladder.number_at(place) for at_once in rings for place in at_once]
    steps = [(place.level, *hunt.ladder.levels[place.level].turn(place)) for at_once in rings for place in at_once]

    assert steps == sorted(set(steps))
    assert len(numbers) == len(set(numbers))


@given(hunts(), st.integers(0, 5))
def test_what_rings_at_once_is_one_round_of_one_level(hunt: Hunt, last_talked: int) -> None:
    for at_once in climb(hunt, last_talked):
        assert len({(place.level, place.phone) for place in at_once}) == 1
        assert hunt.beside or len(at_once) == 1


@given(hunts())
def test_the_next_level_is_the_first_phone_above(hunt: Hunt) -> None:
    for at_once in climb(hunt):
        above = hunt.above(at_once[0])
        assert above is None or above.level > at_once[0].level
