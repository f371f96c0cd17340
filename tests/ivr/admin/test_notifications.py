"""Notifications: what was not delivered is seen and tried again, what people read is shown, and a test can be sent."""

from datetime import timedelta

import pytest

from flows.effects import News
from flows.prompts.catalogue import LANGUAGES
from flows.rules.roles import Role
from ivr.admin.words import NEWS
from tests.ivr.admin.visitor import Visitor

PAGE = "/admin/notifications"


def a_dead_letter(visitor: Visitor, error: str = "550 no such mailbox") -> int:
    """A mail to Priya that was refused for good; its number."""
    visitor.sends(PAGE, f"{PAGE}/test", person="priya-raman")
    with visitor.parts.store.writing() as work:
        [letter] = work.outbox.claim_due(visitor.clock(), timedelta(minutes=5), 10)
        work.outbox.bury(letter.id, visitor.clock(), error)
    return letter.id


def test_nothing_to_see_says_so(owner: Visitor) -> None:
    page = owner.sees(PAGE)

    assert "None. Everything that was to be sent has been" in page
    assert "Nothing waits." in page


def test_a_test_mail_is_put_in_the_outbox_for_a_person_of_the_routing(owner: Visitor) -> None:
    owner.sends(PAGE, f"{PAGE}/test", person="priya-raman")

    assert "A test mail to Priya Raman is on its way" in owner.sees(PAGE)
    with owner.parts.store.reading() as work:
        [letter] = work.outbox.waiting(10)
        [entry] = work.audit.of("person priya-raman")
    assert letter.body["recipient"]["address"] == "shift.manager@northwind-support.example"
    assert letter.body["news"] == "test"
    assert (entry.who, entry.action) == ("olga", "sent a test mail")


@pytest.mark.parametrize("person", ["", "eve@evil.example", "nobody"])
def test_nobody_else_can_be_mailed(owner: Visitor, person: str) -> None:
    answer = owner.sends(PAGE, f"{PAGE}/test", person=person)

    assert answer.status_code == 422
    assert "Choose somebody with a mail address" in answer.text
    with owner.parts.store.reading() as work:
        assert work.outbox.waiting(10) == []


def test_a_dead_letter_is_tried_again_once(owner: Visitor) -> None:
    letter = a_dead_letter(owner)
    page = owner.sees(PAGE)
    assert "550 no such mailbox" in page
    assert "Priya Raman" in page

    assert owner.sends(PAGE, f"{PAGE}/{letter}/retry").status_code == 302
    with owner.parts.store.reading() as work:
        assert [each.id for each in work.outbox.waiting(10)] == [letter]
        assert [entry.action for entry in work.audit.of(f"letter {letter}")] == ["tried again"]
    assert owner.sends(PAGE, f"{PAGE}/{letter}/retry").status_code == 404, "it is no longer dead"


def test_what_a_mail_server_said_is_text_never_markup_and_tells_no_number(owner: Visitor) -> None:
    a_dead_letter(owner, "<script>alert(1)</script> for +12025550123")

    page = owner.browser.get(PAGE).text
    assert "<script>alert" not in page
    assert "+12025550123" not in page


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("news", list(News))
def test_every_mail_is_shown_in_every_language(owner: Visitor, news: News, language: str) -> None:
    page = owner.sees(f"{PAGE}?news={news.value}&language={language}")

    assert f'<article lang="{language}">' in page
    assert "48213" in page
    assert NEWS[news.value] in page


def test_a_mail_that_is_none_shows_the_usual_one(owner: Visitor) -> None:
    assert "A customer has escalated this ticket" in owner.sees(f"{PAGE}?news=x&language=fr")


def test_who_may_only_read_cannot_send(visitor: Visitor) -> None:
    visitor.is_user("anna", Role.AUDITOR)
    visitor.signs_in("anna")

    page = visitor.sees(PAGE)
    assert "Send a test mail" not in page
