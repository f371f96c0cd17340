"""Time travel: what the line would do for a ticket at a moment, by any routing, with nothing done."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from flows import ladder_hunt
from flows.call import EscalationCall
from flows.heard import TicketFound
from flows.routing import NOBODY, Line, Routing
from flows.rules.cooldown import Standing, closed_until
from flows.rules.eligibility import Reason, Terms, Verdict, evaluate
from flows.ticket import Ticket
from flows.ticket_found import decide
from flows.turn import Turn
from ivr.line.holiday_dates import holiday_dates
from ivr.line.other_paths import other_path
from ivr.line.speech import Spoken, speak
from ivr.routing_file.texts import length_to_text


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleTried:
    """One rule: whether it lets the escalation pass, why, and until when it does not (UTC, None: no clock decides)."""

    name: str
    passed: bool
    why: str
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RingTried:
    """One phone that would ring: after those before it, for at most ``seconds``."""

    rank: int
    title: str
    name: str
    number: str
    seconds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What would happen: every rule, the words, and who would ring in which order."""

    allowed: bool
    rules: tuple[RuleTried, ...]
    spoken: tuple[Spoken, ...]
    rings: tuple[RingTried, ...]
    opens_at: datetime | None


def trial(
    routing: Routing,
    line: Line,
    ticket: Ticket,
    standing: Standing,
    caller: str,
    language: str,
    at: datetime,
    on_duty: Mapping[str, str | None] = NOBODY,
) -> Trial:
    """Let the caller's own conversation decide about the ticket at ``at``, as if its number had just been keyed.

    ``on_duty``: who has the shift in each schedule then.
    """
    found = found_by(routing, line, ticket, standing, at, on_duty)
    call = EscalationCall(step="ticket", language=language, line=line, caller=caller, keyed=ticket.number)
    turn = decide(call, found)
    verdict = evaluate(ticket, found.terms, found.other_path, at)
    rules = (*_rules(ticket, found.terms, verdict), _cooldown(standing, ticket, at))
    allowed = all(rule.passed for rule in rules)
    return Trial(
        allowed=allowed,
        rules=rules,
        spoken=tuple(speak(prompt, language, routing.words) for prompt in turn.say),
        rings=tuple(would_ring(turn, at)) if allowed else (),
        opens_at=_opens_at(rules),
    )


def found_by(
    routing: Routing, line: Line, ticket: Ticket, standing: Standing, at: datetime, on_duty: Mapping[str, str | None]
) -> TicketFound:
    """What a caller's conversation is told when the ticket is found."""
    holidays = holiday_dates(routing, at)
    return TicketFound(
        at=at,
        ticket=ticket,
        terms=routing.terms(ticket.program, ticket.severity, holidays),
        other_path=other_path(routing, line, ticket.product),
        ladder=routing.ladder(ticket, holidays, line.zone, on_duty),
        cooldown=routing.cooldown,
        standing=standing,
    )


def _rules(ticket: Ticket, terms: Terms | None, verdict: Verdict) -> Iterator[RuleTried]:
    refused = {refusal.reason: refusal for refusal in verdict.refusals}
    statuses = (Reason.WAITING_FOR_REQUESTER, Reason.RESOLVED_PENDING, Reason.CLOSED)
    status = next((refused[each] for each in statuses if each in refused), None)
    yield RuleTried(name="Support program and severity", passed=Reason.NOT_ALLOWED not in refused,
                    why=_terms_in_words(ticket, terms))
    for name, reason, why in (
        ("Grace period", Reason.GRACE, f"{length_to_text(terms.grace)} since it was opened" if terms else "no terms"),
        ("Guaranteed response", Reason.GUARANTEED_RESPONSE, _response_in_words(ticket, terms)),
    ):
        refusal = refused.get(reason)
        yield RuleTried(name=name, passed=refusal is None, why=why, until=refusal.until if refusal else None)
    yield RuleTried(name="Status", passed=status is None, why=ticket.status.value.replace("-", " "))
    yield RuleTried(name="Escalation path", passed=Reason.OTHER_PATH not in refused,
                    why=f"{ticket.product} is escalated {'elsewhere' if Reason.OTHER_PATH in refused else 'here'}")


def _terms_in_words(ticket: Ticket, terms: Terms | None) -> str:
    named = f"{ticket.program}, severity {int(ticket.severity)}"
    if terms is None:
        return f"{named}: the routing knows no such program or severity"
    return f"{named}: escalation is {'allowed' if terms.escalation_allowed else 'not part of it'}"


def _response_in_words(ticket: Ticket, terms: Terms | None) -> str:
    if terms is None:
        return "no terms"
    clock = "of working time" if terms.clock else "around the clock"
    return f"{length_to_text(terms.guaranteed_response)} {clock}, since it was opened or last updated"


def _cooldown(standing: Standing, ticket: Ticket, at: datetime) -> RuleTried:
    refused = closed_until(standing, ticket.updated_at, at)
    return RuleTried(name="Claim, cooldown and attempts", passed=refused is None,
                     why=refused.because.value.replace("-", " ") if refused else "nothing stands against it",
                     until=refused.until if refused else None)


def would_ring(turn: Turn[EscalationCall], at: datetime) -> Iterator[RingTried]:
    """Whose phones would ring after ``turn`` offered to escalate, one after the other while nobody accepts."""
    hunt = ladder_hunt.hunt(turn.call, at)
    place = hunt.first(turn.call.last_talked)
    while place is not None:
        ring = ladder_hunt.phone(turn.call, place)
        yield RingTried(rank=ring.rank, title=ring.title, name=ring.name, number=ring.number, seconds=ring.ring_seconds)
        hunt = replace(hunt, rung=hunt.rung | {ring.number})
        place = hunt.onward(hunt.beyond(place)).to


def _opens_at(rules: tuple[RuleTried, ...]) -> datetime | None:
    """When the last clock has run out; None when nothing stands against it, or something no clock ends."""
    failed = [rule for rule in rules if not rule.passed]
    ends = [rule.until for rule in failed if rule.until is not None]
    return max(ends) if failed and len(ends) == len(failed) else None
