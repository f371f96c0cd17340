"""Time travel: what the line would do for a ticket at a moment, by what is published or by the draft."""

from dataclasses import replace
from datetime import datetime
from typing import Any, Literal

from pydantic import Field

from db.unit_of_work import Work
from flows.routing import Line, Routing
from flows.rules.cooldown import Standing
from flows.rules.scopes import Scope
from flows.ticket import Ticket
from ivr.api.v1.endpoints import Endpoints
from ivr.api.v1.problems import Kind, invalid, refuse
from ivr.api.v1.shapes import Answer, Asked, At
from ivr.api.v1.shapes import Line as OneLine
from ivr.api.v1.ticket_shapes import TicketPut
from ivr.api.v1.tickets import existing
from ivr.line.drafts import read_draft
from ivr.line.shifts import on_shift
from ivr.line.staff import StaffParts
from ivr.line.trial import RingTried, Trial, trial
from ivr.logs import masked


class Circumstances(Asked):
    """When, on which line, in which language, by which routing."""

    at: At | None = Field(None, description="null: now.")
    line: OneLine = Field("", description="The number that is called; empty: the first line.")
    caller: OneLine = Field("", description="The caller's number; the line never rings it.")
    language: OneLine = Field("", description="A language of the line; empty: its first.")
    version: Literal["published", "draft"] = "published"
    ignore_cooldown: bool = Field(False, description="As if nobody had escalated it before.")


class MadeUp(Circumstances):
    """A ticket that need not exist."""

    ticket: TicketPut


class RuleTold(Answer):
    """One rule. ``until``: when its clock has run out, null where no clock decides."""

    name: str
    passed: bool
    why: str
    until: datetime | None


class SpokenTold(Answer):
    """One sentence that the caller would hear."""

    language: str
    text: str


class RingTold(Answer):
    """One phone that would ring, after those before it."""

    rank: int
    title: str
    name: str
    number: str
    seconds: int


class TrialTold(Answer):
    """Whether it may be escalated, every rule, the words, and who would ring in which order."""

    allowed: bool
    opens_at: datetime | None
    rules: list[RuleTold]
    spoken: list[SpokenTold]
    rings: list[RingTold]


def trial_endpoints(endpoints: Endpoints, parts: StaffParts) -> None:
    """Declare them."""

    @endpoints.endpoint("GET", "/tickets/<number>/trial", Scope.READ, TrialTold, query=Circumstances,
                        refuses=(Kind.CONFLICT,))
    def try_ticket(number: str, query: Circumstances) -> Any:
        """What the line would do for a ticket. Nothing is done."""
        with parts.store.reading() as work:
            ticket = existing(work, number)
            standing = Standing() if query.ignore_cooldown else work.claims.standing(number)
            return _tried(parts, work, ticket, replace(standing, leased_until=None), query)

    @endpoints.endpoint("POST", "/trials", Scope.READ, TrialTold, body=MadeUp, refuses=(Kind.CONFLICT,))
    def try_made_up(body: MadeUp) -> Any:
        """What the line would do for a ticket that need not exist. Nothing is done."""
        with parts.store.reading() as work:
            return _tried(parts, work, body.ticket.ticket(body.ticket.number), Standing(), body)


def _tried(
    parts: StaffParts, work: Work, ticket: Ticket, standing: Standing, asked: Circumstances
) -> TrialTold:
    routing = routing_of(parts, work, asked.version)
    at, line = asked.at or parts.clock(), line_of(routing, asked.line)
    language = spoken(line, asked.language)
    return _told(trial(routing, line, ticket, standing, asked.caller, language, at, on_shift(work, routing, at)))


def routing_of(parts: StaffParts, work: Work, version: str) -> Routing:
    """What is published, or for "draft" the draft. Refuses a draft with mistakes."""
    draft = read_draft(parts, work)
    if version == "draft" and draft.document.mistakes:
        refuse(Kind.CONFLICT, "The draft has mistakes; mend them before trying it.")
    return draft.document.routing if version == "draft" else draft.before


def spoken(line: Line, language: str) -> str:
    """A language of the line, its first for an empty one. Refuses any other."""
    if language and language not in line.languages:
        invalid("language", f"expected one of {', '.join(line.languages)}")
    return language or line.languages[0]


def line_of(routing: Routing, number: str) -> Line:
    """A line of the routing, its first for an empty number. Refuses any other."""
    if not routing.lines:
        refuse(Kind.CONFLICT, "No routing is published, so there is no line to try.")
    line = routing.line(number) if number else routing.lines[0]
    if line is None:
        invalid("line", f"expected one of {', '.join(each.number for each in routing.lines)}")
    return line


def told_ring(ring: RingTried) -> RingTold:
    """A ring with its number masked."""
    return RingTold.model_validate(ring).model_copy(update={"number": masked(ring.number)})


def _told(tried: Trial) -> TrialTold:
    return TrialTold.model_validate(tried).model_copy(update={"rings": [told_ring(each) for each in tried.rings]})
