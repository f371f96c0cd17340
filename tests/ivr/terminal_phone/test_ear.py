"""Whatever the line says to be pressed is understood, in every language and for every key, from the sentence alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.prompts.catalogue import LANGUAGES
from flows.prompts.spoken import Spelled, say
from ivr.line.speech import speak
from ivr.terminal_phone.caller import QUESTIONS
from ivr.terminal_phone.ear import Ear

KEYS = st.sampled_from("0123456789*#")
MENUS = (
    "language.choice",
    "confirm.escalate",
    "after_talk.resolved",
    "after_talk.next_level",
    "refused.other_ticket",
    "screening.accept",
    "screening.decline",
)


@given(key=KEYS, menu=st.sampled_from(MENUS), language=st.sampled_from(LANGUAGES))
def test_the_key_is_read_out_of_the_sentence(key: str, menu: str, language: str) -> None:
    sentence = speak(say(menu, key=Spelled(key)), language).text
    assert Ear((language,), (menu,)).understands(sentence) == {menu: key}


@given(
    accept=st.sampled_from("0123456789*#"), decline=st.sampled_from("0123456789*#"), language=st.sampled_from(LANGUAGES)
)
def test_two_keys_in_one_breath_are_told_apart(accept: str, decline: str, language: str) -> None:
    offered = {"screening.accept": accept, "screening.decline": decline}
    spoken = " ".join(speak(say(menu, key=Spelled(key)), language).text for menu, key in offered.items())
    assert Ear(LANGUAGES, offered).understands(f"Escalation. 3 hours. {spoken}") == offered


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_wording_of_a_question_is_known(language: str) -> None:
    ear = Ear((language,), QUESTIONS)
    for wording in ("ticket.ask", "ticket.nonsense.first", "ticket.nonsense.second", "ticket.silence.first"):
        assert ear.understands(speak(say(wording), language).text) == {wording: ""}


@pytest.mark.parametrize(("spoken", "understood"), [("de", "en"), ("ru", "de"), ("en", "ru")])
def test_another_language_is_not_understood(spoken: str, understood: str) -> None:
    assert Ear((understood,), QUESTIONS).understands(speak(say("ticket.ask"), spoken).text) == {}
