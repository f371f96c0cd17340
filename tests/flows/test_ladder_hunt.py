"""Climbing the ladder: one phone at a time, the caller told in between, and an honest end when nobody is left."""

from dataclasses import replace
from datetime import time, timedelta

import pytest

from flows.effects import AttemptEnded, News, NotifyShiftManager, RingClosed
from flows.prompts.spoken import Moment, Span, Words
from flows.rules.cooldown import Outcome, Standing
from flows.rules.ladder import Ladder
from flows.rules.position import after_attempt
from flows.rules.ring_outcome import RingOutcome
from flows.rules.working_time import Hours, WorkingTime
from flows.turn import CheckCooldown, Ring
from tests.flows.on_the_line import OnTheLine
from tests.flows.world import CONTACT, FOUND, LADDER, LEVEL_1, LEVEL_2, LEVEL_3, LINE, MINUTE, NOW, ladder

SUNDAYS = WorkingTime(zone="America/New_York", hours=(Hours(weekday=6, opens=time(8), closes=time(18)),))

WAYS_OFFERED = ("ways.message", "ways.goodbye")


@pytest.fixture
def caller() -> OnTheLine:
    """A caller for whom Level 1 is being rung."""
    waiting = OnTheLine()
    waiting.reaches_ringing()
    return waiting


def rung_by(caller: OnTheLine) -> list[str]:
    """Every phone rung until nobody is left, none of them answered."""
    rung = []
    while caller.call.attempt is not None:
        caller.nobody_objects()
        rung.append(caller.rings)
        caller.ring_ends(RingOutcome.NO_ANSWER)
    return rung


def changed(**level_1: object) -> Ladder:
    """The ladder with a Level 1 of another kind."""
    first, *others = LADDER.levels
    return replace(LADDER, levels=(replace(first, **level_1), *others))  # type: ignore[arg-type]  # fields of a level


def test_the_first_level_is_rung_and_the_caller_told_for_how_long_at_most(caller: OnTheLine) -> None:
    assert caller.turn.then == Ring(
        number=LEVEL_1,
        ring_seconds=25,
        talk_limit=timedelta(minutes=60),
        rank=1,
        title="Level 1",
        name="Manager 101",
        language="en",
        person=LEVEL_1,
    )
    assert caller.hears == ("ring.ringing",)
    assert caller.sentence("ring.ringing").values == {
        "title": Words("Level 1"),
        "wait": Span(timedelta(seconds=75), at_most=True),
    }


@pytest.mark.parametrize(
    ("outcome", "sentence"),
    [
        (RingOutcome.DECLINED, "ring.declined"),
        (RingOutcome.NOT_ACCEPTED, "ring.not_accepted"),
        (RingOutcome.NO_ANSWER, "ring.no_answer"),
        (RingOutcome.BUSY, "ring.busy"),
        (RingOutcome.FAILED, "ring.failed"),
        (RingOutcome.NOT_ALLOWED, "ring.failed"),
    ],
)
def test_a_ring_without_a_talk_is_explained_and_the_next_level_rung(
    caller: OnTheLine, outcome: RingOutcome, sentence: str
) -> None:
    caller.ring_ends(outcome)

    assert caller.hears == (sentence,)
    assert caller.sentence(sentence).values == {"title": Words("Level 1")}
    assert caller.states == (RingClosed(outcome=outcome),)
    assert caller.turn.then == CheckCooldown()
    caller.nobody_objects()
    assert caller.rings == LEVEL_2


def test_the_ladder_is_climbed_to_its_top_and_then_the_caller_hears_the_truth(caller: OnTheLine) -> None:
    caller.ring_ends(RingOutcome.DECLINED)
    caller.nobody_objects()
    caller.ring_ends(RingOutcome.BUSY)
    caller.nobody_objects()
    caller.ring_ends(RingOutcome.NO_ANSWER)

    assert caller.is_asked("ways")
    told = ("ring.no_answer", "exhausted.sorry", "exhausted.notified", "exhausted.again")
    assert caller.hears == (*told, *WAYS_OFFERED)
    opens = Moment(NOW + 15 * MINUTE, NOW, LINE.zone)
    assert caller.sentence("exhausted.again").values == {"opens": opens}


def test_nobody_reached_is_kept_and_the_shift_manager_told(caller: OnTheLine) -> None:
    for _ in range(2):
        caller.ring_ends(RingOutcome.NO_ANSWER)
        caller.nobody_objects()
    caller.ring_ends(RingOutcome.NO_ANSWER)

    assert caller.states == (
        AttemptEnded(attempt=7, outcome=Outcome.EXHAUSTED, quiet_until=NOW + 15 * MINUTE, talked=0),
        NotifyShiftManager(news=News.NOBODY_REACHED, attempt=7),
        RingClosed(outcome=RingOutcome.NO_ANSWER),
    )
    assert caller.call.attempt is None


def test_the_members_of_a_level_are_rung_in_turn_before_the_next_level() -> None:
    caller = OnTheLine()

    caller.escalates(replace(FOUND, ladder=ladder((LEVEL_1, LEVEL_2), (LEVEL_3,))))

    assert rung_by(caller) == [LEVEL_1, LEVEL_2, LEVEL_3]


def test_a_phone_that_stands_on_two_levels_is_rung_once() -> None:
    caller = OnTheLine()

    caller.escalates(replace(FOUND, ladder=ladder((LEVEL_1,), (LEVEL_1, LEVEL_2))))

    assert rung_by(caller) == [LEVEL_1, LEVEL_2]


@pytest.mark.parametrize("number", [LINE.number, CONTACT, ""], ids=["the line's own", "the caller's", "no phone"])
def test_a_number_that_must_not_ring_is_passed_over(number: str) -> None:
    caller = OnTheLine()

    caller.escalates(replace(FOUND, ladder=ladder((number,), (LEVEL_2,))))

    assert rung_by(caller) == [LEVEL_2]


def test_a_withheld_caller_number_bars_nobody() -> None:
    caller = OnTheLine(caller="")

    caller.escalates()

    assert rung_by(caller) == [LEVEL_1, LEVEL_2, LEVEL_3]


@pytest.mark.parametrize(
    "resting",
    [changed(email_only=True), changed(active=SUNDAYS), changed(members=())],
    ids=["e-mail only", "off duty today", "empty"],
)
def test_a_level_without_a_phone_to_ring_is_passed_over(resting: Ladder) -> None:
    caller = OnTheLine()

    caller.escalates(replace(FOUND, ladder=resting))

    assert rung_by(caller) == [LEVEL_2, LEVEL_3]


def test_where_nobody_can_be_rung_the_shift_manager_is_told_and_the_caller_hears_it() -> None:
    caller = OnTheLine()

    caller.reaches_ringing(replace(FOUND, ladder=ladder()))

    assert caller.hears == ("exhausted.off_duty", "exhausted.off_duty_mailed", *WAYS_OFFERED)
    assert caller.attempt_ended == AttemptEnded(attempt=7, outcome=Outcome.NOBODY_ON_DUTY, quiet_until=None, talked=0)
    told = [effect.news for effect in caller.states if isinstance(effect, NotifyShiftManager)]
    assert told == [News.ESCALATION_ACCEPTED, News.NOBODY_ON_DUTY]


@pytest.mark.parametrize(
    ("last_talked", "rung"),
    [(0, [LEVEL_1, LEVEL_2, LEVEL_3]), (1, [LEVEL_2, LEVEL_3]), (2, [LEVEL_3]), (3, [LEVEL_3])],
    ids=["nobody", "Level 1", "Level 2", "the top level"],
)
def test_a_new_call_resumes_above_the_last_level_that_talked(last_talked: int, rung: list[str]) -> None:
    caller = OnTheLine()

    caller.escalates(replace(FOUND, standing=Standing(last_talked=last_talked)))

    assert rung_by(caller) == rung


def test_a_level_that_talked_before_is_not_forgotten_when_nobody_is_reached_now() -> None:
    caller = OnTheLine()
    caller.reaches_ringing(replace(FOUND, standing=Standing(last_talked=2)))

    caller.ring_ends(RingOutcome.NO_ANSWER)

    assert after_attempt(2, caller.attempt_ended.talked, agreed=caller.attempt_ended.agreed) == 2


class TestCooldownBegan:
    """A manager asked for quiet while the ladder rang; that wins."""

    def test_nobody_else_is_rung_and_the_caller_hears_until_when(self, caller: OnTheLine) -> None:
        caller.ring_ends(RingOutcome.DECLINED)
        caller.cooldown_begins(until=NOW + 30 * MINUTE)

        assert caller.is_asked("ways")
        assert caller.hears == ("ring.cooldown_began", *WAYS_OFFERED)
        opens = Moment(NOW + 30 * MINUTE, NOW, LINE.zone)
        assert caller.sentence("ring.cooldown_began").values == {"opens": opens}

    def test_the_shift_manager_is_told_that_nobody_was_reached(self, caller: OnTheLine) -> None:
        caller.ring_ends(RingOutcome.DECLINED)
        caller.cooldown_begins(until=NOW + 30 * MINUTE)

        assert caller.attempt_ended.outcome is Outcome.EXHAUSTED
        assert NotifyShiftManager(news=News.NOBODY_REACHED, attempt=7) in caller.states

    def test_before_the_first_ring_it_wins_too(self) -> None:
        caller = OnTheLine()
        caller.escalates()

        caller.cooldown_begins(until=NOW + 30 * MINUTE)

        assert caller.hears == ("ring.cooldown_began", *WAYS_OFFERED)
        assert caller.is_asked("ways")

    def test_after_a_talk_it_only_ends_the_attempt(self) -> None:
        caller = OnTheLine()
        caller.talks()
        caller.presses("2")

        caller.cooldown_begins(until=NOW + 30 * MINUTE)

        assert caller.attempt_ended.outcome is Outcome.REACHED
        assert not any(isinstance(effect, NotifyShiftManager) for effect in caller.states)
