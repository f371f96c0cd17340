"""For each text of the mails a letter in which it stands, about a ticket that does not exist."""

from dataclasses import replace
from datetime import datetime, timedelta

from flows.effects import News
from flows.ticket import Severity
from ivr.line.links import Link, Page
from ivr.line.ports import CalendarWarning, LineTroubles, Notice, Recipient
from ivr.line.sample_notice import sample_notice

CALLER = "+12025550123"
SCHEDULE = "First level, weekdays"
KEY = "sample"


def letter_with(
    name: str, company: str, reader: Recipient, at: datetime
) -> Notice | CalendarWarning | LineTroubles:
    """A letter for ``reader`` that says the text called ``name`` (section and name)."""
    section, _, each = name.partition(".")
    match section:
        case "calendar":
            imported = None if each == "never" else at - timedelta(days=2)
            return CalendarWarning(key=KEY, at=at, company=company, recipient=reader, schedule=SCHEDULE,
                                   source="calendar.example.com", trouble="it answers 503", imported_at=imported)
        case "troubles":
            return LineTroubles(key=KEY, at=at, company=company, recipient=reader, names=("letters",),
                                troubles=("3 letters could not be delivered. Page Notifications.",))
        case _:
            return _notice(section, each, sample_notice(_news(section, each), company, reader, KEY, at))


def _news(section: str, name: str) -> News:
    """The news that a text belongs to: its own, where it names some."""
    match section, name:
        case ("label" | "fact"), "promise":
            return News.PROMISE_BROKEN
        case "about", ("number" | "unknown"):
            return News.TICKET_SYSTEM_DOWN
        case _, _:
            return next((news for news in News if news.value == name), News.ESCALATION_ACCEPTED)


def _notice(section: str, name: str, usual: Notice) -> Notice:
    """``usual`` with what the text tells of."""
    match section, name:
        case "instead", _:
            return replace(usual, recipient=replace(usual.recipient, stands_in_for=SCHEDULE))
        case "about", "unknown":
            return replace(usual, number="")
        case "callback", "caller":
            return replace(usual, caller=CALLER)
        case "callback", "contacts" if usual.ticket:
            return replace(usual, ticket=replace(usual.ticket, contact_numbers=(CALLER,)))
        case "label", "length":
            return replace(usual, length=timedelta(seconds=42))
        case "fact", "ahead":
            return replace(usual, response_due=usual.at + timedelta(hours=1))
        case "severity", _ if usual.ticket:
            return replace(usual, ticket=replace(usual.ticket, severity=Severity(int(name))))
        case "ring", _:
            return replace(usual, rings=(("Senior Director of Support", "Marcus Oyelaran", name),))
        case "rings", _ if not usual.rings:
            return replace(usual, rings=(("Support Operations Manager", "Dana Whitfield", "no-answer"),))
        case "link", _:
            return replace(usual, link=Link(page=Page(name), about=0), link_url="https://line.example.com/…")
        case _, _:
            return usual
