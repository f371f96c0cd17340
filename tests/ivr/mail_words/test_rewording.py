"""Mails worded otherwise: what an admin may write in place of the shipped texts, and what is refused or doubted."""

import pytest

from flows.prompts.catalogue import LANGUAGES
from ivr.mail_words.rewording import doubts, mistakes, shipped
from ivr.mail_words.words import shipped_sections, words_for

ABOUT = "about.ticket"


@pytest.mark.parametrize("language", LANGUAGES)
def test_whatever_is_shipped_may_be_written_as_it_is(language: str) -> None:
    texts = shipped(language)

    assert len(texts) == sum(map(len, shipped_sections(language).values()))
    assert {name: wrong for name, each in texts.items() if (wrong := mistakes(language, name, each.text))} == {}


@pytest.mark.parametrize(("text", "told"), [
    ("ticket {nummer}", "has {nummer}, which nothing fills; there is {number}, {organisation}, {severity}"),
    ("ticket {number", "has a brace without its other half"),
    ("ticket {number!r}", "has a brace without its other half"),
    ("ticket {number.__class__}", "has {number.__class__}, which nothing fills"),
    ("ticket {}", "has a brace without its other half"),
    ("   ", "is empty"),
    ("a" * 501, "is longer than 500 characters"),
    ("ticket {number}\r\nBcc: eve@evil.example", "has a character that cannot be seen or sent"),
])
def test_what_cannot_be_written_is_refused(text: str, told: str) -> None:
    assert any(told in each for each in mistakes("en", ABOUT, text))


def test_a_text_that_tells_less_is_doubted_but_allowed() -> None:
    assert mistakes("en", ABOUT, "ticket {number}") == []
    assert doubts("en", ABOUT, "ticket {number}") == ["no longer says {organisation}", "no longer says {severity}"]


def test_a_text_that_a_later_version_fills_otherwise_is_written_as_shipped() -> None:
    words = words_for("en", {"en": {ABOUT: "about {whatever}", "opening.test": "Only a test."}})

    assert words.say("about", "ticket", number="1", severity="2", organisation="Acme") == "ticket 1, severity 2 — Acme"
    assert words.say("opening", "test") == "Only a test."
    assert words_for("de", {"en": {"opening.test": "Only a test."}}).say("opening", "test").startswith("Dies ist")
