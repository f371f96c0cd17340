"""Who must not be rung is passed over, visibly; who was engaged is returned to; that nobody is on duty is said."""

from dataclasses import replace
from datetime import time

import pytest

from flows.effects import Effect, LevelInformed, News, NotifyShiftManager, PassedOver
from flows.heard import Spared, TicketFound
from flows.rules.cooldown import Outcome
from flows.rules.daily_hours import DailyHours
from flows.rules.ladder import Ladder, Member, Order, QuietHours
from flows.rules.ring_outcome import RingOutcome
from flows.ticket import Severity
from flows.turn import CheckCooldown, Forward, Hold
from tests.flows.on_the_line import OnTheLine
from tests.flows.world import DUTY, FOUND, LEVEL_1, LEVEL_2, LEVEL_3, LINE, TICKET, ladder, manager

HOME_1, HOME_2 = "+12025550111", "+12025550112"
VACANT = Member(name="Night shift", vacant=True)
ALL_DAY = QuietHours(hours=DailyHours(begins=time(0), ends=time(23, 59)))


def on(*levels: tuple[Member, ...], order: Order = Order.IN_TURN) -> TicketFound:
    """The ticket, with a ladder of these people."""
    plain = ladder(*((LEVEL_1,) for _ in levels))
    those = (replace(level, members=members) for level, members in zip(plain.levels, levels, strict=True))
    first, *others = those
    return replace(FOUND, ladder=Ladder(name="any", levels=(replace(first, order=order), *others)))


def away(person: str, why: RingOutcome = RingOutcome.OFF_DUTY) -> Spared:
    return Spared(person=person, why=why)


def passed(level: int, member: int, why: RingOutcome) -> PassedOver:
    """Counted from 1, as people do."""
    return PassedOver(attempt=7, level=level - 1, member=member - 1, why=why)


def news(caller: OnTheLine) -> list[News]:
    return [effect.news for effect in caller.states if isinstance(effect, NotifyShiftManager)]


def stated(caller: OnTheLine, kind: type[Effect]) -> list[Effect]:
    return [effect for effect in caller.states if isinstance(effect, kind)]


def rung(caller: OnTheLine) -> tuple[str, ...]:
    """The phones that begin to ring beside."""
    assert isinstance(caller.turn.then, Hold)
    return tuple(ring.number for ring in caller.turn.then.ring)


class TestPhones:
    """A person may have several."""

    TWO = on((manager(LEVEL_1, HOME_1),), (manager(LEVEL_2),))

    def test_the_second_phone_rings_when_the_first_was_not_answered(self) -> None:
        caller = OnTheLine()
        caller.reaches_ringing(self.TWO)
        caller.ring_ends(RingOutcome.NO_ANSWER)
        caller.nobody_objects()

        assert caller.rings == HOME_1

    def test_whoever_declined_is_not_rung_on_the_second_phone(self) -> None:
        caller = OnTheLine()
        caller.reaches_ringing(self.TWO)
        caller.ring_ends(RingOutcome.DECLINED)
        caller.nobody_objects(away(LEVEL_1, RingOutcome.DECLINED))

        assert caller.rings == LEVEL_2
        assert stated(caller, PassedOver) == []

    def test_whoever_talked_is_not_handed_the_call_again(self) -> None:
        """A person on two levels would hand up to the own second phone."""
        caller = OnTheLine()
        caller.talks(on((manager(LEVEL_1),), (manager(LEVEL_1, HOME_1),), (manager(LEVEL_3),)))
        caller.presses("2")
        caller.nobody_objects(away(LEVEL_1, RingOutcome.TALKED))

        assert caller.rings == LEVEL_3

    def test_together_the_first_phones_of_all_then_the_second_ones(self) -> None:
        caller = OnTheLine(hold=True)
        caller.reaches_ringing(on((manager(LEVEL_1, HOME_1), manager(LEVEL_2, HOME_2)), order=Order.TOGETHER))
        first = rung(caller)
        for phone in first:
            caller.phone_ends(phone, RingOutcome.NO_ANSWER)
        caller.waits()
        caller.nobody_objects()

        assert (first, rung(caller)) == ((LEVEL_1, LEVEL_2), (HOME_1, HOME_2))

    def test_together_only_who_did_not_decline_is_rung_on_the_second_phone(self) -> None:
        caller = OnTheLine(hold=True)
        caller.reaches_ringing(on((manager(LEVEL_1, HOME_1), manager(LEVEL_2, HOME_2)), order=Order.TOGETHER))
        caller.phone_ends(LEVEL_1, RingOutcome.DECLINED)
        caller.phone_ends(LEVEL_2, RingOutcome.NO_ANSWER)
        caller.waits()
        caller.nobody_objects(away(LEVEL_1, RingOutcome.DECLINED))

        assert rung(caller) == (HOME_2,)

    def test_a_round_that_could_not_be_placed_is_dialled_phone_by_phone(self) -> None:
        caller = OnTheLine(hold=True)
        caller.reaches_ringing(on((manager(LEVEL_1), manager(LEVEL_2)), order=Order.TOGETHER))
        for phone in (LEVEL_1, LEVEL_2):
            caller.phone_ends(phone, RingOutcome.NOT_PLACED)
        caller.waits()
        caller.hold_ends(talked=False)
        caller.nobody_objects()
        assert caller.rings == LEVEL_1
        caller.ring_ends(RingOutcome.NO_ANSWER)
        caller.nobody_objects()

        assert rung(caller) == (LEVEL_2,)


class TestPassedOver:
    """The next one is rung, and it is kept who was passed over and why."""

    @pytest.mark.parametrize("why", [RingOutcome.OFF_DUTY, RingOutcome.RUNG_ENOUGH, RingOutcome.ENGAGED])
    def test_the_next_one_rings_instead(self, why: RingOutcome) -> None:
        caller = OnTheLine()
        caller.escalates()
        caller.nobody_objects(away(LEVEL_1, why))

        assert caller.rings == LEVEL_2
        assert stated(caller, PassedOver) == [passed(1, 1, why)]

    def test_it_is_looked_at_again_before_every_ring(self) -> None:
        caller = OnTheLine()
        caller.reaches_ringing()
        caller.ring_ends(RingOutcome.NO_ANSWER)
        caller.nobody_objects(away(LEVEL_2))

        assert caller.rings == LEVEL_3
        assert stated(caller, PassedOver) == [passed(2, 1, RingOutcome.OFF_DUTY)]

    def test_it_is_kept_once(self) -> None:
        caller = OnTheLine()
        caller.escalates(on((manager(LEVEL_1, HOME_1), manager(LEVEL_2)), (manager(LEVEL_3),)))
        caller.nobody_objects(away(LEVEL_1))
        assert stated(caller, PassedOver) == [passed(1, 1, RingOutcome.OFF_DUTY)]
        caller.ring_ends(RingOutcome.NO_ANSWER)
        caller.nobody_objects(away(LEVEL_1))

        assert stated(caller, PassedOver) == []

    @pytest.mark.parametrize(("severity", "rings"), [(Severity.URGENT, LEVEL_1), (Severity.HIGH, LEVEL_2)])
    def test_quiet_hours_are_respected_unless_it_is_urgent(self, severity: Severity, rings: str) -> None:
        asleep = on((replace(manager(LEVEL_1), quiet=ALL_DAY),), (manager(LEVEL_2),))
        caller = OnTheLine()
        caller.reaches_ringing(replace(asleep, ticket=replace(TICKET, severity=severity)))

        assert caller.rings == rings

    def test_a_shift_that_nobody_has(self) -> None:
        caller = OnTheLine()
        caller.reaches_ringing(on((VACANT,), (manager(LEVEL_2),)))

        assert caller.rings == LEVEL_2
        assert stated(caller, PassedOver) == [passed(1, 1, RingOutcome.NOBODY_ON_SHIFT)]

    def test_together_the_others_ring_at_once(self) -> None:
        caller = OnTheLine(hold=True)
        caller.escalates(on((manager(LEVEL_1), manager(LEVEL_2), manager(LEVEL_3)), order=Order.TOGETHER))
        caller.nobody_objects(away(LEVEL_2))

        assert rung(caller) == (LEVEL_1, LEVEL_3)
        assert stated(caller, PassedOver) == [passed(1, 2, RingOutcome.OFF_DUTY)]

    def test_when_the_phones_are_dialled_instead_it_is_looked_at_again(self) -> None:
        caller = OnTheLine(hold=True)
        caller.reaches_ringing()
        caller.phone_ends(LEVEL_1, RingOutcome.NOT_PLACED)
        caller.waits()
        caller.hold_ends(talked=False)
        assert caller.turn.then == CheckCooldown()
        caller.nobody_objects(away(LEVEL_1))

        assert caller.rings == LEVEL_2


class TestEngaged:
    """Somebody on another call of ours gets a second turn, when all others have had theirs."""

    def test_they_are_returned_to_when_nobody_else_accepted(self) -> None:
        caller = OnTheLine()
        caller.escalates()
        caller.nobody_objects(away(LEVEL_1, RingOutcome.ENGAGED))
        for number in (LEVEL_2, LEVEL_3):
            assert caller.rings == number
            caller.ring_ends(RingOutcome.NO_ANSWER)
            caller.nobody_objects()

        assert caller.rings == LEVEL_1
        caller.ring_ends(RingOutcome.NO_ANSWER)
        caller.nobody_objects()
        assert caller.is_asked("ways")
        assert caller.attempt_ended.outcome is Outcome.EXHAUSTED

    def test_not_before(self) -> None:
        """The other call may be over a second later; the ladder is climbed first all the same."""
        caller = OnTheLine()
        caller.escalates()
        caller.nobody_objects(away(LEVEL_1, RingOutcome.ENGAGED))
        caller.ring_ends(RingOutcome.NO_ANSWER)
        caller.nobody_objects()

        assert caller.rings == LEVEL_3

    def test_whoever_was_off_duty_is_not_returned_to(self) -> None:
        caller = OnTheLine()
        caller.escalates(replace(FOUND, ladder=ladder((LEVEL_1,), (LEVEL_2,), (LEVEL_3,))))
        caller.nobody_objects(away(LEVEL_1), away(LEVEL_2, RingOutcome.ENGAGED))
        caller.ring_ends(RingOutcome.NO_ANSWER)
        caller.nobody_objects()
        assert caller.rings == LEVEL_2
        caller.ring_ends(RingOutcome.NO_ANSWER)
        caller.nobody_objects()

        assert caller.is_asked("ways")

    def test_still_engaged_then_that_was_all(self) -> None:
        caller = OnTheLine()
        caller.escalates(replace(FOUND, ladder=ladder((LEVEL_1,), (LEVEL_2,))))
        caller.nobody_objects(away(LEVEL_1, RingOutcome.ENGAGED))
        caller.ring_ends(RingOutcome.NO_ANSWER)
        caller.nobody_objects(away(LEVEL_1, RingOutcome.ENGAGED))

        assert caller.is_asked("ways")
        assert "exhausted.sorry" in caller.hears
        assert stated(caller, PassedOver) == []

    def test_the_next_level_after_a_talk_comes_before_the_second_pass(self) -> None:
        caller = OnTheLine()
        caller.escalates()
        caller.nobody_objects(away(LEVEL_1, RingOutcome.ENGAGED))
        caller.ring_ends(RingOutcome.TALKED)
        caller.presses("2")
        caller.nobody_objects(away(LEVEL_2, RingOutcome.TALKED))

        assert caller.rings == LEVEL_3

    def test_when_everybody_is_engaged_that_is_what_the_caller_hears(self) -> None:
        caller = OnTheLine(replace(LINE, duty_number=DUTY))
        caller.escalates(replace(FOUND, ladder=ladder((LEVEL_1,))))
        caller.nobody_objects(away(LEVEL_1, RingOutcome.ENGAGED))

        assert caller.is_asked("ways")
        assert caller.hears[0] == "exhausted.engaged"
        assert caller.attempt_ended.outcome is Outcome.EXHAUSTED
        assert news(caller) == [News.ESCALATION_ACCEPTED, News.NOBODY_REACHED]


class TestInformed:
    """Levels that are reached by e-mail only are told when the hunt comes by, once."""

    BY_MAIL = replace(ladder((LEVEL_1,), (LEVEL_2,), (LEVEL_3,)).levels[1], email_only=True)
    FIRST, _, TOP = ladder((LEVEL_1,), (LEVEL_2,), (LEVEL_3,)).levels
    TICKET_ON_IT = replace(FOUND, ladder=Ladder(name="any", levels=(FIRST, BY_MAIL, TOP)))

    def test_not_while_a_level_below_rings(self) -> None:
        caller = OnTheLine()
        caller.reaches_ringing(self.TICKET_ON_IT)

        assert stated(caller, LevelInformed) == []

    def test_when_the_next_level_above_them_rings(self) -> None:
        caller = OnTheLine()
        caller.reaches_ringing(self.TICKET_ON_IT)
        caller.ring_ends(RingOutcome.NO_ANSWER)
        caller.nobody_objects()

        assert caller.rings == LEVEL_3
        assert stated(caller, LevelInformed) == [LevelInformed(attempt=7, level=1)]

    def test_at_the_top_when_nobody_is_left_to_ring(self) -> None:
        caller = OnTheLine()
        caller.reaches_ringing(replace(FOUND, ladder=Ladder(name="any", levels=(self.FIRST, self.BY_MAIL))))
        caller.ring_ends(RingOutcome.NO_ANSWER)
        caller.nobody_objects()

        assert caller.is_asked("ways")
        assert stated(caller, LevelInformed) == [LevelInformed(attempt=7, level=1)]
        assert "exhausted.sorry" in caller.hears


class TestNobodyOnDuty:
    """It has a sentence and an outcome of its own; the duty phone is for that."""

    NOBODY = pytest.mark.parametrize(
        ("found", "spared"),
        [
            pytest.param(replace(FOUND, ladder=Ladder(name="", levels=())), (), id="no levels"),
            pytest.param(on(()), (), id="an empty level"),
            pytest.param(on((VACANT,), (VACANT,)), (), id="gaps everywhere"),
            pytest.param(replace(FOUND, ladder=ladder((LEVEL_1,))), (away(LEVEL_1),), id="everybody off duty"),
            pytest.param(on((replace(manager(LEVEL_1), quiet=ALL_DAY),)), (), id="everybody in quiet hours"),
        ],
    )

    @NOBODY
    def test_without_a_duty_phone_the_caller_hears_it(self, found: TicketFound, spared: tuple[Spared, ...]) -> None:
        caller = OnTheLine()
        caller.escalates(found)
        caller.nobody_objects(*spared)

        assert caller.is_asked("ways")
        assert caller.hears[:2] == ("exhausted.off_duty", "exhausted.off_duty_mailed")
        assert caller.attempt_ended.outcome is Outcome.NOBODY_ON_DUTY
        assert news(caller) == [News.ESCALATION_ACCEPTED, News.NOBODY_ON_DUTY]

    @NOBODY
    def test_with_one_the_caller_is_put_through(self, found: TicketFound, spared: tuple[Spared, ...]) -> None:
        caller = OnTheLine(replace(LINE, duty_number=DUTY))
        caller.escalates(found)
        caller.nobody_objects(*spared)

        assert caller.hears == ("exhausted.off_duty", "exhausted.forwarding")
        assert caller.turn.then == Forward(number=DUTY)
        assert caller.attempt_ended.outcome is Outcome.NOBODY_ON_DUTY
        assert news(caller) == [News.ESCALATION_ACCEPTED, News.NOBODY_ON_DUTY]
        caller.duty_call_ends(talked=True)
        assert caller.is_over

    def test_nobodys_phone_rang_so_none_needs_rest(self) -> None:
        caller = OnTheLine()
        caller.escalates(on(()))
        caller.nobody_objects()

        assert caller.attempt_ended.quiet_until is None

    def test_whoever_may_not_be_rung_again_tonight_is_on_duty(self) -> None:
        caller = OnTheLine(replace(LINE, duty_number=DUTY))
        caller.escalates(replace(FOUND, ladder=ladder((LEVEL_1,), (LEVEL_2,))))
        caller.nobody_objects(away(LEVEL_1), away(LEVEL_2, RingOutcome.RUNG_ENOUGH))

        assert caller.is_asked("ways")
        assert caller.hears[0] == "exhausted.nobody"
        assert caller.attempt_ended.outcome is Outcome.EXHAUSTED

    def test_once_a_phone_has_rung_somebody_was_on_duty(self) -> None:
        caller = OnTheLine(replace(LINE, duty_number=DUTY))
        caller.reaches_ringing(replace(FOUND, ladder=ladder((LEVEL_1,), (LEVEL_2,))))
        caller.ring_ends(RingOutcome.NO_ANSWER)
        caller.nobody_objects(away(LEVEL_2))

        assert caller.is_asked("ways")
        assert caller.attempt_ended.outcome is Outcome.EXHAUSTED
