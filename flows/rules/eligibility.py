"""May this ticket be escalated now? Evaluate every rule, keep every reason, speak the one that matters."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum

from flows.rules.working_time import WorkingTime
from flows.ticket import Status, Ticket


class Reason(Enum):
    """Why escalation is refused (article 5850, "Escalate may be missing because"), in the article's order (a) to (d).

    A program that does not allow it comes before a status: whoever hears "answer the question in your ticket first"
    must not learn after answering that it was in vain.
    """

    NOT_ALLOWED = "not-allowed"
    GRACE = "grace"
    GUARANTEED_RESPONSE = "guaranteed-response"
    WAITING_FOR_REQUESTER = "waiting-for-requester"
    RESOLVED_PENDING = "resolved-pending"
    CLOSED = "closed"
    OTHER_PATH = "other-path"


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """One reason against escalation; ``until`` (UTC) is when it ends, None when no clock ends it."""

    reason: Reason
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What one support program grants at one severity.

    ``grace`` runs around the clock from opening; ``guaranteed_response`` runs on ``clock`` (None = 24×7)
    from creation or last update, whichever is later.
    """

    escalation_allowed: bool
    guaranteed_response: timedelta
    grace: timedelta = timedelta(hours=2)
    clock: WorkingTime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Every reason found, in the article's order. Empty means: may be escalated."""

    refusals: tuple[Refusal, ...] = field(default=())

    @property
    def allowed(self) -> bool:
        """Whether nothing speaks against escalation."""
        return not self.refusals

    @property
    def spoken(self) -> Refusal | None:
        """The reason that matters: the first one no clock ends, else the one that ends last."""
        permanent = next((refusal for refusal in self.refusals if refusal.until is None), None)
        return permanent or max(self.refusals, key=_end, default=None)

    @property
    def opens_at(self) -> datetime | None:
        """When escalation opens, if only clocks stand against it."""
        spoken = self.spoken
        return spoken.until if spoken else None


BY_STATUS = {
    Status.WAITING_FOR_REQUESTER: Reason.WAITING_FOR_REQUESTER,
    Status.RESOLVED_PENDING: Reason.RESOLVED_PENDING,
    Status.CLOSED: Reason.CLOSED,
}


def evaluate(ticket: Ticket, terms: Terms | None, other_path: str | None, now: datetime) -> Verdict:
    """Evaluate every rule and keep every reason. ``terms`` None: the program is unknown, so it allows nothing.

    ``other_path``: the words that say where tickets of this product are escalated instead; None when they are here.
    An instant at which a period ends is outside it: escalation is open then. Raises ValueError when the calendar of
    ``terms`` has no working time left.
    """
    found = []
    if terms is None or not terms.escalation_allowed:
        found.append(Refusal(reason=Reason.NOT_ALLOWED))
    if terms is not None:
        found += _clocks(ticket, terms, now)
    if ticket.status in BY_STATUS:
        found.append(Refusal(reason=BY_STATUS[ticket.status]))
    if other_path is not None:
        found.append(Refusal(reason=Reason.OTHER_PATH))
    return Verdict(refusals=tuple(found))


def response_due(ticket: Ticket, terms: Terms) -> datetime:
    """The end of the guaranteed response time since creation or last update, whichever is later (UTC)."""
    since = max(ticket.opened_at, ticket.updated_at)
    return terms.clock.after(since, terms.guaranteed_response) if terms.clock else since + terms.guaranteed_response


def _clocks(ticket: Ticket, terms: Terms, now: datetime) -> list[Refusal]:
    grace = Refusal(reason=Reason.GRACE, until=ticket.opened_at + terms.grace)
    response = Refusal(reason=Reason.GUARANTEED_RESPONSE, until=response_due(ticket, terms))
    return [refusal for refusal in (grace, response) if _end(refusal) > now]


def _end(refusal: Refusal) -> datetime:
    assert refusal.until is not None
    return refusal.until
