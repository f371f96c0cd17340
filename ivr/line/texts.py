"""What people are sent as text messages: put into the outbox with the facts they tell, sent after commit."""

from datetime import datetime, timedelta

from db.repositories.callbacks import Callback
from db.repositories.calls import StoredCall
from db.repositories.rings import Ring
from db.unit_of_work import Work
from flows.prompts.rewording import Rewordings
from flows.prompts.spoken import Moment, Prompt, Words, say
from flows.rules.passing_on import Passable
from flows.spoken_reasons import SEVERITY
from flows.ticket import Ticket
from ivr.line.letters import Text, encode_text
from ivr.line.links import Link, Page
from ivr.line.speech import speak

LONGEST_NAME = 40
"""Characters of an organisation, so that a text stays within two segments."""
HEADS_UP_FOR = timedelta(minutes=2)
LINK_FOR = timedelta(minutes=15)
TIME_TO_SAY = timedelta(minutes=5)
"""A manager who has just hung up is not asked at once: the caller may be about to say that all is well."""
WRAP_UP_FOR = timedelta(hours=2)
OPEN_FOR = timedelta(hours=2)


def heads_up(work: Work, stored: StoredCall, ring_id: int, number: str, language: str, ticket: Ticket,
             now: datetime) -> None:
    """Tell a telephone that rings why it rings; worthless when it has stopped."""
    words = _about("texts.heads_up", ticket)
    _post(work, f"ring/{ring_id}/heads-up", stored.line, number, language, words, now + HEADS_UP_FOR, None, now)


def ticket_link(work: Work, stored: StoredCall, ring: Ring, ticket: Ticket, now: datetime) -> None:
    """Send the link that the manager asked for by key; asking twice sends one."""
    link = Link(page=Page.TICKET, about=ring.id, person=ring.person)
    words = say("texts.link", ticket=Words(ticket.number))
    _post(work, f"ring/{ring.id}/link", stored.line, ring.number, ring.language, words, now + LINK_FOR, link, now)


def wrap_up_link(work: Work, line: str, ring: Ring, ticket_number: str, now: datetime) -> None:
    """Ask the manager who talked, and stated no terms, how it goes on."""
    link = Link(page=Page.WRAP_UP, about=ring.id, person=ring.person)
    words = say("texts.wrap_up", ticket=Words(ticket_number))
    _post(work, f"ring/{ring.id}/wrap-up", line, ring.number, ring.language, words, now + WRAP_UP_FOR, link, now,
          now + TIME_TO_SAY)


def it_opens(work: Work, stands: Callback, now: datetime) -> None:
    """Tell a customer who asked for it that the ticket can be escalated now."""
    words = say("texts.opens", ticket=Words(stands.ticket_number))
    key = f"callback/{stands.id}/opens"
    _post(work, key, stands.line, stands.number, stands.language, words, now + OPEN_FOR, None, now)


def duty_passed(work: Work, stored: StoredCall, duty: Passable, by: str, now: datetime) -> None:
    """Tell somebody who has just been put on duty by a person called ``by``."""
    routing = work.routing.read(stored.routing_version)
    line, taker = routing.line(stored.line), routing.people[duty.to]
    zone = taker.zone or (line.zone if line else "UTC")
    words = say("texts.duty", name=Words(by), duty=Words(duty.title), until=Moment(duty.until, now, zone))
    key = f"{stored.sid}/{stored.turn}/{duty.schedule}"
    _post(work, key, stored.line, taker.phones[0], taker.language, words, duty.until, None, now)


def _about(key: str, ticket: Ticket) -> Prompt:
    organisation = Words(ticket.organisation, longest=LONGEST_NAME)
    return Prompt(key, {"ticket": Words(ticket.number), "severity": SEVERITY[ticket.severity],
                        "organisation": organisation})


def _reworded(work: Work) -> Rewordings:
    _, routing = work.routing.current()
    return routing.words


def _post(
    work: Work, key: str, sender: str, to: str, language: str, prompt: Prompt, useless_after: datetime,
    link: Link | None, now: datetime, due_at: datetime | None = None,
) -> None:
    ticket, words = prompt.values.get("ticket"), speak(prompt, language, _reworded(work)).text
    number = ticket.text if isinstance(ticket, Words) else ""
    text = Text(to=to, sender=sender, words=words, link=link, useless_after=useless_after, number=number)
    work.outbox.add("text", key, encode_text(text), now, due_at)
