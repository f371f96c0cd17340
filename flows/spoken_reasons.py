"""The words for a refusal: which sentence, and the local time at which escalation opens."""

from datetime import datetime
from typing import assert_never

from flows.heard import TicketFound
from flows.prompts.spoken import Count, Moment, Named, Prompt, Span, Words, say
from flows.routing import Line
from flows.rules.cooldown import CooldownTerms, Refused, RefusedBecause
from flows.rules.eligibility import Reason, Refusal
from flows.ticket import Severity, Ticket

SEVERITY = {
    Severity.URGENT: Named("severity.urgent"),
    Severity.HIGH: Named("severity.high"),
    Severity.NORMAL: Named("severity.normal"),
    Severity.LOW: Named("severity.low"),
}


def local(at: datetime, now: datetime, ticket: Ticket, line: Line) -> Moment:
    """``at`` in the zone the caller thinks in: the requester's, named when it is not the line's; else the line's."""
    zone = ticket.time_zone or line.zone
    return Moment(at, now, zone, named=zone != line.zone)


def ineligible(refusal: Refusal, found: TicketFound, line: Line) -> Prompt:
    """The sentence for a refusal by the rules of eligibility."""
    ticket, now = found.ticket, found.at
    opens = local(refusal.until or now, now, ticket, line)
    match refusal.reason:
        case Reason.WAITING_FOR_REQUESTER:
            return say("refused.waiting_for_requester")
        case Reason.RESOLVED_PENDING:
            return say("refused.resolved_pending")
        case Reason.CLOSED:
            return say("refused.closed")
        case Reason.NOT_ALLOWED:
            return say("refused.not_allowed", program=Words(ticket.program), severity=SEVERITY[ticket.severity])
        case Reason.GRACE:
            return say("refused.grace", age=Span(now - ticket.opened_at), opens=opens)
        case Reason.GUARANTEED_RESPONSE:
            return say("refused.guaranteed_response", opens=opens)
        case Reason.OTHER_PATH:
            path = Words(found.other_path or "", longest=300)
            return say("refused.other_path", product=Words(ticket.product), path=path)
        case _:
            assert_never(refusal.reason)


def resting(refused: Refused, now: datetime, ticket: Ticket, line: Line, cooldown: CooldownTerms) -> Prompt:
    """The sentence for a refusal by the claim or the cooldown."""
    opens = local(refused.until, now, ticket, line)
    match refused.because:
        case RefusedBecause.BEING_RUNG:
            return say("refused.being_rung")
        case RefusedBecause.COOLING_DOWN:
            return say("refused.cooling_down", opens=opens)
        case RefusedBecause.TOO_MANY_ATTEMPTS:
            count, window = Count(cooldown.max_attempts), Span(cooldown.window)
            return say("refused.too_many", count=count, window=window, opens=opens)
        case _:
            assert_never(refused.because)
