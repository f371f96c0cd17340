"""What the mail stories share: ticket 48213, escalated on 22 November 2026 at 19:05 UTC."""

from datetime import UTC, datetime, timedelta
from typing import Any

from flows.effects import News
from flows.ticket import Severity, Status, Ticket
from ivr.line.ports import Notice, Recipient
from ivr.notifications.email.channel import EmailChannel
from tests.ivr.notifications.sink import SILENCE, MailSink

NOW = datetime(2026, 11, 22, 19, 5, tzinfo=UTC)
PATIENCE = 60.0
"""Seconds; no mail server that is well takes as long, however busy the machine is."""


def channel_to(sink: MailSink, **settings: Any) -> EmailChannel:
    """A channel to ``sink`` with all the patience a busy machine needs, unless the story says otherwise."""
    usual: dict[str, Any] = {"host": "127.0.0.1", "port": sink.port, "timeout": PATIENCE}
    usual["mail_from"] = "line@northwind.example"
    return EmailChannel(**(usual | settings))


def patience_with(trouble: str, silence: float = 0.3) -> float:
    """Seconds to wait for a server in ``trouble``: little (``silence``) where it is certain that no answer comes."""
    return silence if trouble == SILENCE else PATIENCE


def a_notice(recipient: dict[str, str] | None = None, ticket: dict[str, Any] | None = None, **told: Any) -> Notice:
    who = {"name": "Sam Keller", "address": "sam@northwind.example", "language": "en", "zone": "America/New_York"}
    facts: dict[str, Any] = {
        "key": "call-1:escalation-accepted",
        "news": News.ESCALATION_ACCEPTED,
        "at": NOW,
        "company": "Northwind Software",
        "recipient": Recipient(**(who | (recipient or {}))),
        "number": "48213",
        "caller": "+12025550123",
        "ticket": a_ticket(**(ticket or {})),
        "response_due": NOW - timedelta(hours=1, minutes=3),
        "rings": (("Support Operations Manager", "Dana Whitfield", ""),),
    }
    return Notice(**(facts | told))


def a_ticket(**changes: Any) -> Ticket:
    facts: dict[str, Any] = {
        "number": "48213",
        "subject": "Backup jobs fail since the upgrade",
        "organisation": "Acme Industries",
        "requester": "Jordan Reyes",
        "program": "Premium",
        "severity": Severity.HIGH,
        "product": "Backup & Replication",
        "status": Status.OPEN,
        "opened_at": NOW - timedelta(hours=27, minutes=12),
        "updated_at": NOW - timedelta(hours=5),
        "contact_numbers": ("+12025550199",),
    }
    return Ticket(**(facts | changes))
