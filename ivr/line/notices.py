"""What people are told by mail about an escalation: the shift manager on duty, and levels reached by e-mail only."""

from datetime import datetime, timedelta

from db.repositories.calls import StoredCall
from db.repositories.messages import StoredMessage
from db.repositories.rings import Ring
from db.unit_of_work import Work
from flows.call import EscalationCall
from flows.effects import LevelInformed, News, NotifyShiftManager
from ivr.line.letters import encode
from ivr.line.links import Link, Page
from ivr.line.ports import Notice, Recipient
from ivr.line.shift_manager import shift_manager
from ivr.line.texts import TIME_TO_SAY, wrap_up_link

Rings = tuple[tuple[str, str, str], ...]
"""Title, name and outcome of each ring, in order."""


def notify(work: Work, stored: StoredCall, call: EscalationCall, stated: NotifyShiftManager, now: datetime) -> None:
    """Put the mail to the shift manager into the outbox."""
    recipient = shift_manager(work, work.routing.read(stored.routing_version), call.line, now)
    key = f"{stored.sid}/{stored.turn}/{stated.news.value}"
    _send(work, stored, call, stated.news, key, recipient, _rings(work, call, stated), now,
          _take_it(call, stated, recipient.person))


def _take_it(call: EscalationCall, stated: NotifyShiftManager, person: str) -> Link | None:
    """The shift manager may be rung as well, while the ladder rings beside a caller on hold."""
    if stated.news is not News.ESCALATION_ACCEPTED or not call.hold or stated.attempt is None:
        return None
    return Link(page=Page.TAKE_IT, about=stated.attempt, person=person)


def notify_of_message(
    work: Work, stored: StoredCall, call: EscalationCall, message: StoredMessage, now: datetime
) -> None:
    """A caller has left a message; each is told once, however often the carrier tells of it."""
    recipient = shift_manager(work, work.routing.read(stored.routing_version), call.line, now)
    link, length = Link(page=Page.LISTEN, about=message.id), timedelta(seconds=message.seconds)
    key = f"message/{message.id}"
    _send(work, stored, call, News.MESSAGE_LEFT, key, recipient, (), now, link, length=length)


def inform(work: Work, stored: StoredCall, call: EscalationCall, stated: LevelInformed, now: datetime) -> None:
    """Put the mails to a level's members into the outbox; each gets one in an attempt, however often this is stated."""
    assert call.ladder is not None
    rings = _so_far(work, stated.attempt)
    for member in call.ladder.levels[stated.level].members:
        if member.email:
            key = f"attempt/{stated.attempt}/level/{stated.level}/{member.person}"
            recipient = Recipient(
                name=member.name, address=member.email, language=member.language, zone=member.zone
            )
            _send(work, stored, call, News.LEVEL_INFORMED, key, recipient, rings, now)


def ask_for_terms(work: Work, stored: StoredCall, ring: Ring, now: datetime, *, by_text: bool) -> None:
    """Ask the manager who has talked, and is gone, how it goes on: by mail and, where it can be shown, by text."""
    caller = work.calls.read(ring.call_sid)
    person = work.routing.read(stored.routing_version).people.get(ring.person)
    if caller is None or person is None or not isinstance(caller.state, EscalationCall):
        return
    link = Link(page=Page.WRAP_UP, about=ring.id, person=ring.person)
    if person.email:
        zone = person.zone or caller.state.line.zone
        recipient = Recipient(name=person.name, address=person.email, language=ring.language, zone=zone)
        _send(work, caller, caller.state, News.TERMS_MISSING, f"{link.nonce}/mail", recipient, (), now, link,
              now + TIME_TO_SAY)
    if by_text:
        wrap_up_link(work, stored.line, ring, stored.ticket_number or "", now)


def _send(
    work: Work,
    stored: StoredCall,
    call: EscalationCall,
    news: News,
    key: str,
    recipient: Recipient,
    rings: Rings,
    now: datetime,
    link: Link | None = None,
    due_at: datetime | None = None,
    length: timedelta | None = None,
) -> None:
    notice = Notice(
        key=key,
        news=news,
        at=now,
        company=call.line.company,
        recipient=recipient,
        number=ticket_number(call),
        caller=stored.caller,
        ticket=call.ticket,
        response_due=call.response_due,
        rings=rings,
        link=link,
        length=length,
    )
    work.outbox.add("notice", notice.key, encode(notice), now, due_at)


def ticket_number(call: EscalationCall) -> str:
    """The ticket the call is about; before it is found, the number that was keyed."""
    return call.ticket.number if call.ticket is not None else call.keyed


def _rings(work: Work, call: EscalationCall, stated: NotifyShiftManager) -> Rings:
    """Every ring and how it ended; when the ladder starts, also the first phone to ring."""
    if stated.attempt is None:
        return ()
    first = _first_to_ring(call) if stated.news is News.ESCALATION_ACCEPTED else ()
    return _so_far(work, stated.attempt) + first


def _so_far(work: Work, attempt: int) -> Rings:
    return tuple((ring.title, ring.member, _how(ring)) for ring in work.rings.of_attempt(attempt))


def _how(ring: Ring) -> str:
    return "-".join(part for part in (ring.outcome, ring.decline_reason) if part)


def _first_to_ring(call: EscalationCall) -> Rings:
    if call.ladder is None or call.position is None:
        return ()
    level, member = call.ladder.levels[call.position.level], call.ladder.member_at(call.position)
    return ((level.title, member.name, ""),)
