"""Escalate now? The caller hears what will happen and how long at most; only a key starts the ladder, never silence."""

from dataclasses import replace
from datetime import timedelta

import pytest

from flows.effects import News, NotifyShiftManager
from flows.heard import Spared
from flows.prompts.spoken import Span, Words
from flows.rules.cooldown import Standing
from flows.rules.ring_outcome import RingOutcome
from flows.turn import CheckCooldown, Claim
from tests.flows.on_the_line import OnTheLine
from tests.flows.world import CONTACT, DUTY, FOUND, LEVEL_1, LEVEL_2, LINE, ladder

KEYS = ("confirm.escalate", "confirm.other_ticket", "confirm.repeat")
ONE_RING = timedelta(seconds=25 + 5 + 45)
"""Ring time, what the carrier adds, and the longest the manager's conversation takes."""


@pytest.fixture
def caller() -> OnTheLine:
    """A caller whose ticket may be escalated and who has not answered yet."""
    asked = OnTheLine()
    asked.keys_the_ticket()
    return asked


def test_the_caller_hears_the_ticket_what_will_happen_and_the_keys(caller: OnTheLine) -> None:
    assert caller.hears == ("ticket.found", "confirm.more_levels", *KEYS)
    assert caller.sentence("confirm.more_levels").values == {
        "first": Words("Level 1"),
        "last": Words("Level 3"),
        "wait": Span(3 * ONE_RING, at_most=True),
    }


def test_a_ladder_of_one_level_promises_no_more() -> None:
    caller = OnTheLine()

    caller.keys_the_ticket(replace(FOUND, ladder=ladder((LEVEL_1,))))

    wait = Span(ONE_RING, at_most=True)
    assert caller.sentence("confirm.one_level").values == {"first": Words("Level 1"), "wait": wait}


def test_a_phone_that_stands_on_two_levels_is_promised_once() -> None:
    caller = OnTheLine()

    caller.keys_the_ticket(replace(FOUND, ladder=ladder((LEVEL_1,), (LEVEL_1, LEVEL_2))))

    assert caller.sentence("confirm.more_levels").values["wait"] == Span(2 * ONE_RING, at_most=True)


def test_phones_that_will_not_be_rung_are_not_promised() -> None:
    caller = OnTheLine()

    caller.keys_the_ticket(replace(FOUND, ladder=ladder((CONTACT, LINE.number), (LEVEL_2,))))

    assert caller.sentence("confirm.one_level").values["first"] == Words("Level 2")


def test_where_nobody_can_be_rung_the_mail_is_offered_instead() -> None:
    caller = OnTheLine()

    caller.keys_the_ticket(replace(FOUND, ladder=ladder()))

    assert caller.hears == ("ticket.found", "confirm.nobody", *KEYS)


def test_where_nobody_is_on_duty_the_duty_phone_is_offered() -> None:
    caller = OnTheLine(replace(LINE, duty_number=DUTY))

    caller.keys_the_ticket(replace(FOUND, ladder=ladder()))

    assert caller.hears == ("ticket.found", "confirm.duty", *KEYS)


@pytest.mark.parametrize(
    ("why", "sentence"),
    [
        (RingOutcome.OFF_DUTY, "confirm.duty"),
        (RingOutcome.ENGAGED, "confirm.nobody"),
        (RingOutcome.RUNG_ENOUGH, "confirm.nobody"),
    ],
)
def test_the_duty_phone_is_for_when_nobody_is_on_duty(why: RingOutcome, sentence: str) -> None:
    caller = OnTheLine(replace(LINE, duty_number=DUTY))

    caller.keys_the_ticket(replace(FOUND, ladder=ladder((LEVEL_1,)), spared=(Spared(person=LEVEL_1, why=why),)))

    assert caller.hears == ("ticket.found", sentence, *KEYS)


def test_whoever_is_off_duty_now_is_not_announced_but_may_be_back_when_it_rings() -> None:
    caller = OnTheLine()
    away = Spared(person=LEVEL_1, why=RingOutcome.OFF_DUTY)

    caller.keys_the_ticket(replace(FOUND, ladder=ladder((LEVEL_1,), (LEVEL_2,)), spared=(away,)))

    assert caller.sentence("confirm.one_level").values["first"] == Words("Level 2")
    assert caller.sentence("confirm.one_level").values["wait"] == Span(2 * ONE_RING, at_most=True)


def test_a_ticket_that_was_talked_about_starts_above_the_last_level_that_talked() -> None:
    caller = OnTheLine()

    caller.keys_the_ticket(replace(FOUND, standing=Standing(last_talked=1)))

    assert caller.sentence("confirm.more_levels").values["first"] == Words("Level 2")


def test_1_asks_for_the_claim_and_nothing_is_stated_before_it_is_won(caller: OnTheLine) -> None:
    caller.presses("1")

    assert caller.turn.then == Claim()
    assert caller.states == ()


def test_the_claim_won_tells_the_caller_and_the_shift_manager(caller: OnTheLine) -> None:
    caller.presses("1")
    caller.claim_is_won(attempt=7)

    assert caller.hears == ("claimed.notified",)
    assert caller.turn.then == CheckCooldown()
    caller.nobody_objects()
    assert caller.states == (NotifyShiftManager(news=News.ESCALATION_ACCEPTED, attempt=7),)


def test_2_asks_for_another_ticket_and_forgets_this_one(caller: OnTheLine) -> None:
    caller.presses("2")

    assert caller.hears == ("ticket.ask",)
    assert caller.call.ticket is None


def test_star_repeats_word_for_word_and_gives_all_tries_back(caller: OnTheLine) -> None:
    before = caller.turn.say
    caller.stays_silent()
    caller.presses("7")

    caller.presses("*")

    assert caller.turn.say == before
    assert caller.call.tries == 0


def test_silence_is_asked_about_in_other_words_and_never_escalates(caller: OnTheLine) -> None:
    said = []
    for _ in range(3):
        caller.stays_silent()
        said.append(caller.hears)
        assert caller.states == ()

    assert said == [("confirm.silence.first", *KEYS), ("confirm.silence.second", *KEYS), ("confirm.give_up",)]
    assert caller.is_over


@pytest.mark.parametrize("keys", ["3", "0", "#", "11"])
def test_nonsense_is_asked_about_in_other_words_and_never_escalates(caller: OnTheLine, keys: str) -> None:
    said = []
    for _ in range(3):
        caller.presses(keys)
        said.append(caller.hears)
        assert caller.states == ()

    assert said == [("confirm.nonsense.first", *KEYS), ("confirm.nonsense.second", *KEYS), ("confirm.give_up",)]
    assert caller.is_over
