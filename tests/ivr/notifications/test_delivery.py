"""Handing mails to a mail server that takes them, refuses them, falls silent or vanishes."""

import smtplib
import socket
import ssl
from collections.abc import Callable
from pathlib import Path

import pytest
import trustme

from ivr.line.ports import Rejected, RetryLater
from ivr.notifications.email import delivery
from ivr.notifications.email.channel import EmailChannel
from tests.ivr.notifications.sink import DROP, LOST_ANSWER, SILENCE, MailSink
from tests.ivr.notifications.stories import a_notice, channel_to, patience_with

OpenSink = Callable[..., MailSink]
NO_ADDRESSES = [
    "",
    "sam",
    "sam@",
    "@northwind.example",
    "a@x.example, b@x.example",
    "a b@x.example",
    "sam@x.example\r\nBcc: eve@evil.example",
    "sam@x..example",
    "s" * 300 + "@x.example",
    "борис@northwind.example",
]


def test_a_mail_reaches_the_shift_manager_from_the_lines_own_address(
    sink: MailSink, channel: EmailChannel
) -> None:
    channel.send(a_notice())

    assert sink.envelopes == [("line@northwind.example", ["sam@northwind.example"])]
    assert [mail["Subject"] for mail in sink.mails] == ["Escalation: ticket 48213, severity 2 — Acme Industries"]


@pytest.mark.parametrize("verb", ["EHLO", "MAIL", "RCPT", "DATA"])
@pytest.mark.parametrize("trouble", ["451 4.3.0 Try again later", "421 4.3.2 Shutting down", SILENCE, DROP])
def test_trouble_that_passes_is_worth_another_try(
    verb: str, trouble: str, sink: MailSink, channel: EmailChannel
) -> None:
    sink.script[verb] = [trouble] * (2 if verb == "EHLO" else 1)
    with pytest.raises(RetryLater):
        channel_to(sink, timeout=patience_with(trouble)).send(a_notice())
    sink.script.clear()
    assert sink.mails == []

    channel.send(a_notice())

    assert len(sink.mails) == 1


@pytest.mark.parametrize("verb", ["RCPT", "DATA"])
def test_a_permanent_refusal_is_not_tried_again(verb: str, sink: MailSink, channel: EmailChannel) -> None:
    sink.script[verb] = ["550 5.1.1 <sam@northwind.example>: no such user"]

    with pytest.raises(Rejected) as refused:
        channel.send(a_notice())

    assert "550 5.1.1" in str(refused.value)
    assert "s***@northwind.example" in str(refused.value)
    assert "sam@" not in str(refused.value)
    assert sink.mails == []


def test_a_refused_sender_waits_for_the_setting_to_be_mended(
    sink: MailSink, channel: EmailChannel
) -> None:
    sink.script["MAIL"] = ["550 5.7.1 Sender not allowed"]

    with pytest.raises(RetryLater, match=r"550 5\.7\.1 Sender not allowed; check MAIL_FROM"):
        channel.send(a_notice())

    assert sink.mails == []


def test_a_lost_answer_repeats_the_very_same_mail(sink: MailSink, channel: EmailChannel) -> None:
    sink.script["DATA"] = [LOST_ANSWER]
    with pytest.raises(RetryLater):
        channel.send(a_notice())
    channel.send(a_notice())

    first, second = sink.mails
    assert first["Message-ID"] == second["Message-ID"]
    assert first["Date"] == second["Date"]


@pytest.mark.parametrize("goodbye", ["451 Not now", SILENCE, DROP])
def test_a_mail_once_taken_stays_sent_however_the_goodbye_goes(
    goodbye: str, sink: MailSink
) -> None:
    sink.script["QUIT"] = [goodbye]

    channel_to(sink, timeout=patience_with(goodbye, silence=3)).send(a_notice())

    assert len(sink.mails) == 1


def test_a_closed_port_is_worth_another_try() -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
        channel = EmailChannel(host="127.0.0.1", port=port, mail_from="line@northwind.example", timeout=1)
        with pytest.raises(RetryLater, match=f"127.0.0.1:{port} does not answer as a mail server"):
            channel.send(a_notice())


def test_a_server_that_never_greets_is_worth_another_try() -> None:
    with socket.create_server(("127.0.0.1", 0)) as mute:
        port = mute.getsockname()[1]
        channel = EmailChannel(host="127.0.0.1", port=port, mail_from="line@northwind.example", timeout=0.2)
        with pytest.raises(RetryLater, match="timed out"):
            channel.send(a_notice())


def test_without_a_mail_server_the_mail_waits_and_the_setting_is_named() -> None:
    with pytest.raises(RetryLater, match=r"^SMTP_HOST is not set"):
        EmailChannel(host="", mail_from="line@northwind.example").send(a_notice())


def test_an_unusable_sender_waits_and_the_setting_is_named(sink: MailSink) -> None:
    with pytest.raises(RetryLater, match=r"^MAIL_FROM cannot be used"):
        channel_to(sink, mail_from="line at northwind").send(a_notice())

    assert sink.mails == []


@pytest.mark.parametrize("address", NO_ADDRESSES)
def test_an_address_that_is_none_is_rejected_before_any_server_is_called(
    address: str, sink: MailSink, channel: EmailChannel
) -> None:
    with pytest.raises(Rejected, match="mail address"):
        channel.send(a_notice(recipient={"address": address}))

    assert sink.mails == []


@pytest.mark.parametrize("address", ["sam@localhost", "sam@mail.local", "Sam <sam@northwind.example>"])
def test_intranet_addresses_are_welcome(address: str, sink: MailSink, channel: EmailChannel) -> None:
    channel.send(a_notice(recipient={"address": address}))

    assert sink.envelopes[0][1] == [address.removeprefix("Sam <").removesuffix(">")]


def test_an_international_domain_travels_as_ascii(sink: MailSink, channel: EmailChannel) -> None:
    channel.send(a_notice(recipient={"address": "sam@münchen.example"}))

    assert sink.envelopes[0][1] == ["sam@xn--mnchen-3ya.example"]


def test_login_is_tried_when_there_is_a_username(open_sink: OpenSink) -> None:
    guarded = open_sink(login=("line", "open sesame"))

    channel_to(guarded, username="line", password="open sesame").send(a_notice())

    assert guarded.logins == ["line"]
    assert len(guarded.mails) == 1


def test_a_refused_login_names_the_settings_and_no_secret(open_sink: OpenSink) -> None:
    guarded = open_sink(login=("line", "open sesame"))
    channel = channel_to(guarded, username="line", password="wrong words")

    with pytest.raises(RetryLater, match="check SMTP_USERNAME and SMTP_PASSWORD") as refused:
        channel.send(a_notice())

    assert "wrong words" not in str(refused.value)
    assert guarded.mails == []


def test_starttls_asked_of_a_server_without_it_sends_nothing_in_the_clear(
    sink: MailSink
) -> None:
    with pytest.raises(RetryLater, match="check SMTP_STARTTLS"):
        channel_to(sink, starttls=True).send(a_notice())

    assert sink.mails == []


@pytest.fixture(scope="session")
def authority() -> trustme.CA:
    """A certificate authority of the test's own."""
    return trustme.CA()


@pytest.fixture
def tls(authority: trustme.CA) -> ssl.SSLContext:
    """A server's side, with a certificate for 127.0.0.1."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    return context


@pytest.fixture
def trusted(authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Makes the test's authority one that this process trusts."""
    certificate = tmp_path / "authority.pem"
    authority.cert_pem.write_to_path(certificate)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))


def test_starttls_encrypts_before_the_login(
    open_sink: OpenSink, tls: ssl.SSLContext, trusted: None
) -> None:
    guarded = open_sink(tls=tls, login=("line", "open sesame"))

    channel_to(guarded, starttls=True, username="line", password="open sesame", timeout=60).send(a_notice())

    assert guarded.encrypted == [True]
    assert guarded.logins == ["line"]


def test_the_smtps_port_speaks_tls_from_the_first_byte(
    open_sink: OpenSink, tls: ssl.SSLContext, trusted: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    smtps = open_sink(tls_from_the_start=tls)
    monkeypatch.setattr(delivery, "TLS_FROM_THE_START", smtps.port)

    channel_to(smtps, timeout=60).send(a_notice())

    assert len(smtps.mails) == 1


def test_a_certificate_nobody_vouches_for_is_refused(
    open_sink: OpenSink, tls: ssl.SSLContext
) -> None:
    impostor = open_sink(tls=tls)

    with pytest.raises(RetryLater, match="is not trusted"):
        channel_to(impostor, starttls=True, timeout=60).send(a_notice())

    assert impostor.mails == []


def test_the_password_is_not_in_what_the_server_object_prints() -> None:
    assert "open sesame" not in repr(delivery.MailServer(host="mail", port=25, password="open sesame"))


def test_smtps_is_the_registered_port() -> None:
    assert delivery.TLS_FROM_THE_START == smtplib.SMTP_SSL_PORT
