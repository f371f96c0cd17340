"""Resolved, or the next level? "Work through the levels until you get resolution to your satisfaction" (article)."""

from dataclasses import replace

import pytest

from flows.effects import AttemptEnded, LevelInformed, NotifyShiftManager, RingClosed, TermsMissing
from flows.prompts.spoken import Moment, Words
from flows.rules.cooldown import Outcome
from flows.rules.ring_outcome import RingOutcome
from tests.flows.on_the_line import OnTheLine
from tests.flows.world import FOUND, HOUR, LADDER, LEVEL_1, LEVEL_2, LINE, NOW, ladder

KEYS = ("after_talk.resolved", "after_talk.next_level", "after_talk.repeat")


@pytest.fixture
def caller() -> OnTheLine:
    """A caller who has just talked to Level 1."""
    talked = OnTheLine()
    talked.talks()
    return talked


def reached(level: int, *, confirmed: bool = False) -> AttemptEnded:
    """The end of an attempt in which ``level`` was the highest to talk."""
    return AttemptEnded(
        attempt=7, outcome=Outcome.REACHED, quiet_until=NOW + HOUR, talked=level, confirmed=confirmed
    )


def test_the_ring_is_closed_and_the_caller_asked(caller: OnTheLine) -> None:
    assert caller.hears == ("after_talk.ask", *KEYS)
    assert caller.states == (RingClosed(outcome=RingOutcome.TALKED), TermsMissing())


def test_1_resolved_ends_the_attempt_as_reached(caller: OnTheLine) -> None:
    caller.presses("1")

    assert caller.hears == ("after_talk.glad",)
    assert caller.states == (reached(1, confirmed=True),)
    assert caller.is_over


def test_2_rings_the_next_level(caller: OnTheLine) -> None:
    caller.presses("2")
    caller.nobody_objects()

    assert caller.rings == LEVEL_2


def test_2_passes_over_the_colleagues_of_the_one_who_talked() -> None:
    caller = OnTheLine()
    caller.talks(replace(FOUND, ladder=ladder((LEVEL_1, "+12025550111"), (LEVEL_2,))))

    caller.presses("2")
    caller.nobody_objects()

    assert caller.rings == LEVEL_2


def test_star_repeats_and_gives_all_tries_back(caller: OnTheLine) -> None:
    before = caller.turn.say
    caller.stays_silent()

    caller.presses("*")

    assert caller.turn.say == before
    assert caller.call.tries == 0


def test_silence_is_asked_about_in_other_words_and_then_the_talk_noted(caller: OnTheLine) -> None:
    said = []
    for _ in range(3):
        caller.stays_silent()
        said.append(caller.hears)

    assert said == [("after_talk.silence.first", *KEYS), ("after_talk.silence.second", *KEYS), ("after_talk.noted",)]
    assert caller.states == (reached(1),)
    assert caller.is_over


def test_nonsense_is_asked_about_in_other_words_and_then_the_talk_noted(caller: OnTheLine) -> None:
    said = []
    for _ in range(3):
        caller.presses("9")
        said.append(caller.hears)

    assert said == [
        ("after_talk.nonsense.first", *KEYS),
        ("after_talk.nonsense.second", *KEYS),
        ("after_talk.noted",),
    ]
    assert caller.states == (reached(1),)


def test_the_note_says_who_talked_and_when_to_call_again(caller: OnTheLine) -> None:
    for _ in range(3):
        caller.stays_silent()

    opens = Moment(NOW + HOUR, NOW, LINE.zone)
    assert caller.sentence("after_talk.noted").values == {"title": Words("Level 1"), "opens": opens}


class TestTopLevel:
    """Above the highest level there is nobody."""

    @pytest.fixture
    def caller(self) -> OnTheLine:
        """A caller who has talked to the only level there is."""
        talked = OnTheLine()
        talked.talks(replace(FOUND, ladder=ladder((LEVEL_1,))))
        return talked

    def test_no_next_level_is_offered_and_the_caller_hears_why(self, caller: OnTheLine) -> None:
        assert caller.hears == ("after_talk.ask", "after_talk.top_level", "after_talk.resolved", "after_talk.repeat")
        assert caller.sentence("after_talk.top_level").values == {"title": Words("Level 1")}

    def test_2_means_nothing_there(self, caller: OnTheLine) -> None:
        caller.presses("2")

        assert caller.hears == ("after_talk.nonsense.first", "after_talk.resolved", "after_talk.repeat")


def test_a_talk_with_the_second_level_counts_as_the_second_level() -> None:
    caller = OnTheLine()
    caller.reaches_ringing()
    caller.ring_ends(RingOutcome.DECLINED)
    caller.nobody_objects()
    caller.ring_ends(RingOutcome.TALKED)

    caller.presses("1")

    assert caller.states == (reached(2, confirmed=True),)


def test_whoever_talked_and_then_reaches_nobody_higher_was_still_reached(caller: OnTheLine) -> None:
    caller.presses("2")
    for _ in LADDER.levels[1:]:
        caller.nobody_objects()
        caller.ring_ends(RingOutcome.NO_ANSWER)

    assert caller.hears == ("ring.no_answer", "exhausted.again", "ways.farewell")
    assert reached(1) in caller.states
    assert not any(isinstance(effect, NotifyShiftManager) for effect in caller.states)


def test_a_next_level_that_cannot_be_rung_now_is_said_so() -> None:
    first, *others = LADDER.levels
    by_mail = replace(LADDER, levels=(first, *(replace(level, email_only=True) for level in others)))
    caller = OnTheLine()
    caller.talks(replace(FOUND, ladder=by_mail))

    caller.presses("2")
    caller.nobody_objects()

    assert caller.hears == ("after_talk.top_level", "exhausted.again", "ways.farewell")
    assert caller.sentence("after_talk.top_level").values == {"title": Words("Level 1")}
    assert caller.states == (LevelInformed(attempt=7, level=1), LevelInformed(attempt=7, level=2), reached(1))
