"""Replay: which decisions of the last days the draft would have turned."""

from datetime import datetime, timedelta
from typing import Any, Literal

from pydantic import Field

from flows.rules.scopes import Scope
from ivr.api.v1.calls import place
from ivr.api.v1.endpoints import Endpoints
from ivr.api.v1.problems import Kind, refuse
from ivr.api.v1.shapes import Answer, Asked, Line, Page
from ivr.api.v1.trials import RingTold, told_ring
from ivr.line.cursors import cursor
from ivr.line.drafts import read_draft
from ivr.line.replay import Decision, Replayed, replayed_part
from ivr.line.staff import StaffParts


class ReplayAsked(Asked):
    """How far back, and which part."""

    days: int = Field(30, ge=1, le=366)
    after: Line = Field("", description="The `next` of the part before; empty: from the newest call.")


class DecisionTold(Answer):
    """What a routing decides; ``reasons`` is empty when the ticket may be escalated, and then ``rings`` says whom."""

    passes: bool
    reasons: list[str]
    opens_at: datetime | None
    rings: list[RingTold]


class ReplayedTold(Answer):
    """One call whose two decisions differ, and what happened: its attempt's ``outcome``, or why it was ``refused``."""

    sid: str
    at: datetime
    ticket: str
    kind: Literal["flipped", "reason", "phones"]
    outcome: str | None
    refused: list[str]
    published: DecisionTold
    draft: DecisionTold


class ReplayPage(Page):
    """A part of the calls: how many were looked at, and those that differ."""

    looked_at: int
    differing: list[ReplayedTold]


def replay_endpoints(endpoints: Endpoints, parts: StaffParts) -> None:
    """Declare it."""

    @endpoints.endpoint("GET", "/routing/draft/replay", Scope.READ, ReplayPage, query=ReplayAsked,
                        refuses=(Kind.CONFLICT,))
    def replay_draft(query: ReplayAsked) -> Any:
        """Decide the calls of the last days once more, by what is published and by the draft, a part at a time."""
        now = parts.clock()
        with parts.store.reading() as work:
            draft = read_draft(parts, work)
            if draft.document.mistakes:
                refuse(Kind.CONFLICT, "The draft has mistakes; mend them before replaying it.")
            since, after = now - timedelta(days=query.days), place(query.after) or (now, "")
            part = replayed_part(work, draft.before, draft.document.routing, since, after)
        return {
            "looked_at": part.looked_at,
            "differing": [_told(each) for each in part.differing],
            "next": cursor(part.after) if part.after else None,
        }


def _told(each: Replayed) -> ReplayedTold:
    assert each.kind is not None
    return ReplayedTold(
        sid=each.sid, at=each.at, ticket=each.ticket.number, kind=each.kind.value, outcome=each.outcome,
        refused=list(each.refused), published=_decision(each.published), draft=_decision(each.other),
    )


def _decision(decision: Decision) -> DecisionTold:
    return DecisionTold(
        passes=decision.passes, reasons=list(decision.reasons), opens_at=decision.opens_at,
        rings=[told_ring(each) for each in decision.rings],
    )
