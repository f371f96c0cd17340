"""The words of the mails: found, seen in a whole mail, saved in the draft, published, and written as shipped again."""

from html import unescape

import pytest

from flows.prompts.catalogue import LANGUAGES
from flows.rules.roles import Role
from ivr.admin.words import MAIL_SECTIONS
from ivr.line.ports import Recipient
from ivr.line.sample_letters import letter_with
from ivr.mail_words.rewording import shipped
from ivr.notifications.email.message import preview
from tests.ivr.admin.visitor import NOW, Visitor

MAILS = "/admin/mails"
ACTION = f"{MAILS}/en/action.escalation-accepted"
ABOUT = f"{MAILS}/en/about.ticket"
ROUTING = "/admin/routing"


def published(visitor: Visitor) -> dict[str, dict[str, str]]:
    """What is worded otherwise once the draft is published."""
    visitor.sends(ROUTING, f"{ROUTING}/publish", note="mails", revision=1, published=1)
    with visitor.parts.store.reading() as work:
        _, routing = work.routing.current()
    return {language: dict(texts) for language, texts in routing.mails.items()}


def test_a_text_is_found_by_what_it_says_or_by_its_name(owner: Visitor) -> None:
    page = owner.sees(f"{MAILS}?find=listen to it")
    assert "action.message-left" in page
    assert "action.test" not in page

    assert "Eskalation" in owner.sees(f"{MAILS}?language=de&find=what.escalation")
    assert "No text has “zzz” in it" in owner.sees(f"{MAILS}?find=zzz")
    assert owner.asks(f"{MAILS}?language=fr").status_code == 404
    assert owner.asks(f"{MAILS}/en/action.dance").status_code == 404


def test_a_text_is_seen_in_a_mail_before_it_is_saved(owner: Visitor) -> None:
    tried = unescape(owner.sends(ACTION, f"{ACTION}/try", text="Please call within ten minutes.").text)

    assert "Please call within ten minutes.\n" in tried[tried.index("<article"):]
    assert "Escalation: ticket 48213, severity 2" in tried
    assert published(owner) == {}, "trying saves nothing"


def test_a_change_shows_in_the_diff_is_published_and_shown_to_readers(owner: Visitor) -> None:
    assert owner.sends(ACTION, ACTION, text="  Call   now. ", seen="0/1").status_code == 302

    assert "changed" in owner.sees(f"{MAILS}?find=action.escalation")
    assert "mails en action.escalation-accepted added: Call now." in owner.sees(ROUTING)
    assert "Call now." not in owner.sees("/admin/notifications"), "nothing is live yet"
    assert published(owner) == {"en": {"action.escalation-accepted": "Call now."}}
    assert "Call now." in owner.sees("/admin/notifications")


def test_what_was_changed_is_written_as_shipped_again(owner: Visitor) -> None:
    owner.sends(ACTION, ACTION, text="Call now.", seen="0/1")
    assert "As it is shipped</button>" in owner.browser.get(ACTION).text

    owner.sends(ACTION, f"{ACTION}/reset", seen="1/1")

    assert "changed</span>" not in owner.sees(f"{MAILS}?find=action.escalation")
    assert "It says what is published" in owner.sees(ROUTING)


@pytest.mark.parametrize(("text", "told"), [
    ("ticket {nummer}", "has {nummer}, which nothing fills"), ("", "is empty"),
    ("ticket {number", "a brace without its other half"),
])
def test_what_cannot_be_written_is_named_and_kept(owner: Visitor, text: str, told: str) -> None:
    answer = owner.sends(ABOUT, ABOUT, text=text, seen="0/1")

    assert answer.status_code == 422
    assert told in answer.text
    assert f">{text}</textarea>" in answer.text
    assert published(owner) == {}


def test_a_text_that_tells_less_is_doubted(owner: Visitor) -> None:
    page = owner.sends(ABOUT, f"{ABOUT}/try", text="ticket {number}").text

    assert "It no longer says {organisation}. Is that meant?" in page


def test_of_two_who_save_at_once_the_second_loses_nothing(owner: Visitor) -> None:
    owner.sends(ACTION, ACTION, text="First.", seen="0/1")

    late = owner.sends(ACTION, ACTION, text="Second.", seen="0/1")

    assert late.status_code == 409
    assert ">Second.</textarea>" in late.text
    assert published(owner)["en"]["action.escalation-accepted"] == "First."


def test_what_people_write_is_text_never_markup(owner: Visitor) -> None:
    owner.sends(ACTION, ACTION, text="<script>alert(1)</script>", seen="0/1")

    for page in (ACTION, MAILS, ROUTING):
        assert "<script>alert" not in owner.browser.get(page).text


def test_who_may_only_read_sees_texts_and_cannot_save(visitor: Visitor) -> None:
    visitor.is_user("anna", Role.AUDITOR)
    visitor.signs_in("anna")

    page = visitor.browser.get(ACTION).text
    assert "readonly" in page
    assert "Save in the draft" not in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_seen_in_a_mail_and_stands_under_a_heading(language: str) -> None:
    reader = Recipient(name="", address="", language=language, zone="America/New_York")
    for name in shipped(language):
        letter = letter_with(name, "Northwind Software", reader, NOW)
        assert "ZEBRA" in "".join(preview(letter, {language: {name: "ZEBRA"}})), name
        assert name.partition(".")[0] in MAIL_SECTIONS, name
