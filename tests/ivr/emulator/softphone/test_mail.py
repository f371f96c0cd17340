"""Mails find the telephone of their receiver."""

import smtplib
from email.message import EmailMessage

import pytest

from ivr.emulator.mail_sink import MailSink
from ivr.emulator.softphone.mail import MailArrived
from tests.ivr.emulator.softphone.conftest import CALLER, FIRST


@pytest.fixture
def post(telephones, exchange):
    with MailSink("127.0.0.1") as sink:
        telephones.shows_mail(sink)
        with smtplib.SMTP("127.0.0.1", sink.port) as opened:
            yield opened


def mail(to: str) -> EmailMessage:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = "Line <line@support.example>", to, "Ticket 48213"
    made.set_content("Please take care.\n")
    return made


@pytest.mark.parametrize(
    ("to", "handsets"),
    [
        ("first@SUPPORT.example", [FIRST.number]),
        (f"Level 1 <first@support.example>, {CALLER.email}", [FIRST.number, CALLER.number]),
        ("nobody@support.example", [""]),
    ],
)
def test_each_receiver_gets_it(to, handsets, post, remote):
    post.send_message(mail(to))
    remote.until(lambda: len(arrived(remote)) == len(handsets))

    assert [one.handset for one in arrived(remote)] == handsets
    assert (arrived(remote)[0].subject, arrived(remote)[0].text.strip()) == ("Ticket 48213", "Please take care.")


def arrived(remote) -> list[MailArrived]:
    return [one for one in remote.happenings if isinstance(one, MailArrived)]


def test_a_mail_after_the_exchange_has_closed_is_nobodys_trouble(post, exchange):
    exchange.close()

    post.send_message(mail(FIRST.email))
