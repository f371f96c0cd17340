"""Which language? Each is offered in itself, and whoever does not choose is served in the line's first one."""

from dataclasses import replace

import pytest

from flows.prompts.spoken import Spelled
from tests.flows.on_the_line import OnTheLine
from tests.flows.world import LINE_IN_THREE_LANGUAGES


def test_a_line_with_one_language_does_not_ask() -> None:
    assert "language.choice" not in OnTheLine().hears


def test_each_language_is_offered_in_itself_by_a_key_of_its_own() -> None:
    caller = OnTheLine(LINE_IN_THREE_LANGUAGES)

    offers = [(prompt.language, prompt.values["key"]) for prompt in caller.turn.say if prompt.key == "language.choice"]

    assert offers == [("en", Spelled("1")), ("de", Spelled("2")), ("ru", Spelled("3"))]


@pytest.mark.parametrize(("key", "language"), [("1", "en"), ("2", "de"), ("3", "ru")])
def test_the_chosen_language_is_spoken_from_then_on(key: str, language: str) -> None:
    caller = OnTheLine(LINE_IN_THREE_LANGUAGES)

    caller.presses(key)

    assert caller.call.language == language
    assert caller.hears == ("ticket.ask",)


def test_a_key_that_is_no_language_is_answered_in_other_words_each_time() -> None:
    caller = OnTheLine(LINE_IN_THREE_LANGUAGES)
    said = []
    for _ in range(3):
        caller.presses("9")
        said.append(caller.hears)

    offers = ("language.choice",) * 3
    assert said == [("language.nonsense.first", *offers), ("language.nonsense.second", *offers), ("ticket.ask",)]


@pytest.mark.parametrize("first", ["en", "de"])
def test_whoever_does_not_choose_is_served_in_the_lines_first_language(first: str) -> None:
    languages = (first, *({"en", "de"} - {first}))
    caller = OnTheLine(replace(LINE_IN_THREE_LANGUAGES, languages=languages))

    said = []
    for _ in range(2):
        caller.stays_silent()
        said.append(caller.hears)

    assert said == [("language.silence.first", "language.choice", "language.choice"), ("ticket.ask",)]
    assert caller.call.language == first


def test_tries_at_the_language_do_not_count_against_the_ticket_number() -> None:
    caller = OnTheLine(LINE_IN_THREE_LANGUAGES)
    caller.stays_silent()
    caller.presses("2")

    caller.stays_silent()

    assert caller.hears == ("ticket.silence.first",)
