"""Words: found, tried with made-up values, saved in the draft, published, and said as shipped again."""

from collections.abc import Callable
from dataclasses import replace
from html import unescape

import pytest

from db import seed
from flows.prompts.catalogue import LANGUAGES
from flows.prompts.rewording import shipped
from flows.rules.roles import Role
from ivr import app as wiring
from ivr.admin.wording_examples import tried
from ivr.admin.words import SECTIONS
from ivr.line.ports import RetryLater
from tests.ivr.admin.visitor import NOW, Visitor

WELCOME = "/admin/words/en/greeting.welcome"
ESCALATE = "/admin/words/en/confirm.escalate"
ROUTING = "/admin/routing"


class Carrier:
    """Notes whom it rang; ``trouble`` is raised instead."""

    def __init__(self) -> None:
        self.rang: list[tuple[str, str, str, str, str]] = []
        self.trouble: Exception | None = None

    def read(self, number: str, caller_id: str, language: str, named: str, words: str) -> None:
        if self.trouble:
            raise self.trouble
        self.rang.append((number, caller_id, language, named, words))


@pytest.fixture
def carrier(monkeypatch: pytest.MonkeyPatch) -> Carrier:
    found = Carrier()
    monkeypatch.setattr(wiring, "TwilioReadingAloud", lambda *_: found)
    return found


class TestHeardByTelephone:
    """In the carrier's voice, on one's own telephone."""

    DANA = next(iter(seed.ROUTING.people))

    @pytest.fixture
    def owner(self, carrier: Carrier, somebody: Callable[[], Visitor]) -> Visitor:
        visitor = somebody().is_user("olga", Role.OWNER)
        visitor.signs_in("olga")
        return visitor

    def is_dana(self, owner: Visitor) -> None:
        with owner.parts.store.writing() as work:
            user = work.users.named("olga")
            assert user is not None
            work.users.set_roles(user.id, frozenset({Role.OWNER}), self.DANA)

    def test_what_is_typed_is_read_and_nothing_saved(self, owner: Visitor, carrier: Carrier) -> None:
        self.is_dana(owner)
        owner.sends("/admin/words", "/admin/words/en/voice", voice="Polly.Amy", seen="0/1")
        page = owner.sends(ESCALATE, f"{ESCALATE}/call", text="Press {key}, friend.").text

        assert carrier.rang == [("+12025550101", "+12025550150", "en", "Polly.Amy", "Press 1, friend.")]
        assert "Your telephone +…01 rings" in unescape(page)
        assert "Press {key}, friend." in unescape(page), "what was typed stays"
        assert drafted(owner) == {}
        with owner.parts.store.reading() as work:
            assert [entry.action for entry in work.audit.of(f"person {self.DANA}")] == ["heard a sentence by telephone"]

    def test_nobodys_telephone_rings_but_ones_own(self, owner: Visitor, carrier: Carrier) -> None:
        page = owner.sends(ESCALATE, f"{ESCALATE}/call", text="Press {key}.").text

        assert "does not know your telephone" in page
        assert owner.sends(ESCALATE, f"{ESCALATE}/call", text="Press {nothing}.").status_code == 422
        assert carrier.rang == []

    def test_a_telephone_that_may_not_be_dialled_is_not_rung(self, owner: Visitor, carrier: Carrier) -> None:
        self.is_dana(owner)
        abroad = replace(seed.ROUTING.people[self.DANA], phones=("+882161234567",))
        with owner.parts.store.writing() as work:
            people = {**seed.ROUTING.people, self.DANA: abroad}
            work.routing.publish(replace(seed.ROUTING, people=people), "olga", "abroad", NOW)
        page = owner.sends(ESCALATE, f"{ESCALATE}/call", text="Press {key}.").text

        assert "may not be rung" in page
        assert carrier.rang == []

    def test_a_carrier_in_trouble_is_a_sentence(self, owner: Visitor, carrier: Carrier) -> None:
        self.is_dana(owner)
        carrier.trouble = RetryLater("it does not answer")

        page = owner.sends(ESCALATE, f"{ESCALATE}/call", text="Press {key}.").text
        assert "The carrier did not take the call: it does not answer." in page


def drafted(visitor: Visitor) -> dict[str, dict[str, str]]:
    """What the draft would publish."""
    visitor.sends(ROUTING, f"{ROUTING}/publish", note="words", revision=1, published=1)
    with visitor.parts.store.reading() as work:
        _, routing = work.routing.current()
    return {language: dict(texts) for language, texts in routing.words.items()}


def test_a_sentence_is_found_by_what_it_says_or_by_its_name(owner: Visitor) -> None:
    page = owner.sees("/admin/words?find=opened only")
    assert "refused.grace" in page
    assert "refused.closed" not in page

    assert "Diese Zeile" not in owner.sees("/admin/words?language=de&find=greeting.welcome")
    assert "Eskalations" in owner.sees("/admin/words?language=de&find=greeting.welcome")
    assert "No sentence has “zzz” in it" in owner.sees("/admin/words?find=zzz")
    assert owner.asks("/admin/words?language=fr").status_code == 404
    assert owner.asks("/admin/words/en/units.today").status_code == 404


def test_a_sentence_is_tried_before_it_is_saved(owner: Visitor) -> None:
    tried = owner.sends(ESCALATE, f"{ESCALATE}/try", text="Press {key}, and somebody is rung.").text

    assert "Press 1, and somebody is rung." in tried
    assert "About 2.0 seconds" in tried
    assert drafted(owner) == {}, "trying saves nothing"


def test_a_change_shows_in_the_diff_and_is_published(owner: Visitor) -> None:
    saved = owner.sends(WELCOME, WELCOME, text="  Good day, {company}   speaking. ", seen="0/1")

    assert saved.status_code == 302
    assert "changed" in owner.sees("/admin/words?find=greeting.welcome")
    assert "words en greeting.welcome added: Good day, {company} speaking." in owner.sees(ROUTING)
    assert drafted(owner) == {"en": {"greeting.welcome": "Good day, {company} speaking."}}


def test_what_was_changed_is_said_as_shipped_again(owner: Visitor) -> None:
    owner.sends(WELCOME, WELCOME, text="Good day, {company} speaking.", seen="0/1")
    assert "As it is shipped</button>" in owner.browser.get(WELCOME).text

    owner.sends(WELCOME, f"{WELCOME}/reset", seen="1/1")

    assert "changed</span>" not in owner.sees("/admin/words?find=greeting.welcome")
    assert "It says what is published" in owner.sees(ROUTING)


@pytest.mark.parametrize(("text", "told"), [
    ("Press {kay}.", "has {kay}, which nothing fills"), ("Press it.", "must say {key}"), ("", "is empty"),
    ("Press {key", "a brace without its other half"),
])
def test_what_cannot_be_spoken_is_named_and_kept(owner: Visitor, text: str, told: str) -> None:
    answer = owner.sends(ESCALATE, ESCALATE, text=text, seen="0/1")

    assert answer.status_code == 422
    assert told in answer.text
    assert f">{text}</textarea>" in answer.text
    assert drafted(owner) == {}


def test_a_sentence_that_tells_less_is_doubted(owner: Visitor) -> None:
    assert "It no longer says {company}. Is that meant?" in owner.sends(WELCOME, f"{WELCOME}/try", text="Hello.").text


def test_of_two_who_save_at_once_the_second_loses_nothing(owner: Visitor) -> None:
    owner.sends(WELCOME, WELCOME, text="First, {company}.", seen="0/1")

    late = owner.sends(WELCOME, WELCOME, text="Second, {company}.", seen="0/1")

    assert late.status_code == 409
    assert "olga has saved the draft meanwhile" in late.text
    assert ">Second, {company}.</textarea>" in late.text
    assert drafted(owner)["en"]["greeting.welcome"] == "First, {company}."


def test_a_form_from_before_somebody_published_does_not_pass(owner: Visitor) -> None:
    owner.sends(WELCOME, WELCOME, text="First, {company}.", seen="0/1")
    drafted(owner)

    late = owner.sends(WELCOME, WELCOME, text="Second, {company}.", seen="0/1")

    assert late.status_code == 409
    assert "published or dropped the draft meanwhile" in late.text


def test_what_people_write_is_text_never_markup(owner: Visitor) -> None:
    text = "<script>alert(1)</script> {company}."
    owner.sends(WELCOME, WELCOME, text=text, seen="0/1")

    for page in (WELCOME, "/admin/words", ROUTING):
        assert "<script>alert" not in owner.browser.get(page).text


def test_another_voice_is_chosen_for_a_language(owner: Visitor) -> None:
    owner.sends("/admin/words", "/admin/words/en/voice", voice="Polly.Amy", seen="0/1")
    assert "voices en added: Polly.Amy" in owner.sees(ROUTING)

    assert owner.sends("/admin/words", "/admin/words/en/voice", voice="Polly.Hans", seen="1/1").status_code == 422
    owner.sends("/admin/words", "/admin/words/en/voice", voice="Polly.Joanna", seen="1/1")
    assert "It says what is published" in owner.sees(ROUTING), "the usual voice is no choice to remember"


def test_who_may_only_read_sees_words_and_cannot_save(visitor: Visitor) -> None:
    visitor.is_user("anna", Role.AUDITOR)
    visitor.signs_in("anna")

    page = visitor.browser.get(WELCOME).text
    assert "readonly" in page
    assert "Save in the draft" not in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_can_be_tried_and_stands_under_a_heading(language: str) -> None:
    for name, model in shipped(language).items():
        spoken = tried(language, name, model.text)
        assert "{" not in spoken.text, name
        assert "…" not in spoken.text, name
        assert name.partition(".")[0] in SECTIONS, name
