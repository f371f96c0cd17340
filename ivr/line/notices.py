"""What people are told by mail about an escalation: the shift manager on duty, and levels reached by e-mail only."""

from datetime import datetime

from db.repositories.calls import StoredCall
from db.unit_of_work import Work
from flows.call import EscalationCall
from flows.effects import LevelInformed, News, NotifyShiftManager
from ivr.line.letters import encode
from ivr.line.ports import Notice, Recipient
from ivr.line.shift_manager import shift_manager

Rings = tuple[tuple[str, str, str], ...]
"""Title, name and outcome of each ring, in order."""


def notify(work: Work, stored: StoredCall, call: EscalationCall, stated: NotifyShiftManager, now: datetime) -> None:
    """Put the mail to the shift manager into the outbox."""
    recipient = shift_manager(work, work.routing.read(stored.routing_version), call.line, now)
    key = f"{stored.sid}/{stored.turn}/{stated.news.value}"
    _send(work, stored, call, stated.news, key, recipient, _rings(work, call, stated), now)


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


def _send(
    work: Work,
    stored: StoredCall,
    call: EscalationCall,
    news: News,
    key: str,
    recipient: Recipient,
    rings: Rings,
    now: datetime,
) -> None:
    notice = Notice(
        key=key,
        news=news,
        at=now,
        company=call.line.company,
        recipient=recipient,
        number=call.ticket.number if call.ticket is not None else call.keyed,
        caller=stored.caller,
        ticket=call.ticket,
        response_due=call.response_due,
        rings=rings,
    )
    work.outbox.add("notice", notice.key, encode(notice), now)


def _rings(work: Work, call: EscalationCall, stated: NotifyShiftManager) -> Rings:
    """Every ring and how it ended; when the ladder starts, also the first phone to ring."""
    if stated.attempt is None:
        return ()
    first = _first_to_ring(call) if stated.news is News.ESCALATION_ACCEPTED else ()
    return _so_far(work, stated.attempt) + first


def _so_far(work: Work, attempt: int) -> Rings:
    return tuple((ring.title, ring.member, ring.outcome or "") for ring in work.rings.of_attempt(attempt))


def _first_to_ring(call: EscalationCall) -> Rings:
    if call.ladder is None or call.position is None:
        return ()
    level, member = call.ladder.levels[call.position.level], call.ladder.member_at(call.position)
    return ((level.title, member.name, ""),)
