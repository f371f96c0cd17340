"""What the shift manager reads: headers that cannot be forged, words in his language, times in his zone."""

import tomllib
from datetime import timedelta
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import parseaddr
from importlib.resources import files
from string import Formatter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.effects import News
from flows.prompts.catalogue import LANGUAGES
from flows.rules.ring_outcome import RingOutcome
from flows.ticket import Severity
from ivr.line.foreign_text import LONGEST_VALUE, header_text, one_line
from ivr.line.mail_addresses import address
from ivr.line.ports import Notice, Promised
from ivr.mail_words.words import words_for
from ivr.notifications.email.formats import Reader, zone_or_utc
from ivr.notifications.email.headers import ANY_SERVER
from ivr.notifications.email.message import compose, message_id
from tests.ivr.notifications.stories import NOW, a_notice

SENDER = Address("Northwind Software", addr_spec="line@northwind.example")
SAM = Address("Sam Keller", addr_spec="sam@northwind.example")
FORGERIES = [
    "Acme\r\nBcc: eve@evil.example",
    "Acme\nBcc: eve@evil.example",
    "Acme\rBcc: eve@evil.example",
    "Acme\r\n\r\n<script>alert(1)</script>",
    "Acme\x00\x07\x0b\x1b[31m",
    "Acme\u2028Bcc: eve@evil.example\u2029x\x85y",
    "Acme\u202egnp.exe",
    "Acme\ud800lone",
    "=?utf-8?q?=0D=0ABcc:_eve=40evil.example?=",
    "Acme" + "x" * 5000,
    "\r\n.\r\nMAIL FROM:<eve@evil.example>",
    "</table><img src=x onerror=alert(1)>{{ 7*7 }}{% raw %}",
]


def read(notice: Notice, sender: Address = SENDER, recipient: Address = SAM) -> EmailMessage:
    """The mail as a receiver parses it from the wire."""
    parsed = message_from_bytes(compose(notice, sender, recipient).as_bytes(), policy=policy.default)
    assert isinstance(parsed, EmailMessage)
    return parsed


def part(mail: EmailMessage, kind: str) -> str:
    body = mail.get_body((kind,))
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")


def test_an_accepted_escalation_tells_everything_at_one_glance() -> None:
    text = part(read(a_notice()), "plain")

    assert text.replace("\u202f", " ") == (
        "A customer has escalated this ticket. The line is ringing the manager ladder.\n"
        "Please evaluate the issue and tell the customer the status as soon as possible.\n"
        "\n"
        "The caller's number: +1 202-555-0123\n"
        "\n"
        "Ticket: 48213\n"
        "Severity: 2 (high)\n"
        "Organisation: Acme Industries\n"
        "Product: Backup & Replication\n"
        "Subject: Backup jobs fail since the upgrade\n"
        "Requester: Jordan Reyes\n"
        "Support program: Premium\n"
        "Open for: 1 day, 3 hours (since Nov 21, 2026, 10:53 AM EST)\n"
        "Guaranteed response: 1 hour, 3 minutes past due (was due Nov 22, 2026, 1:02 PM EST)\n"
        "\n"
        "Manager ladder:\n"
        "- Support Operations Manager, Dana Whitfield: is being rung\n"
        "\n"
        "-- \n"
        "Sent automatically by the escalation line of Northwind Software on Nov 22, 2026, 2:05 PM EST. "
        "Answers to this mail are not read.\n"
    )


@pytest.mark.parametrize(
    ("language", "subject"),
    [
        ("en", "Nobody reached: ticket 48213, severity 2 — Acme Industries"),
        ("de-AT", "Niemand erreicht: Ticket 48213, Schweregrad 2 — Acme Industries"),
        ("ru", "Никто не ответил: заявка 48213, приоритет 2 — Acme Industries"),
        ("fr", "Nobody reached: ticket 48213, severity 2 — Acme Industries"),
    ],
)
def test_the_subject_says_it_all_in_the_readers_language(language: str, subject: str) -> None:
    mail = read(a_notice(news=News.NOBODY_REACHED, recipient={"language": language}))

    assert mail["Subject"] == subject


def test_nobody_reached_says_who_was_rung_how_it_ended_and_whom_to_call() -> None:
    rings = (
        ("Support Operations Manager", "Dana Whitfield", RingOutcome.DECLINED.value),
        ("Senior Director of Support", "Lee Okafor", RingOutcome.NOT_ACCEPTED.value),
    )

    text = part(read(a_notice(news=News.NOBODY_REACHED, rings=rings)), "plain")

    assert "Please call the customer back now.\n\nThe caller's number: +1 202-555-0123\n" in text
    assert "- Support Operations Manager, Dana Whitfield: declined\n" in text
    assert "- Senior Director of Support, Lee Okafor: answered, but no key was pressed\n" in text


def promised(name: str = "Dana Whitfield", title: str = "Support Operations Manager") -> Notice:
    """A manager had promised an answer by three quarters of an hour ago."""
    made = NOW - timedelta(hours=2)
    promise = Promised(title=title, name=name, at=made, until=NOW - timedelta(minutes=45))
    return a_notice(news=News.PROMISE_BROKEN, promised=promise)


def test_a_broken_promise_says_who_promised_what_and_whom_to_call() -> None:
    mail = read(promised())
    text = part(mail, "plain")

    assert mail["Subject"] == "Promise not kept: ticket 48213, severity 2 — Acme Industries"
    assert "Please see to the ticket now and call the customer.\n\nThe caller's number: +1 202-555-0123\n" in text
    assert (
        "Promised answer: by Nov 22, 2026, 1:20 PM EST; promised by Dana Whitfield, Support Operations Manager, "
        "on Nov 22, 2026, 12:05 PM EST\n"
    ) in text


@pytest.mark.parametrize("forgery", FORGERIES)
def test_the_name_of_whoever_promised_is_no_way_in(forgery: str) -> None:
    mail = read(promised(name=forgery, title=forgery))

    assert mail.keys() == compose(a_notice(), SENDER, SAM).keys()
    assert "<script" not in part(mail, "html")
    assert "<img" not in part(mail, "html")


def test_a_ticket_system_that_is_down_leaves_only_the_keyed_number() -> None:
    mail = read(_without_ticket())

    assert mail["Subject"] == "Ticket system down: ticket 48213"
    assert "look the ticket up by hand" in part(mail, "plain")
    assert "Severity" not in part(mail, "plain")


def _without_ticket(**told: Any) -> Notice:
    known = a_notice()
    return Notice(
        key=known.key, news=News.TICKET_SYSTEM_DOWN, at=known.at, company=known.company, recipient=known.recipient,
        **({"number": "48213", "caller": "+12025550123"} | told),
    )


def test_not_even_a_number_known_is_said_so() -> None:
    mail = read(_without_ticket(number="", caller=""))

    assert mail["Subject"] == "Ticket system down: ticket number unknown"
    assert "find the requester's number by hand" in part(mail, "plain")


def test_a_withheld_number_gives_way_to_the_tickets_contacts() -> None:
    mail = read(a_notice(caller=""))

    assert "The caller withheld the number. Numbers in the ticket: +1 202-555-0199" in part(mail, "plain")
    assert 'href="tel:+12025550199"' in part(mail, "html")


def test_a_response_still_due_is_not_called_late() -> None:
    known = a_notice()

    text = part(read(a_notice(response_due=known.at + timedelta(minutes=21))), "plain")

    assert "Guaranteed response: due in 21 minutes (" in text


@pytest.mark.parametrize(("zone", "time"), [("Europe/Berlin", "20:05 MEZ"), ("Asia/Kolkata", "00:35 GMT+05:30"),
                                            ("Mars/Olympus", "19:05 UTC"), ("", "19:05 UTC"), ("../etc", "19:05 UTC")])
def test_times_are_the_readers_own(zone: str, time: str) -> None:
    assert time in part(read(a_notice(recipient={"zone": zone, "language": "de"})), "plain")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("news", News)
@pytest.mark.parametrize("outcome", ["", *(outcome.value for outcome in RingOutcome)])
def test_every_news_has_words_in_every_language(language: str, news: News, outcome: str) -> None:
    notice = a_notice(news=news, recipient={"language": language}, rings=(("Director", "Lee Okafor", outcome),))

    mail = read(notice)

    assert mail["Content-Language"] == language
    how = words_for(language).sections["ring"][outcome or "ringing"]
    assert f"- Director, Lee Okafor: {how}\n" in part(mail, "plain")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_catalogues_have_the_same_keys_and_placeholders(language: str) -> None:
    assert shape(language) == shape("en")


def shape(language: str) -> dict[str, dict[str, set[str]]]:
    source = files("ivr.mail_words") / f"{language}.toml"
    sections = tomllib.loads(source.read_text(encoding="utf-8"))
    return {
        section: {name: placeholders(text) for name, text in entries.items()} for section, entries in sections.items()
    }


def placeholders(text: str) -> set[str]:
    return {field for _, field, _, _ in Formatter().parse(text) if field}


@pytest.mark.parametrize("severity", Severity)
def test_every_severity_has_its_name(severity: Severity) -> None:
    assert f"Severity: {severity.value} (" in part(read(a_notice(ticket={"severity": severity})), "plain")


@pytest.mark.parametrize("forgery", FORGERIES)
@pytest.mark.parametrize("place", ["organisation", "subject", "requester", "product", "program", "number"])
def test_nothing_a_customer_typed_can_add_a_header_or_a_tag(forgery: str, place: str) -> None:
    plain = compose(a_notice(), SENDER, SAM)

    mail = read(a_notice(ticket={place: forgery}))

    assert mail.keys() == plain.keys()
    assert mail["To"] == "Sam Keller <sam@northwind.example>"
    assert not mail.defects
    html = part(mail, "html")
    assert "<script" not in html
    assert "<img" not in html
    assert html.count("</table>") == 1


@pytest.mark.parametrize("forgery", FORGERIES)
def test_the_names_of_company_caller_and_managers_are_no_way_in_either(forgery: str) -> None:
    rings = ((forgery, forgery, forgery),)

    notice = a_notice(company=forgery, number=forgery, caller=forgery, key=forgery.replace("\ud800", ""), rings=rings)

    mail = read(notice, address("line@northwind.example", forgery), address("sam@northwind.example", forgery))

    assert mail["To"].addresses[0].addr_spec == "sam@northwind.example"
    assert mail.keys() == compose(a_notice(), SENDER, SAM).keys()
    assert "<script" not in part(mail, "html")
    assert "<img" not in part(mail, "html")


@given(st.text())
def test_a_clean_line_is_one_printable_line_of_bounded_length(text: str) -> None:
    line = one_line(text)

    assert len(line) <= LONGEST_VALUE
    assert line.splitlines() in ([], [line])
    assert one_line(line) == line
    line.encode()


def test_international_names_survive() -> None:
    mail = read(a_notice(ticket={"organisation": "Ärzte für Łódź 株式会社 🚑", "requester": "می\u200cخواهم"}))

    assert str(mail["Subject"]).endswith("— Ärzte für Łódź 株式会社 🚑")
    assert "Requester: می\u200cخواهم" in part(mail, "plain")


PIECES = ["Ärzte", "für", "株式会社", "🚑", "Acme", "Inc,", "Рога", "(и)", '"Q"', "=?", "?=", "a@b"]


@given(words=st.lists(st.sampled_from(PIECES)))
def test_subject_and_names_arrive_as_they_left(words: list[str]) -> None:
    said = header_text(" ".join(words))

    sender = address("line@northwind.example", said)

    wire = compose(a_notice(ticket={"organisation": said}), sender, SAM).as_bytes()

    # Read as most receivers do; the newer parser splits names that take more than one encoded word.
    mail = message_from_bytes(wire, policy=policy.compat32)
    assert decoded(mail["Subject"]) == f"Escalation: ticket 48213, severity 2 — {said}".strip()
    assert decoded(parseaddr("".join(mail["From"].splitlines()))[0]) == said


def decoded(header: str) -> str:
    return str(make_header(decode_header(header)))


def test_every_byte_on_the_wire_is_ascii_for_servers_without_8bitmime() -> None:
    notice = a_notice(recipient={"language": "ru"}, ticket={"organisation": "Рога и копыта"})

    wire = compose(notice, SENDER, SAM).as_bytes()

    assert wire.isascii()
    assert max(map(len, wire.split(b"\r\n"))) <= 78
    assert b"\n" not in wire.replace(b"\r\n", b"")


def test_a_short_body_is_ascii_on_the_wire_too() -> None:
    short = EmailMessage(policy=ANY_SERVER)
    short.set_content("Никто не ответил")

    assert short.as_bytes().isascii()


def test_a_repeat_has_the_same_message_id_and_other_news_another() -> None:
    accepted, again, other = read(a_notice()), read(a_notice()), read(a_notice(key="call-1:nobody-reached"))

    assert accepted["Message-ID"] == again["Message-ID"]
    assert accepted["Message-ID"] != other["Message-ID"]
    assert accepted["Message-ID"].endswith("@northwind.example>")


def test_the_mail_says_when_it_happened_and_that_a_machine_wrote_it() -> None:
    mail = read(a_notice())

    assert mail["Date"].datetime == a_notice().at
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["From"] == "Northwind Software <line@northwind.example>"


@given(key=st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_any_key_makes_a_legal_message_id(key: str) -> None:
    identity = message_id(key, "northwind.example")

    assert identity.isascii()
    assert identity.removeprefix("<").removesuffix("@northwind.example>").isalnum()


@given(minutes=st.integers(-10, 60 * 24 * 400))
@pytest.mark.parametrize(("language", "unit"), [("en", "minute"), ("de", "Minute"), ("ru", "минут")])
def test_a_span_names_at_most_two_units_and_is_never_negative(language: str, unit: str, minutes: int) -> None:
    said = Reader(language, zone_or_utc("UTC")).span(timedelta(minutes=minutes))

    assert "-" not in said
    assert (unit in said) == (minutes < 60 or (minutes < 24 * 60 and minutes % 60 > 0))


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_is_mailed_because_nobody_is_on_duty_reads_why(language: str) -> None:
    mail = read(a_notice(recipient={"language": language, "stands_in_for": "Shift\r\nBcc: managers"}))
    usual = read(a_notice(recipient={"language": language}))
    for kind in ("plain", "html"):
        assert "Shift Bcc: managers" in part(mail, kind)
        assert len(part(mail, kind)) > len(part(usual, kind))
        assert "Bcc: managers" not in part(usual, kind)
    assert mail["Bcc"] is None
