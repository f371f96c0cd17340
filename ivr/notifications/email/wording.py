"""What one mail says, in the reader's language, before anything is laid out."""

from dataclasses import dataclass

from flows.prompts.rewording import Rewordings
from flows.ticket import Ticket
from ivr.line.foreign_text import one_line
from ivr.line.ports import Notice, Promised, Recipient
from ivr.mail_words.words import Words, words_for
from ivr.notifications.email.formats import Reader, phone_text, zone_or_utc

RINGING = "ringing"
"""The name of a ring that has not ended."""


@dataclass(frozen=True, slots=True)
class Phone:
    """A number to call: as people read it, and as a phone's mail app dials it."""

    shown: str
    uri: str


@dataclass(frozen=True, slots=True)
class Ring:
    """One phone that was rung, and how that ended, in words."""

    title: str
    name: str
    end: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """The sentences of one mail. ``link`` is what a link does, and its address. ``facts`` are pairs of label and value;
    every string is one clean line."""

    language: str
    news: str
    what: str
    about: str
    opening: str
    action: str
    instead: str
    callback: str
    phones: tuple[Phone, ...]
    facts: tuple[tuple[str, str], ...]
    rings_heading: str
    rings: tuple[Ring, ...]
    link: tuple[str, str] | None
    footer: str

    @property
    def subject(self) -> str:
        """The line that must say it all on a locked phone's screen."""
        return f"{self.what}: {self.about}"


def wording(notice: Notice, reworded: Rewordings) -> Wording:
    """Put ``notice`` into words for its recipient; the shipped ones, where ``reworded`` has no others."""
    words = words_for(notice.recipient.language, reworded)
    reader = Reader(words.language, zone_or_utc(notice.recipient.zone))
    news = notice.news.value
    callback, phones = _call_back(notice, words)
    return Wording(
        language=words.language,
        news=news,
        what=words.say("what", news),
        about=_about(notice, words),
        opening=words.say("opening", news),
        action=words.say("action", news),
        instead=_instead(notice.recipient, words),
        callback=callback,
        phones=phones,
        facts=_facts(notice, notice.ticket, words, reader) if notice.ticket else (),
        rings_heading=words.say("rings", news),
        rings=tuple(_ring(title, name, end, words) for title, name, end in notice.rings),
        link=_link(notice, words),
        footer=words.say("footer", "text", company=one_line(notice.company), at=reader.moment(notice.at)),
    )


def _instead(recipient: Recipient, words: Words) -> str:
    schedule = one_line(recipient.stands_in_for)
    return words.say("instead", "text", schedule=schedule) if schedule else ""


def _ring(title: str, name: str, end: str, words: Words) -> Ring:
    return Ring(one_line(title), one_line(name), one_line(words.name("ring", end or RINGING)))


def _link(notice: Notice, words: Words) -> tuple[str, str] | None:
    return (words.say("link", notice.link.page.value), notice.link_url) if notice.link and notice.link_url else None


def _about(notice: Notice, words: Words) -> str:
    number = one_line(notice.number)
    if notice.ticket:
        severity, organisation = str(notice.ticket.severity.value), one_line(notice.ticket.organisation)
        return words.say("about", "ticket", number=number, severity=severity, organisation=organisation)
    return words.say("about", "number", number=number) if number else words.say("about", "unknown")


def _call_back(notice: Notice, words: Words) -> tuple[str, tuple[Phone, ...]]:
    """Whom to call: the caller, else the ticket's contacts, else an honest sentence."""
    if notice.caller:
        return words.say("callback", "caller"), (_phone(notice.caller),)
    if notice.ticket and notice.ticket.contact_numbers:
        return words.say("callback", "contacts"), tuple(_phone(number) for number in notice.ticket.contact_numbers)
    return words.say("callback", "unknown"), ()


def _phone(number: str) -> Phone:
    digits = "".join(char for char in number if char in "+0123456789")
    return Phone(phone_text(number), f"tel:{digits}")


def _facts(notice: Notice, ticket: Ticket, words: Words, reader: Reader) -> tuple[tuple[str, str], ...]:
    open_for = words.say(
        "fact", "open-for", length=reader.span(notice.at - ticket.opened_at), at=reader.moment(ticket.opened_at)
    )
    facts = {
        "length": reader.seconds(notice.length) if notice.length else "",
        "ticket": ticket.number,
        "severity": words.say("severity", str(ticket.severity.value)),
        "organisation": ticket.organisation,
        "product": ticket.product,
        "subject": ticket.subject,
        "requester": ticket.requester,
        "program": ticket.program,
        "open-for": open_for,
        "response": _response(notice, words, reader),
        "promise": _promise(notice.promised, words, reader) if notice.promised else "",
    }
    return tuple((words.say("label", name), one_line(value)) for name, value in facts.items() if value)


def _promise(promised: Promised, words: Words, reader: Reader) -> str:
    until, at = reader.moment(promised.until), reader.moment(promised.at)
    return words.say("fact", "promise", until=until, at=at, name=promised.name, title=promised.title)


def _response(notice: Notice, words: Words, reader: Reader) -> str:
    due = notice.response_due
    if due is None:
        return ""
    past = notice.at >= due
    length = notice.at - due if past else due - notice.at
    return words.say("fact", "past" if past else "ahead", length=reader.span(length), at=reader.moment(due))
