"""Replay: the calls of the last days, decided once more by what is published and by another routing.

Each decision stands alone, on what had really happened by then: the ticket as it was found, the attempts before, and
what people had set. An attempt that the other routing would have refused still happened.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum

from db.repositories.attempts import StoredAttempt
from db.repositories.calls import StoredCall
from db.repositories.refusals import StoredRefusal
from db.unit_of_work import Work
from flows.call import EscalationCall
from flows.effects import EscalationRefused
from flows.routing import Routing
from flows.ticket import Ticket
from flows.ticket_found import decide
from ivr.line.cursors import Place
from ivr.line.past_standing import Past, past, standing_at
from ivr.line.shifts import on_shift
from ivr.line.trial import RingTried, found_by, would_ring

PART = 75
"""Calls that are decided in one go: a fifth of a second at most, so that no caller waits for it."""
NO_LINE = "line-not-in-this-routing"
"""Instead of a reason: the routing has no such line."""


class Kind(Enum):
    """How two decisions differ, the heaviest difference first."""

    FLIPPED = "flipped"      # one lets it pass, the other does not
    REASON = "reason"        # both refuse, for another reason or until another time
    PHONES = "phones"        # both let it pass, but others would ring, in another order, or longer


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What a routing decides. ``reasons``: why not, the spoken one first, none when it passes; ``opens_at`` (UTC): when
    it would, None when no clock decides. ``rings``: the phones that would ring, in order."""

    reasons: tuple[str, ...] = ()
    opens_at: datetime | None = None
    rings: tuple[RingTried, ...] = ()

    @property
    def passes(self) -> bool:
        """Whether it may be escalated."""
        return not self.reasons

    @property
    def spoken(self) -> tuple[str | None, datetime | None]:
        """What the caller hears of a refusal: the reason that matters, and when escalation opens."""
        return next(iter(self.reasons), None), self.opens_at


@dataclass(frozen=True, slots=True, kw_only=True)
class Replayed:
    """One call: the ticket as it was then, what happened (``outcome`` of its attempt, or why it was ``refused``;
    neither: the caller left before it was confirmed), and both decisions."""

    sid: str
    at: datetime
    ticket: Ticket
    outcome: str | None
    refused: tuple[str, ...]
    published: Decision
    other: Decision

    @property
    def kind(self) -> Kind | None:
        """How the decisions differ; None: not at all."""
        if self.published.passes != self.other.passes:
            return Kind.FLIPPED
        if self.published.passes:
            return None if self.published.rings == self.other.rings else Kind.PHONES
        return None if self.published.spoken == self.other.spoken else Kind.REASON


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplayedPart:
    """Up to ``PART`` calls, the newest first. ``looked_at`` counts them, ``differing`` are those whose decisions
    differ; ``after``: where the next part begins, None at the end."""

    looked_at: int
    differing: tuple[Replayed, ...]
    after: Place | None


def replayed_part(
    work: Work, published: Routing, other: Routing, since: datetime, after: Place
) -> ReplayedPart:
    """Decide the calls that began from ``since`` and stand behind ``after``: at first the present moment, no SID."""
    calls = work.calls.about_tickets(since, *after, PART + 1)
    shown, pasts = calls[:PART], dict[str, Past]()
    found = (replayed(work, call, published, other, pasts) for call in shown)
    return ReplayedPart(
        looked_at=len(shown),
        differing=tuple(each for each in found if each is not None and each.kind is not None),
        after=(shown[-1].started_at, shown[-1].sid) if len(calls) > PART else None,
    )


def replayed(
    work: Work, call: StoredCall, published: Routing, other: Routing, pasts: dict[str, Past]
) -> Replayed | None:
    """Decide one call once more; None when it found no ticket. ``pasts`` keeps what has been read of tickets."""
    state = call.state
    if not isinstance(state, EscalationCall) or state.ticket is None:
        return None
    number = state.ticket.number
    of = pasts[number] if number in pasts else pasts.setdefault(number, past(work, number))
    attempt = next((each for each in of.attempts if each.call_sid == call.sid), None)
    refusal = _last_refusal(work, call.sid, number)
    if attempt is not None and refusal is not None and refusal.at <= attempt.started_at:
        refusal = None
    at = _moment(call, attempt, refusal)
    return Replayed(
        sid=call.sid, at=at, ticket=state.ticket,
        outcome=attempt.outcome if attempt and refusal is None else None,
        refused=refusal.reasons if refusal else (),
        published=_decision(work, call, state, published, of, at),
        other=_decision(work, call, state, other, of, at),
    )  # fmt: skip


def _last_refusal(work: Work, sid: str, number: str) -> StoredRefusal | None:
    return next((each for each in reversed(work.refusals.of(sid)) if each.ticket_number == number), None)


def _moment(call: StoredCall, attempt: StoredAttempt | None, refusal: StoredRefusal | None) -> datetime:
    """When it was decided. Of a caller who left before confirming only the beginning of the call is known."""
    if refusal is not None:
        return refusal.at
    return attempt.started_at if attempt is not None else call.started_at


def _decision(
    work: Work, call: StoredCall, state: EscalationCall, routing: Routing, of: Past, at: datetime
) -> Decision:
    line, ticket = routing.line(call.line), state.ticket
    assert ticket is not None
    if line is None:
        return Decision(reasons=(NO_LINE,))
    standing = replace(standing_at(work, of, routing.cooldown, at), last_talked=state.last_talked)
    found = found_by(routing, line, ticket, standing, at, on_shift(work, routing, at))
    asking = EscalationCall(
        step="ticket", language=line.languages[0], line=line, caller=call.caller, keyed=ticket.number
    )
    turn = decide(asking, found)
    refused = next((each for each in turn.effects if isinstance(each, EscalationRefused)), None)
    if refused is not None:
        return Decision(reasons=refused.reasons, opens_at=refused.opens_at)
    return Decision(rings=tuple(would_ring(turn, at)))
