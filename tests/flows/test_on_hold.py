"""On hold: what the rings beside mean for the caller, and what the caller is told meanwhile."""

from dataclasses import replace
from datetime import timedelta

import pytest

from flows.call import Leaving
from flows.effects import AttemptEnded, RingClosed, RingsStopped
from flows.heard import TicketFound
from flows.on_hold import TIME_TO_JOIN
from flows.prompts.spoken import Moment, Span, Words
from flows.rules.cooldown import Outcome
from flows.rules.hunt import CARRIER_ADDS, SCREENING
from flows.rules.ladder import Ladder, Order
from flows.rules.ring_outcome import RingOutcome
from flows.turn import AwaitTalkEnd, CheckCooldown, Hold, LeaveHold, Listen, ListenOnHold, Ring
from flows.wrap_up import Terms, WrapUp
from tests.flows.on_the_line import OnTheLine
from tests.flows.world import FOUND, HOUR, LEVEL_1, LEVEL_2, LEVEL_3, MINUTE, ladder

LONGEST_RING = timedelta(seconds=25) + CARRIER_ADDS + SCREENING
STOPPED = RingsStopped(outcome=RingOutcome.CALLER_LEFT)


def found(on: Ladder) -> TicketFound:
    """The ticket, with another ladder."""
    return replace(FOUND, ladder=on)


def together(*numbers: str) -> TicketFound:
    """A first level whose phones ring together, and one above."""
    first, above = ladder(numbers, (LEVEL_3,)).levels
    return found(Ladder(name="Support", levels=(replace(first, order=Order.TOGETHER), above)))


def on_hold(ticket: TicketFound = FOUND) -> OnTheLine:
    """A caller on hold while the first phone, or the first level, rings."""
    waiting = OnTheLine(hold=True)
    waiting.reaches_ringing(ticket)
    return waiting


@pytest.fixture
def caller() -> OnTheLine:
    """On hold while Level 1 rings."""
    return on_hold()


def rung(caller: OnTheLine) -> tuple[str, ...]:
    """The phones that begin to ring."""
    assert isinstance(caller.turn.then, Hold)
    return tuple(ring.number for ring in caller.turn.then.ring)


class TestRinging:
    """Phones ring beside; the caller hears music, and a word every twenty seconds."""

    def test_the_caller_is_told_whom_for_how_long_and_of_the_keys(self, caller: OnTheLine) -> None:
        assert caller.hears == ("ring.ringing", "hold.star")
        assert caller.sentence("ring.ringing").values["wait"] == Span(LONGEST_RING, at_most=True)
        assert rung(caller) == (LEVEL_1,)

    def test_twenty_seconds_pass_with_music_then_comes_a_word_with_the_time_that_is_left(
        self, caller: OnTheLine
    ) -> None:
        heard = []
        for _ in range(3):
            caller.waits(8)
            heard.append(caller.hears)

        assert heard == [(), (), ("hold.still_ringing",)]
        left = Span(LONGEST_RING - timedelta(seconds=24), at_most=True)
        assert caller.sentence("hold.still_ringing").values == {"title": Words("Level 1"), "wait": left}

    def test_the_next_word_comes_twenty_seconds_after_the_last(self, caller: OnTheLine) -> None:
        caller.waits(20)
        caller.waits(19)
        assert caller.hears == ()
        caller.waits(1)
        assert caller.hears == ("hold.still_ringing",)

    def test_looking_rings_nobody_again(self, caller: OnTheLine) -> None:
        caller.waits()
        assert rung(caller) == ()

    @pytest.mark.parametrize(
        ("outcome", "word"),
        [
            (RingOutcome.DECLINED, "ring.declined"),
            (RingOutcome.NOT_ACCEPTED, "ring.not_accepted"),
            (RingOutcome.NO_ANSWER, "ring.no_answer"),
            (RingOutcome.BUSY, "ring.busy"),
            (RingOutcome.FAILED, "ring.failed"),
            (RingOutcome.NOT_ALLOWED, "ring.failed"),
            (RingOutcome.CALLER_LEFT, "ring.no_answer"),
        ],
    )
    def test_a_phone_that_is_done_is_told_and_the_next_one_rings(
        self, caller: OnTheLine, outcome: RingOutcome, word: str
    ) -> None:
        caller.phone_ends(LEVEL_1, outcome)
        caller.waits()

        assert caller.hears == (word,)
        assert caller.turn.then == CheckCooldown()
        assert caller.states == ()
        caller.nobody_objects()
        assert rung(caller) == (LEVEL_2,)

    def test_lost_callbacks_cost_no_more_than_the_ring_time(self, caller: OnTheLine) -> None:
        caller.waits(LONGEST_RING.total_seconds() - 1)
        assert isinstance(caller.turn.then, Hold)

        caller.waits(1)

        assert caller.hears == ("ring.no_answer",)
        assert caller.states == (RingsStopped(outcome=RingOutcome.NO_ANSWER),)
        caller.nobody_objects()
        assert rung(caller) == (LEVEL_2,)

    def test_a_manager_who_accepted_is_waited_for_beyond_the_ring_time(self, caller: OnTheLine) -> None:
        caller.accepts(LEVEL_1)
        caller.waits((LONGEST_RING + TIME_TO_JOIN).total_seconds() - 1)

        assert caller.turn.then == Hold(joining=True)
        assert caller.hears == ()

    def test_a_manager_who_is_lost_between_key_and_talk_does_not_hold_the_ladder_up(self, caller: OnTheLine) -> None:
        caller.accepts(LEVEL_1)
        caller.waits((LONGEST_RING + TIME_TO_JOIN).total_seconds())

        assert caller.hears == ("ring.no_answer",)
        assert RingClosed(outcome=RingOutcome.NOT_ACCEPTED) in caller.states
        caller.nobody_objects()
        assert rung(caller) == (LEVEL_2,)

    def test_the_managers_leg_may_tell_first_that_the_talk_is_over(self, caller: OnTheLine) -> None:
        caller.accepts(LEVEL_1)
        caller.phone_ends(LEVEL_1, RingOutcome.TALKED)
        caller.waits()

        assert caller.turn.then == Hold()
        assert caller.hears == ()

    def test_when_nobody_is_left_the_caller_hears_it_on_hold(self) -> None:
        caller = on_hold(found(ladder((LEVEL_1,))))
        caller.phone_ends(LEVEL_1, RingOutcome.BUSY)
        caller.waits()

        assert caller.hears == ("ring.busy", "exhausted.sorry", "exhausted.notified", "exhausted.again")
        assert caller.turn.then == LeaveHold()
        caller.hold_ends(talked=False)
        assert caller.is_asked("ways")
        assert caller.hears == ("ways.message", "ways.goodbye")

    def test_whoever_hangs_up_on_the_way_to_the_question_leaves_nothing_open(self) -> None:
        caller = on_hold(found(ladder((LEVEL_1,))))
        caller.phone_ends(LEVEL_1, RingOutcome.BUSY)
        caller.waits()

        caller.hold_ends(talked=False, caller_left=True)

        assert caller.is_over
        assert caller.hears == ()
        assert caller.states == ()


class TestTogether:
    """A level whose phones ring at once."""

    def test_all_phones_of_the_level_ring(self) -> None:
        assert rung(on_hold(together(LEVEL_1, LEVEL_2))) == (LEVEL_1, LEVEL_2)

    def test_a_phone_two_members_share_rings_once(self) -> None:
        assert rung(on_hold(together(LEVEL_1, LEVEL_1, LEVEL_2))) == (LEVEL_1, LEVEL_2)

    def test_the_level_rings_while_one_phone_does(self) -> None:
        caller = on_hold(together(LEVEL_1, LEVEL_2))
        caller.phone_ends(LEVEL_1, RingOutcome.BUSY)
        caller.waits()
        assert caller.turn.then == Hold()

    def test_of_several_ends_the_one_closest_to_a_talk_is_told(self) -> None:
        caller = on_hold(together(LEVEL_1, LEVEL_2))
        caller.phone_ends(LEVEL_1, RingOutcome.FAILED)
        caller.phone_ends(LEVEL_2, RingOutcome.DECLINED)
        caller.waits()

        assert caller.hears == ("ring.declined",)
        caller.nobody_objects()
        assert rung(caller) == (LEVEL_3,)

    def test_one_phone_that_was_placed_is_enough_to_stay_on_hold(self) -> None:
        caller = on_hold(together(LEVEL_1, LEVEL_2))
        caller.phone_ends(LEVEL_1, RingOutcome.NOT_PLACED)
        caller.phone_ends(LEVEL_2, RingOutcome.NO_ANSWER)
        caller.waits()
        assert caller.turn.then == CheckCooldown()


class TestNotPlaced:
    """The carrier did not take the order: the phone is dialled from the caller's own leg."""

    @pytest.fixture
    def leaving(self, caller: OnTheLine) -> OnTheLine:
        """About to be taken off hold."""
        caller.phone_ends(LEVEL_1, RingOutcome.NOT_PLACED)
        caller.waits()
        return caller

    def test_the_caller_hears_a_sentence_and_leaves_hold(self, leaving: OnTheLine) -> None:
        assert leaving.hears == ("trouble.hold",)
        assert leaving.turn.then == LeaveHold()
        assert leaving.call.leaving is Leaving.TO_DIAL

    def test_then_the_same_phone_is_dialled(self, leaving: OnTheLine) -> None:
        leaving.hold_ends(talked=False)
        leaving.nobody_objects()
        assert isinstance(leaving.turn.then, Ring)
        assert leaving.rings == LEVEL_1

    def test_the_next_phone_is_rung_beside_again(self, leaving: OnTheLine) -> None:
        leaving.hold_ends(talked=False)
        leaving.nobody_objects()
        leaving.ring_ends(RingOutcome.NO_ANSWER)
        leaving.nobody_objects()
        assert rung(leaving) == (LEVEL_2,)

    def test_a_caller_who_leaves_meanwhile_has_rung_nobody(self, leaving: OnTheLine) -> None:
        leaving.hold_ends(talked=False, caller_left=True)
        assert leaving.is_over
        assert leaving.attempt_ended.outcome is Outcome.LEFT_EARLY


class TestChoices:
    """Any key brings them; the phones ring on."""

    @pytest.fixture
    def asked(self, caller: OnTheLine) -> OnTheLine:
        """Asked what to do."""
        caller.presses("*")
        return caller

    def test_any_key_brings_them(self, asked: OnTheLine) -> None:
        assert asked.hears == ("hold.keep_waiting", "hold.message", "hold.mail_only", "hold.goodbye")
        assert asked.turn.then == ListenOnHold()
        assert asked.states == ()

    def test_keep_waiting(self, asked: OnTheLine) -> None:
        asked.presses("1")
        assert asked.hears == ("hold.waiting_on",)
        assert asked.turn.then == Hold()

    @pytest.mark.parametrize(("key", "word"), [("4", "hold.mailed"), ("9", "refused.goodbye")])
    def test_leaving_stops_the_phones_and_ends_the_attempt(self, asked: OnTheLine, key: str, word: str) -> None:
        asked.presses(key)

        assert asked.is_over
        assert asked.hears == (word,)
        assert asked.attempt_ended.outcome is Outcome.ABANDONED
        assert STOPPED in asked.states

    def test_nonsense_and_silence_are_asked_once_more_then_the_wait_goes_on(self, asked: OnTheLine) -> None:
        said = []
        asked.presses("5")
        said.append(asked.hears[0])
        asked.waits()
        said.append(asked.hears[0])

        assert said == ["hold.nonsense.first", "hold.waiting_on"]
        assert asked.turn.then == Hold()


class TestAfterTheTalk:
    """The manager states terms while the caller is kept for at most forty seconds."""

    @pytest.fixture
    def kept(self, caller: OnTheLine) -> OnTheLine:
        """The talk with Level 1 is over."""
        caller.talks_on_hold(LEVEL_1)
        return caller

    def test_the_caller_is_asked_to_stay_once_it_is_clear_that_the_manager_has_not_just_hung_up(
        self, kept: OnTheLine
    ) -> None:
        assert kept.states == (RingClosed(outcome=RingOutcome.TALKED),)
        heard = [kept.hears]
        for seconds in (0, 4, 4):
            kept.waits(seconds)
            heard.append(kept.hears)

        assert heard == [(), (), ("hold.wrapping_up",), ()]
        assert kept.turn.then == Hold(seconds=4)

    def test_a_manager_known_to_have_hung_up_is_not_waited_for(self, caller: OnTheLine) -> None:
        caller.accepts(LEVEL_1)
        caller.hold_ends(talked=True, manager_left=True)

        assert caller.hears[0] == "after_talk.ask"
        assert caller.states == (RingClosed(outcome=RingOutcome.TALKED),)

    def test_until_terms_are_stated_the_caller_waits(self, kept: OnTheLine) -> None:
        kept.waits(39)
        assert isinstance(kept.turn.then, Hold)

    def test_after_forty_seconds_the_caller_is_asked_without_terms(self, kept: OnTheLine) -> None:
        kept.waits(40)
        assert kept.hears == ()
        assert kept.turn.then == LeaveHold()
        assert kept.call.leaving is Leaving.TO_ASK

    def test_a_manager_who_has_hung_up_states_nothing_more(self, kept: OnTheLine) -> None:
        kept.waits(4, manager_left=True)
        assert kept.turn.then == LeaveHold()
        assert kept.call.leaving is Leaving.TO_ASK

    @pytest.mark.parametrize(
        ("terms", "word"),
        [
            (Terms.RESOLVED, "terms.resolved"),
            (Terms.PROMISED, "terms.promised"),
            (Terms.QUIET, "terms.quiet"),
        ],
    )
    def test_terms_are_read_and_the_caller_has_a_say(self, kept: OnTheLine, terms: Terms, word: str) -> None:
        until = None if terms is Terms.RESOLVED else kept.now + HOUR
        kept.waits(wrap_up=WrapUp(terms=terms, until=until))

        assert kept.hears == (word,)
        assert kept.turn.then == LeaveHold()
        kept.hold_ends(talked=False)
        assert isinstance(kept.turn.then, Listen)
        assert kept.call.step == "after_talk"

    def test_a_promise_is_read_with_its_time_and_becomes_the_cooldown(self, kept: OnTheLine) -> None:
        until = kept.now + 30 * MINUTE
        kept.waits(wrap_up=WrapUp(terms=Terms.PROMISED, until=until))
        promised = kept.sentence("terms.promised").values["until"]
        kept.hold_ends(talked=False)
        kept.presses("1")

        assert promised == Moment(until, kept.now, "America/New_York")
        assert kept.attempt_ended == AttemptEnded(
            attempt=7, outcome=Outcome.REACHED, quiet_until=until, talked=1, confirmed=True
        )

    @pytest.mark.parametrize(
        ("terms", "opens"), [(Terms.PROMISED, 3 * HOUR), (Terms.QUIET, 3 * HOUR), (Terms.RESOLVED, HOUR)]
    )
    def test_whoever_says_nothing_hears_when_the_ticket_opens_again(
        self, kept: OnTheLine, terms: Terms, opens: timedelta
    ) -> None:
        until = None if terms is Terms.RESOLVED else kept.now + 3 * HOUR
        kept.waits(0, wrap_up=WrapUp(terms=terms, until=until))
        kept.hold_ends(talked=False)
        for _ in range(3):
            kept.stays_silent()

        assert kept.is_over
        assert kept.sentence("after_talk.noted").values["opens"] == Moment(
            kept.now + opens, kept.now, "America/New_York"
        )

    @pytest.mark.parametrize(("terms", "agreed"), [(Terms.RESOLVED, True), (Terms.PROMISED, False)])
    def test_resolved_for_both_begins_anew_next_time(self, kept: OnTheLine, terms: Terms, agreed: bool) -> None:
        until = None if terms is Terms.RESOLVED else kept.now + HOUR
        kept.waits(wrap_up=WrapUp(terms=terms, until=until))
        kept.hold_ends(talked=False)
        kept.presses("1")
        assert (kept.attempt_ended.confirmed, kept.attempt_ended.agreed) == (True, agreed)

    def test_resolved_for_the_manager_alone_is_no_agreement(self, kept: OnTheLine) -> None:
        kept.waits(wrap_up=WrapUp(terms=Terms.RESOLVED))
        kept.hold_ends(talked=False)
        kept.hangs_up()
        assert (kept.attempt_ended.confirmed, kept.attempt_ended.agreed) == (False, False)

    def test_an_agreement_is_with_the_manager_who_talked_last(self, kept: OnTheLine) -> None:
        kept.waits(wrap_up=WrapUp(terms=Terms.RESOLVED))
        kept.hold_ends(talked=False)
        kept.presses("2")
        kept.nobody_objects()
        kept.talks_on_hold(LEVEL_2)
        kept.waits(manager_left=True)
        kept.hold_ends(talked=False)
        kept.presses("1")
        assert (kept.attempt_ended.talked, kept.attempt_ended.agreed) == (2, False)

    def test_handing_up_rings_the_next_level_without_leaving_hold(self, kept: OnTheLine) -> None:
        kept.waits(wrap_up=WrapUp(terms=Terms.HANDED_UP))

        assert kept.hears == ("terms.handed_up",)
        kept.nobody_objects()
        assert rung(kept) == (LEVEL_2,)

    def test_a_manager_who_comes_back_talks_again(self, kept: OnTheLine) -> None:
        kept.waits(10)
        kept.hold_ends(talked=True)

        assert kept.call.wrap_until == kept.now + timedelta(seconds=40)


    def test_who_keeps_waiting_for_the_managers_word_is_not_told_that_phones_ring(self, kept: OnTheLine) -> None:
        kept.presses("*")
        assert kept.hears == ("hold.keep_waiting", "hold.goodbye")
        kept.presses("1")
        assert kept.hears == ("hold.wrapping_up",)
        kept.waits()
        assert kept.hears == ()

    def test_there_is_no_ringing_to_stop_any_more(self, kept: OnTheLine) -> None:
        kept.presses("*")
        kept.presses("2")
        assert kept.hears[0] == "hold.nonsense.first"

    def test_who_says_goodbye_meanwhile_has_been_reached(self, kept: OnTheLine) -> None:
        kept.presses("*")
        kept.presses("9")
        assert kept.is_over
        assert kept.attempt_ended.outcome is Outcome.REACHED


class TestTheCallerLeaves:
    """The receiver is put down; nobody rings for nobody."""

    def test_while_phones_ring(self, caller: OnTheLine) -> None:
        caller.hangs_up()

        assert caller.is_over
        assert caller.attempt_ended.outcome is Outcome.ABANDONED
        assert STOPPED in caller.states

    def test_the_end_of_the_hold_may_tell_it_first(self, caller: OnTheLine) -> None:
        caller.hold_ends(talked=False, caller_left=True)

        assert caller.is_over
        assert caller.hears == ()
        assert STOPPED in caller.states

    def test_after_the_talk_it_counts_as_reached(self, caller: OnTheLine) -> None:
        caller.talks_on_hold(LEVEL_1)
        caller.hangs_up()

        assert caller.is_over
        assert caller.attempt_ended.outcome is Outcome.REACHED

    @pytest.mark.parametrize(
        ("ended", "outcome", "talked"),
        [(RingOutcome.TALKED, Outcome.REACHED, 1), (RingOutcome.CALLER_LEFT, Outcome.ABANDONED, 0)],
    )
    def test_just_as_a_manager_accepts_the_managers_leg_has_the_last_word(
        self, caller: OnTheLine, ended: RingOutcome, outcome: Outcome, talked: int
    ) -> None:
        caller.accepts(LEVEL_1)
        caller.hold_ends(talked=False, caller_left=True)
        assert caller.turn.then == AwaitTalkEnd()
        caller.waits()
        assert caller.turn.then == AwaitTalkEnd()

        caller.phone_ends(LEVEL_1, ended)
        caller.waits()

        assert caller.is_over
        assert caller.attempt_ended.outcome is outcome
        assert caller.attempt_ended.talked == talked

    def test_a_talk_with_the_level_below_is_no_talk_with_the_one_that_just_accepted(self, caller: OnTheLine) -> None:
        caller.talks_on_hold(LEVEL_1)
        caller.waits(wrap_up=WrapUp(terms=Terms.HANDED_UP))
        caller.nobody_objects()
        caller.accepts(LEVEL_2)
        caller.hangs_up(while_a_manager_accepted=True)
        caller.phone_ends(LEVEL_2, RingOutcome.CALLER_LEFT)
        caller.waits()

        assert caller.is_over
        assert caller.attempt_ended.talked == 1
