"""Drills: a whole call, played with emulated telephones; nothing real is rung."""

from datetime import datetime
from http import HTTPStatus
from typing import Any, Literal

from pydantic import Field

from db.repositories.drills import Drill
from db.unit_of_work import Work
from flows.rules.scopes import Scope
from ivr.api.v1.endpoints import Endpoints
from ivr.api.v1.guard import whose
from ivr.api.v1.problems import Kind, refuse
from ivr.api.v1.shapes import Answer, Asked, At
from ivr.api.v1.shapes import Line as OneLine
from ivr.api.v1.ticket_shapes import TicketPut
from ivr.api.v1.trials import line_of, routing_of, spoken
from ivr.drill.desk import LOST_AFTER, DrillDesk, on_duty_then
from ivr.drill.plan import PLAYED, DrillPlan
from ivr.line.staff import StaffParts

Behaviour = Literal["accept", "decline", "silent", "hang-up", "mailbox", "busy", "no-answer", "unreachable"]


class LevelAsked(Asked):
    """What a level of the ladder does when it is rung; levels that are not named do not answer."""

    rank: int = Field(ge=1, le=99)
    does: Behaviour


class DrillAsked(Asked):
    """A call to be played: which ticket (it need not exist), when, on which line, by which routing, and who does what.
    It is played as if nobody had escalated the ticket before."""

    ticket: TicketPut
    at: At | None = Field(None, description="null: now.")
    line: OneLine = Field("", description="The number that is called; empty: the first line.")
    language: OneLine = Field("", description="A language of the line; empty: its first.")
    version: Literal["published", "draft"] = "published"
    levels: list[LevelAsked] = Field([], max_length=50)
    after_talk: Literal["resolved", "next", "hang-up"] = "resolved"
    hang_up_when: Literal["", "ticket", "confirm", "ringing", "talking"] = Field(
        "", description="When the caller gives up; empty: not at all."
    )


class MomentTold(Answer):
    """One thing that happened, ``seconds`` after the call began."""

    seconds: float
    who: str
    verb: str
    words: str


class DrillTold(Answer):
    """A drill. ``state``: being played, over, or failed, and then ``failure`` says why. ``ending`` says how the call
    ended; ``failures`` are what went wrong in it that must not."""

    id: int
    about: str
    asked_by: str
    asked_at: datetime
    state: Literal["running", "played", "failed"]
    failure: str | None
    ending: str | None
    failures: list[str]
    moments: list[MomentTold]


def drill_endpoints(endpoints: Endpoints, parts: StaffParts, drills: DrillDesk) -> None:
    """Declare them."""

    @endpoints.endpoint("POST", "/drills", Scope.ROUTING, DrillTold, body=DrillAsked, refuses=(Kind.CONFLICT,),
                        status=HTTPStatus.ACCEPTED)
    def begin_drill(body: DrillAsked) -> Any:
        """Play a call; it takes seconds. GET /drills/{id} until its state is not running."""
        with parts.store.reading() as work:
            plan = _plan(parts, work, body)
        about = f"Ticket {plan.ticket.number} by {body.version} routing, {plan.at:%Y-%m-%d %H:%M} UTC"
        begun = drills.begin(plan, about, whose())
        if begun is None:
            refuse(Kind.CONFLICT, "Another drill is being played; it takes seconds. Try again.")
        return _read(parts, begun), HTTPStatus.ACCEPTED

    @endpoints.endpoint("GET", "/drills/<int:number>", Scope.READ, DrillTold)
    def read_drill(number: int) -> Any:
        """How a drill went, word for word."""
        return _read(parts, number)


def _plan(parts: StaffParts, work: Work, body: DrillAsked) -> DrillPlan:
    routing, now = routing_of(parts, work, body.version), parts.clock()
    line, at = line_of(routing, body.line), body.at or now
    overrides, absences = on_duty_then(work, routing, now, at)
    return DrillPlan(
        routing=routing, line=line.number, ticket=body.ticket.ticket(body.ticket.number),
        language=spoken(line, body.language), at=at, regions=tuple(sorted(parts.policy.regions)),
        levels={level.rank: level.does for level in body.levels}, after_talk=body.after_talk,
        hang_up_when=body.hang_up_when,
        overrides=overrides, absences=absences,
    )  # fmt: skip


def _read(parts: StaffParts, number: int) -> DrillTold:
    with parts.store.reading() as work:
        found = work.drills.read(number) if number < 2**63 else None
    if found is None:
        refuse(Kind.NOT_FOUND, "There is no such drill; only the latest ones are kept.")
    return _told(found, parts.clock())


def _told(drill: Drill, now: datetime) -> DrillTold:
    played = PLAYED.validate_json(drill.played) if drill.played else None
    lost = drill.ended_at is None and drill.asked_at < now - LOST_AFTER
    return DrillTold(
        id=drill.id, about=drill.about, asked_by=drill.asked_by, asked_at=drill.asked_at,
        state="played" if played else "failed" if drill.failure or lost else "running",
        failure="It did not end: the site was stopped meanwhile." if lost else drill.failure,
        ending=played.ending if played else None,
        failures=list(played.failures) if played else [],
        moments=[MomentTold.model_validate(each) for each in played.moments] if played else [],
    )
