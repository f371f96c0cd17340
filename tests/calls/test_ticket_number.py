"""Keying the ticket number: every mistake gets a sentence, another try and a way out."""

from dataclasses import replace

from flows.rules.access import AccessTerms
from tests.calls.stage import Stage


def test_each_retry_is_worded_differently_and_the_third_ends_kindly(stage: Stage) -> None:
    stage.calls_in_english()
    stage.caller.press("12#")
    first = stage.caller.hears("1 2 is too short")
    stage.caller.press("12345678901#")
    second = stage.caller.hears("That was too long")
    stage.caller.press("4*8#")
    stage.caller.hears("A ticket number has digits only")
    stage.caller.hears("I did not get a ticket number")
    stage.caller.call_ends()

    assert first != second
    stage.ends(mails=0)


def test_silence_is_asked_again_and_ends_in_words(stage: Stage) -> None:
    stage.calls_in_english()
    stage.caller.hears("I did not hear any keys")
    stage.caller.hears("I still hear nothing")
    stage.caller.hears("Goodbye")
    stage.caller.call_ends()
    stage.ends(mails=0)


def test_the_pound_key_is_optional(stage: Stage) -> None:
    stage.calls_in_english()
    stage.caller.press("48213")
    stage.caller.hears("may be escalated")
    stage.caller.hang_up()
    stage.ends(mails=0)


def test_star_asks_for_the_number_again_without_costing_a_try(stage: Stage) -> None:
    stage.calls_in_english()
    for _ in range(4):
        stage.caller.press("*#")
        stage.caller.begins_to_hear("key in your ticket number")
    stage.caller.press("48213#")
    stage.caller.hears("may be escalated")
    stage.caller.hang_up()
    stage.ends(mails=0)


def test_an_unknown_ticket_is_read_back_and_asked_again(stage: Stage) -> None:
    stage.calls_in_english()
    stage.caller.press("99999#")
    stage.caller.hears("I cannot find a ticket with the number 9 9 9 9 9")
    stage.caller.press("48213#")
    stage.caller.hears("may be escalated")
    stage.caller.hang_up()
    stage.ends(mails=0)


def test_whoever_guesses_numbers_hears_that_none_exists(stage: Stage) -> None:
    for _ in range(2):
        stage.calls_in_english()
        for guess in ("99991", "99992", "99993"):
            stage.caller.press(f"{guess}#")
            stage.caller.begins_to_hear(" ".join(guess))
        stage.caller.call_ends()
    stage.calls_in_english()
    stage.caller.press("48213#")
    stage.caller.hears("I cannot find a ticket with the number 4 8 2 1 3")
    stage.caller.hang_up()
    stage.ends(mails=0)


def test_another_ticket_can_be_keyed_before_escalating(stage: Stage) -> None:
    stage.calls_in_english()
    stage.caller.press("48213#")
    stage.caller.begins_to_hear("may be escalated")
    stage.caller.press("2")
    stage.caller.hears("key in your ticket number")
    stage.caller.press("48218#")
    stage.caller.hears("This ticket is closed")
    stage.caller.hang_up()
    stage.ends(mails=0)


def test_silence_never_escalates(stage: Stage) -> None:
    stage.calls_in_english()
    stage.caller.press("48213#")
    stage.caller.hears("may be escalated")
    stage.caller.hears("I did not hear a key")
    stage.caller.hears("Are you still there")
    stage.caller.hears("nothing was escalated")
    stage.caller.call_ends()

    assert stage.outcomes() == []
    stage.ends(mails=0)


def test_a_line_that_bears_less_guessing_says_so_sooner(stage: Stage) -> None:
    with stage.line.parts.store.writing() as work:
        _, routing = work.routing.current()
        strict = replace(routing.lines[0], access=AccessTerms(wrong_tries=3))
        work.routing.publish(replace(routing, lines=(strict,)), by="test", note="", at=stage.exchange.now())
    stage.calls_in_english()
    for guess in ("99991", "99992", "99993"):
        stage.caller.press(f"{guess}#")
        stage.caller.begins_to_hear(" ".join(guess))
    stage.caller.call_ends()

    stage.calls_in_english()
    stage.caller.press("48213#")
    stage.caller.hears("I cannot find a ticket with the number 4 8 2 1 3")
    stage.caller.hang_up()
    stage.ends(mails=0)
