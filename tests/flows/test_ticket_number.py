"""Which ticket? Three tries, each asked in other words, and then a goodbye that says how to do better."""

import pytest

from flows.effects import WrongTicketTried
from flows.prompts.spoken import Count, Spelled, Words
from flows.turn import FindTicket, Listen
from tests.flows.on_the_line import OnTheLine


def test_the_line_says_who_answers_and_asks_for_the_ticket() -> None:
    caller = OnTheLine()

    assert caller.hears == ("greeting.welcome", "ticket.ask")
    assert caller.sentence("greeting.welcome").values == {"company": Words("Northwind")}
    assert isinstance(caller.turn.then, Listen)


def test_a_keyed_number_is_looked_up() -> None:
    caller = OnTheLine()

    caller.presses("48213")

    assert caller.turn.then == FindTicket(number="48213")


def test_leading_zeros_belong_to_the_number() -> None:
    caller = OnTheLine()

    caller.presses("0048213")

    assert caller.turn.then == FindTicket(number="0048213")


def test_silence_is_answered_in_other_words_each_time_and_ends_in_a_goodbye() -> None:
    caller = OnTheLine()
    said = []
    for _ in range(3):
        caller.stays_silent()
        said.append(caller.hears)

    assert said == [("ticket.silence.first",), ("ticket.silence.second",), ("ticket.give_up",)]
    assert caller.is_over


@pytest.mark.parametrize(
    ("keys", "why"),
    [
        ("1", "ticket.too_short"),
        ("#", "ticket.too_short"),
        ("", "ticket.too_short"),
        ("12345678901", "ticket.too_long"),
        ("48*13", "ticket.not_digits"),
        ("**", "ticket.not_digits"),
    ],
)
def test_nonsense_is_named_and_asked_again_in_other_words_each_time(keys: str, why: str) -> None:
    caller = OnTheLine()
    said = []
    for _ in range(3):
        caller.presses(keys)
        said.append(caller.hears)

    assert said == [(why, "ticket.nonsense.first"), (why, "ticket.nonsense.second"), (why, "ticket.give_up")]
    assert caller.is_over


def test_a_number_that_is_too_short_is_read_back_with_what_is_expected() -> None:
    caller = OnTheLine()

    caller.presses("12")

    assert caller.sentence("ticket.too_short").values == {"digits": Spelled("12"), "shortest": Count(4)}


def test_a_number_that_is_too_long_is_not_read_back_but_told_what_is_expected() -> None:
    caller = OnTheLine()

    caller.presses("1" * 30)

    assert caller.sentence("ticket.too_long").values == {"longest": Count(10)}


def test_an_unknown_ticket_is_read_back_and_counted_against_guessing() -> None:
    caller = OnTheLine()

    caller.presses("99999")
    caller.ticket_is_missing()

    assert caller.hears == ("ticket.missing", "ticket.nonsense.first")
    assert caller.sentence("ticket.missing").values == {"ticket": Spelled("99999")}
    assert caller.states == (WrongTicketTried(),)


def test_three_unknown_tickets_end_the_call() -> None:
    caller = OnTheLine()
    for number in ("99997", "99998", "99999"):
        assert not caller.is_over
        caller.presses(number)
        caller.ticket_is_missing()

    assert caller.hears == ("ticket.missing", "ticket.give_up")
    assert caller.states == (WrongTicketTried(),)
    assert caller.is_over


def test_silence_nonsense_and_unknown_tickets_count_together() -> None:
    caller = OnTheLine()

    caller.stays_silent()
    caller.presses("1")
    caller.presses("99999")
    caller.ticket_is_missing()

    assert caller.hears == ("ticket.missing", "ticket.give_up")
    assert caller.is_over


def test_star_asks_the_question_again_as_if_for_the_first_time() -> None:
    caller = OnTheLine()
    caller.stays_silent()
    caller.stays_silent()

    caller.presses("*")

    assert caller.hears == ("ticket.ask",)
    assert caller.call.tries == 0


def test_a_caller_who_finds_the_number_at_the_third_try_is_helped() -> None:
    caller = OnTheLine()
    caller.stays_silent()
    caller.presses("1")

    caller.keys_the_ticket()

    assert caller.hears[0] == "ticket.found"
    assert not caller.is_over
