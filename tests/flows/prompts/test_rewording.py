"""Sentences said otherwise: what an admin may write in place of the shipped words, and what is refused or doubted."""

import pytest

from flows.prompts.catalogue import LANGUAGES, catalogue
from flows.prompts.rewording import FIXED, doubts, mistakes, shipped


@pytest.mark.parametrize("language", LANGUAGES)
def test_whatever_is_shipped_may_be_said_as_it_is(language: str) -> None:
    found = {name: mistakes(language, name, each.text) for name, each in shipped(language).items()}

    assert {name: wrong for name, wrong in found.items() if wrong} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_but_parts_put_together_by_rule_can_be_reworded(language: str) -> None:
    sentences = catalogue(language).sentences.items()
    forms = sum(len(each.forms) for key, each in sentences if key.split(".")[0] not in FIXED)

    assert len(shipped(language)) == forms
    assert not any(name.startswith(("units.", "key.")) for name in shipped(language))


def test_a_plural_form_has_a_name_of_its_own() -> None:
    assert "refused.too_many.few" in shipped("ru")
    assert "refused.too_many" not in shipped("ru")
    assert "greeting.welcome" in shipped("ru")


@pytest.mark.parametrize(("text", "told"), [
    ("To escalate, press {kay}.", "has {kay}, which nothing fills; there is {key}"),
    ("To escalate now, press the key.", "must say {key}, or nobody knows what to press"),
    ("Press {key", "has a brace without its other half"),
    ("Press {key!r}.", "has a brace without its other half"),
    ("Press {key:>9}.", "has a brace without its other half"),
    ("Press {}.", "has a brace without its other half"),
    ("Press {key.__class__}.", "has {key.__class__}, which nothing fills"),
    ("Press  {key}.", "has spaces too many"),
    ("Press {key}", "does not end like a sentence"),
    ("", "is empty"),
    ("Press {key}. " + "a" * 600 + ".", "nobody listens to more than 600"),
    ("Press {key}\x07.", "cannot be seen or sent"),
])
def test_what_cannot_be_spoken_is_refused(text: str, told: str) -> None:
    assert any(told in each for each in mistakes("en", "confirm.escalate", text))


def test_a_sentence_that_tells_less_is_doubted_but_allowed() -> None:
    text = "Please keep waiting a little."

    assert mistakes("en", "refused.grace", text) == []
    assert doubts("en", "refused.grace", text) == ["no longer says {age}", "no longer says {opens}"]


def test_the_form_for_one_need_not_say_the_number() -> None:
    assert doubts("en", "refused.too_many.one", "Once within {window} is the limit. Call again from {opens}.") == []


def test_a_part_of_a_sentence_need_not_end_like_one() -> None:
    assert mistakes("en", "severity.high", "high severity") == []
