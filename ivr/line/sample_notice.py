"""A notice about a ticket that does not exist, to see or to test what people would be sent."""

from datetime import datetime, timedelta

from flows.effects import News
from flows.rules.ring_outcome import RingOutcome
from flows.ticket import Severity, Status, Ticket
from ivr.line.ports import Notice, Promised, Recipient

NUMBER = "48213"
_RINGS = (
    ("Support Operations Manager", "Dana Whitfield", RingOutcome.NO_ANSWER.value),
    ("Senior Director of Support", "Marcus Oyelaran", RingOutcome.DECLINED.value),
)


def sample_notice(news: News, company: str, recipient: Recipient, key: str, at: datetime) -> Notice:
    """``news`` for ``recipient`` as if it had happened at ``at``, with every part such a mail can have but a link."""
    kept_word = Promised(title="Senior Director of Support", name="Marcus Oyelaran", at=at - timedelta(hours=3),
                         until=at - timedelta(hours=1))
    return Notice(
        key=key,
        news=news,
        at=at,
        company=company,
        recipient=recipient,
        number=NUMBER,
        caller="",
        ticket=None if news is News.TICKET_SYSTEM_DOWN else _ticket(at),
        response_due=None if news is News.TICKET_SYSTEM_DOWN else at - timedelta(hours=4),
        rings=() if news is News.TICKET_SYSTEM_DOWN else _RINGS,
        promised=kept_word if news is News.PROMISE_BROKEN else None,
    )


def _ticket(at: datetime) -> Ticket:
    return Ticket(
        number=NUMBER,
        subject="Restore jobs fail since the upgrade",
        organisation="Halvorsen Shipping",
        requester="Jordan Reyes",
        program="Premium",
        severity=Severity.HIGH,
        product="Backup Server",
        status=Status.OPEN,
        opened_at=at - timedelta(hours=5),
        updated_at=at - timedelta(hours=5),
    )
