"""Where and when a customer may be called back."""

from dataclasses import replace
from datetime import datetime

from flows import ladder_hunt
from flows.call import EscalationCall
from flows.heard import TicketFound
from flows.routing import Line
from flows.rules.cooldown import closed_until
from flows.rules.eligibility import evaluate
from flows.ticket import Ticket
from ivr.line.dialling import DialPolicy


def number_on_file(ticket: Ticket, caller: str, policy: DialPolicy, line: str) -> str:
    """Where the customer may be called back: at a number of the ticket that may be dialled, best the caller's own.
    Never at any other, whatever caller ID a call shows."""
    barred = frozenset({line})
    numbers = [number for number in ticket.contact_numbers if policy.refusal(number, barred=barred) is None]
    return caller if caller in numbers else next(iter(numbers), "")


def opens_by_rule(found: TicketFound, now: datetime) -> datetime | None:
    """When the ticket may be escalated, ``now`` at the earliest; None: no clock opens it."""
    spoken = evaluate(found.ticket, found.terms, found.other_path, now).spoken
    if spoken is not None and spoken.until is None:
        return None
    refused = closed_until(found.standing, found.ticket.updated_at, now)
    return max(now, *(each.until for each in (spoken, refused) if each is not None and each.until is not None), now)


def opens_at(
    line: Line, number: str, asked: EscalationCall, found: TicketFound, now: datetime
) -> datetime | None:
    """When the ticket may be escalated, at a time to call a customer, with somebody to ring; None: not at all."""
    earliest = opens_by_rule(found, now)
    if earliest is None:
        return None
    daytime = line.callback.not_before(earliest, found.ticket.time_zone or line.zone)
    if daytime > now:
        return daytime
    climbing = replace(
        asked, line=line, caller=number, ticket=found.ticket, ladder=found.ladder, rung=(), hold=False
    )
    somebody = ladder_hunt.hunt(climbing, now, found.spared).start(found.standing.last_talked).to is not None
    return now if somebody else now + line.callback.interval
