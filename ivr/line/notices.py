"""What the shift manager is told: notices, put into the outbox with the facts they tell."""

from datetime import datetime, timedelta

from db.repositories.calls import StoredCall
from db.repositories.messages import StoredMessage
from db.unit_of_work import Work
from flows.call import EscalationCall
from flows.effects import News, NotifyShiftManager
from ivr.line.letters import encode
from ivr.line.ports import Notice, Recipient


def notify(work: Work, stored: StoredCall, call: EscalationCall, stated: NotifyShiftManager, now: datetime) -> None:
    """What a turn has stated; one turn tells each news once."""
    _post(
        work,
        Notice(
            key=f"{stored.sid}/{stored.turn}/{stated.news.value}",
            news=stated.news,
            at=now,
            company=call.line.company,
            recipient=_shift_manager(work, stored, call),
            number=ticket_number(call),
            caller=stored.caller,
            ticket=call.ticket,
            response_due=call.response_due,
            rings=_rings(work, call, stated),
        ),
    )


def notify_of_message(
    work: Work, stored: StoredCall, call: EscalationCall, message: StoredMessage, now: datetime
) -> None:
    """A caller has left a message; each is told once, however often the carrier tells of it."""
    _post(
        work,
        Notice(
            key=f"message/{message.id}",
            news=News.MESSAGE_LEFT,
            at=now,
            company=call.line.company,
            recipient=_shift_manager(work, stored, call),
            number=message.ticket_number,
            caller=stored.caller,
            ticket=call.ticket,
            response_due=call.response_due,
            recording=message.recording_sid,
            length=timedelta(seconds=message.seconds),
        ),
    )


def ticket_number(call: EscalationCall) -> str:
    """The ticket the call is about; before it is found, the number that was keyed."""
    return call.ticket.number if call.ticket is not None else call.keyed


def _post(work: Work, notice: Notice) -> None:
    work.outbox.add("notice", notice.key, encode(notice), notice.at)


def _shift_manager(work: Work, stored: StoredCall, call: EscalationCall) -> Recipient:
    person = work.routing.read(stored.routing_version).people[call.line.shift_manager]
    return Recipient(name=person.name, address=person.email, language=person.language, zone=call.line.zone)


def _rings(work: Work, call: EscalationCall, stated: NotifyShiftManager) -> tuple[tuple[str, str, str], ...]:
    """When the ladder starts: the first phone to ring. Afterwards: every ring and how it ended."""
    if stated.attempt is None:
        return ()
    if stated.news is News.ESCALATION_ACCEPTED:
        return _first_to_ring(call)
    return tuple((ring.title, ring.member, ring.outcome or "") for ring in work.rings.of_attempt(stated.attempt))


def _first_to_ring(call: EscalationCall) -> tuple[tuple[str, str, str], ...]:
    if call.ladder is None or call.position is None:
        return ()
    level, member = call.ladder.levels[call.position.level], call.ladder.member_at(call.position)
    return ((level.title, member.name, ""),)
