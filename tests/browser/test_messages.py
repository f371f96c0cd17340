"""Mails and text messages appear on the telephone of their receiver."""

import smtplib
from email.message import EmailMessage

import pytest
import requests
from playwright.sync_api import expect

from tests.browser.chromium import accessibility_problems
from tests.browser.small_line import CALLER, LINE


def mail_to(address: str, subject: str, text: str) -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "Escalation line <line@support.example>", address, subject
    mail.set_content(text)
    return mail


def test_a_mail_is_read_on_its_receivers_telephone(shown, mail, first):
    with smtplib.SMTP("127.0.0.1", mail.port) as post:
        post.send_message(mail_to("Ines@Support.example", "Ticket 48213 escalated", "Please take care of it."))

    first.card.get_by_role("button", name="1 message, 1 new").click()
    letter = first.card.get_by_role("listitem").filter(has_text="Ticket 48213 escalated")
    expect(letter).to_contain_text("Please take care of it.")
    expect(first.card.get_by_role("button", name="1 message, 0 new")).to_be_visible()


def test_a_mail_for_somebody_without_a_telephone_is_in_the_script(shown, mail):
    with smtplib.SMTP("127.0.0.1", mail.port) as post:
        post.send_message(mail_to("nobody@support.example", "Lost", "Anyone?"))

    expect(shown.locator(".cell.letter")).to_contain_text("Lost")


def text_to(exchange, number: str, words: str) -> None:
    office = exchange.office
    sent = requests.post(
        f"{exchange.api_url}/2010-04-01/Accounts/{office.account_sid}/Messages.json",
        data={"To": number, "From": LINE, "Body": words},
        auth=(office.account_sid, office.auth_token),
        timeout=10,
    )
    assert sent.status_code == 201


def test_a_text_message_is_read_on_its_receivers_telephone(shown, exchange, caller):
    text_to(exchange, CALLER.number, "Your ticket moves.")

    caller.card.get_by_role("button", name="1 message, 1 new").click()
    expect(caller.card.get_by_role("listitem")).to_contain_text("Your ticket moves.")


def test_escape_closes_the_messages_before_it_hangs_up(shown, mail, first):
    with smtplib.SMTP("127.0.0.1", mail.port) as post:
        post.send_message(mail_to("ines@support.example", "Hello", "You."))
    first.card.get_by_role("button", name="1 message, 1 new").click()
    shown.keyboard.press("Escape")

    expect(first.card.get_by_role("heading", name="Messages")).to_be_hidden()


@pytest.fixture
def reply(shown, exchange, caller):
    """The field in which the customer answers a text message that has come."""
    text_to(exchange, CALLER.number, "Is it solved?")
    caller.card.get_by_role("button", name="1 message, 1 new").click()
    return caller.card.get_by_label("Reply of Customer to +1 202 555 0150")


def test_a_text_message_is_answered_and_the_line_writes_back(shown, exchange, application, caller, reply):
    exchange.office.lines[LINE].sms_url = application.on("/text", "<Message>Glad to hear it.</Message>")

    reply.fill("Yes, 3 minutes ago.")
    reply.press("Enter")

    letters = caller.card.get_by_role("listitem")
    expect(letters.filter(has_text="Glad to hear it.")).to_be_visible()
    expect(letters.filter(has_text="Text message to +1 202 555 0150")).to_contain_text("Yes, 3 minutes ago.")
    expect(reply).to_have_value("")
    expect(caller.card.get_by_role("button", name="3 messages, 0 new")).to_be_visible()
    expect(shown.locator(".cell.letter").filter(has_text="writes")).to_contain_text("Yes, 3 minutes ago.")
    assert application.to("/text")[0].form["Body"] == "Yes, 3 minutes ago."
    assert accessibility_problems(shown) == []


def test_a_reply_that_nobody_reads_is_said_and_not_lost(caller, reply):
    reply.fill("Yes.")
    caller.card.get_by_role("button", name="Send").click()

    expect(caller.card.get_by_role("alert").filter(has_text="Nobody reads text messages")).to_be_visible()
    expect(reply).to_have_value("Yes.")


def test_a_mail_has_no_reply(shown, mail, first):
    with smtplib.SMTP("127.0.0.1", mail.port) as post:
        post.send_message(mail_to("ines@support.example", "Hello", "You."))
    first.card.get_by_role("button", name="1 message, 1 new").click()

    expect(first.card.get_by_role("button", name="Send")).to_be_hidden()
