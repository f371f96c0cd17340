"""Nobody could be reached: a message can be left, and it is kept unless the caller says otherwise."""

from dataclasses import replace
from datetime import timedelta

import pytest

from flows.call import Leaving
from flows.effects import AttemptEnded, MessageDiscarded, MessageLeft, RingClosed, RingsStopped
from flows.rules.cooldown import Outcome
from flows.rules.ring_outcome import RingOutcome
from flows.rules.way_forward import MessageTerms
from flows.turn import Hold, LeaveHold, Record
from tests.flows.on_the_line import OnTheLine
from tests.flows.world import LEVEL_1, LINE

REVIEWED = ("review.yours", "review.keep", "review.again", "review.discard")


@pytest.fixture
def caller() -> OnTheLine:
    """A caller who has reached nobody and is asked what to do."""
    unlucky = OnTheLine()
    unlucky.reaches_nobody()
    return unlucky


@pytest.fixture
def speaker(caller: OnTheLine) -> OnTheLine:
    """A caller who is about to speak after the tone."""
    caller.presses("1")
    return caller


@pytest.fixture
def reviewer(speaker: OnTheLine) -> OnTheLine:
    """A caller who has spoken and hears the message again."""
    speaker.speaks()
    return speaker


def test_before_the_tone_the_caller_hears_that_it_is_recorded_and_who_gets_it(speaker: OnTheLine) -> None:
    assert speaker.hears == ("message.consent",)
    assert speaker.turn.then == Record(longest=timedelta(minutes=2), silence=timedelta(seconds=5))


def test_the_message_is_played_back_with_the_choice_to_keep_it(reviewer: OnTheLine) -> None:
    assert reviewer.hears == REVIEWED
    assert reviewer.sentence("review.yours").recording == 1
    assert reviewer.is_asked("review")


def test_kept(reviewer: OnTheLine) -> None:
    reviewer.presses("1")

    assert reviewer.is_over
    assert reviewer.hears == ("message.kept", "ways.farewell")
    assert reviewer.states == (MessageLeft(),)


def test_made_anew_the_first_one_is_deleted(reviewer: OnTheLine) -> None:
    reviewer.presses("2")

    assert reviewer.states == (MessageDiscarded(message=1),)
    assert isinstance(reviewer.turn.then, Record)
    reviewer.speaks(2)
    assert reviewer.sentence("review.yours").recording == 2


def test_deleted_the_other_ways_are_still_open(reviewer: OnTheLine) -> None:
    reviewer.presses("3")

    assert reviewer.states == (MessageDiscarded(message=1),)
    assert reviewer.is_asked("ways")
    assert reviewer.hears[0] == "message.discarded"
    reviewer.hangs_up()
    assert reviewer.states == ()


def test_silence_keeps_it_after_a_reminder(reviewer: OnTheLine) -> None:
    reviewer.stays_silent()
    assert reviewer.hears[0] == "review.silence.first"
    assert reviewer.states == ()

    reviewer.stays_silent()
    assert reviewer.is_over
    assert reviewer.states == (MessageLeft(),)


def test_nonsense_is_asked_again_in_other_words_and_in_the_end_it_is_kept(reviewer: OnTheLine) -> None:
    said = []
    for _ in range(2):
        reviewer.presses("7")
        said.append(reviewer.hears[0])
    reviewer.presses("7")

    assert said == ["review.nonsense.first", "review.nonsense.second"]
    assert reviewer.states == (MessageLeft(),)


def test_hanging_up_after_speaking_keeps_it(reviewer: OnTheLine) -> None:
    reviewer.hangs_up()

    assert reviewer.states == (MessageLeft(),)


def test_hanging_up_while_speaking_leaves_what_was_said_and_it_is_looked_for(speaker: OnTheLine) -> None:
    speaker.hangs_up()

    assert speaker.states == (MessageLeft(awaited=True),)


def test_hanging_up_while_being_asked_leaves_no_message(caller: OnTheLine) -> None:
    caller.hangs_up()

    assert caller.states == ()


def test_whoever_says_nothing_is_asked_once_more_then_offered_the_ways(speaker: OnTheLine) -> None:
    speaker.says_nothing()
    assert speaker.hears == ("message.nothing", "message.consent")

    speaker.says_nothing()
    assert speaker.hears[0] == "message.still_nothing"
    assert speaker.is_asked("ways")


def test_goodbye(caller: OnTheLine) -> None:
    caller.presses("9")

    assert caller.is_over
    assert caller.hears == ("ways.farewell",)


def test_silence_and_nonsense_at_the_question_end_in_a_farewell(caller: OnTheLine) -> None:
    said = []
    for _ in range(2):
        caller.stays_silent()
        said.append(caller.hears[0])
    caller.stays_silent()

    assert said == ["ways.silence.first", "ways.silence.second"]
    assert caller.is_over
    assert caller.hears == ("ways.farewell",)


def test_a_line_that_takes_no_messages_offers_none() -> None:
    caller = OnTheLine(replace(LINE, message=MessageTerms(offered=False)))
    caller.reaches_nobody()

    assert caller.is_over
    assert caller.hears[-2:] == ("exhausted.again", "ways.farewell")


class TestOnHold:
    """While phones ring, any key brings the choice to leave a message instead."""

    @pytest.fixture
    def leaving(self) -> OnTheLine:
        """A caller on hold who has chosen to leave a message."""
        waiting = OnTheLine(hold=True)
        waiting.reaches_ringing()
        waiting.presses("*")
        waiting.presses("2")
        return waiting

    def test_the_phones_stop_and_the_caller_is_taken_off_hold(self, leaving: OnTheLine) -> None:
        assert leaving.hears == ("hold.stopped",)
        assert leaving.turn.then == LeaveHold()
        assert leaving.call.leaving is Leaving.TO_RECORD
        assert leaving.states == (RingsStopped(outcome=RingOutcome.CALLER_LEFT),)

    def test_then_the_attempt_is_over_and_the_tone_comes(self, leaving: OnTheLine) -> None:
        leaving.hold_ends(talked=False)

        assert isinstance(leaving.turn.then, Record)
        assert leaving.hears == ("message.consent",)
        assert leaving.attempt_ended.outcome is Outcome.ABANDONED
        assert leaving.call.attempt is None

    def test_a_manager_who_was_quicker_is_heard_first(self, leaving: OnTheLine) -> None:
        leaving.hold_ends(talked=True)

        assert leaving.is_asked("after_talk")
        assert leaving.states == (RingClosed(outcome=RingOutcome.TALKED),)
        leaving.presses("1")
        assert leaving.attempt_ended.outcome is Outcome.REACHED
        assert leaving.attempt_ended.talked == 1

    def test_hanging_up_on_the_way_ends_the_attempt_once(self, leaving: OnTheLine) -> None:
        leaving.hold_ends(talked=False, caller_left=True)

        assert leaving.is_over
        assert sum(isinstance(effect, AttemptEnded) for effect in leaving.states) == 1

    def test_a_line_that_takes_no_messages_does_not_offer_it(self) -> None:
        waiting = OnTheLine(replace(LINE, message=MessageTerms(offered=False)), hold=True)
        waiting.reaches_ringing()
        waiting.presses("*")
        assert waiting.hears == ("hold.keep_waiting", "hold.mail_only", "hold.goodbye")

        waiting.presses("2")
        assert waiting.hears[0] == "hold.nonsense.first"
        waiting.presses("1")
        assert waiting.turn.then == Hold()
        assert waiting.call.ringing == (LEVEL_1,)


@pytest.mark.parametrize(
    ("terms", "words"),
    [
        ({"longest": timedelta(seconds=5)}, "from 10s to 10m"),
        ({"longest": timedelta(hours=1)}, "from 10s to 10m"),
        ({"silence": timedelta(seconds=1)}, "from 2s to 30s"),
        ({"longest": timedelta(minutes=3), "transcribe": True}, "at most 2m"),
    ],
)
def test_terms_the_carrier_cannot_keep_are_refused(terms: dict[str, timedelta], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        MessageTerms(**terms)  # type: ignore[arg-type]  # a length or a truth
