"""What stands against another escalation of a ticket: claim and cooldown, seen, set and lifted; and de-escalation."""

from datetime import datetime, timedelta
from typing import Any

from pydantic import Field

from db.unit_of_work import Work
from flows.rules.scopes import Scope
from ivr.api.v1.endpoints import Endpoints
from ivr.api.v1.guard import whose
from ivr.api.v1.problems import Kind, invalid, refuse
from ivr.api.v1.shapes import Answer, Asked, At, Why
from ivr.line.cooldowns import LONGEST_HOURS, lift_cooldown, set_cooldown
from ivr.line.staff import StaffParts
from ivr.line.terms import de_escalate


class StandingTold(Answer):
    """``leased_until``: phones ring about it now; ``quiet_until``: nobody is rung until then; ``promised_until``: by
    then a manager has promised an answer; ``last_talked``: the level (from 1) that talked last, 0: none."""

    leased_until: datetime | None
    quiet_until: datetime | None
    promised_until: datetime | None
    last_talked: int


class CooldownPut(Asked):
    """Until when nobody is rung about the ticket."""

    until: At = Field(description=f"At most {LONGEST_HOURS} hours from now.")
    why: Why


class Reason(Asked):
    """Why."""

    why: Why


def standing_endpoints(endpoints: Endpoints, parts: StaffParts) -> None:
    """Declare them."""

    @endpoints.endpoint("GET", "/tickets/<number>/cooldown", Scope.READ, StandingTold)
    def read_cooldown(number: str) -> Any:
        """What stands against another escalation."""
        with parts.store.reading() as work:
            return _standing(work, number)

    @endpoints.endpoint("PUT", "/tickets/<number>/cooldown", Scope.COOLDOWNS, StandingTold, body=CooldownPut)
    def put_cooldown(number: str, body: CooldownPut) -> Any:
        """Let nobody be rung about the ticket for a time."""
        length = body.until - parts.clock()
        if not timedelta() < length <= timedelta(hours=LONGEST_HOURS):
            invalid("body.until", f"expected a time in the next {LONGEST_HOURS} hours")
        with parts.store.writing() as work:
            _standing(work, number)
            set_cooldown(parts, work, number, body.until, whose(), body.why)
            return _standing(work, number)

    @endpoints.endpoint("POST", "/tickets/<number>/cooldown/lift", Scope.COOLDOWNS, StandingTold, body=Reason)
    def lift(number: str, body: Reason) -> Any:
        """Let the ticket be escalated at once, if its rules allow it."""
        with parts.store.writing() as work:
            _standing(work, number)
            lift_cooldown(parts, work, number, whose(), body.why)
            return _standing(work, number)

    @endpoints.endpoint("POST", "/tickets/<number>/de-escalate", Scope.COOLDOWNS, StandingTold, body=Reason)
    def lower(number: str, body: Reason) -> Any:
        """Let the next escalation begin at the first level again. Cooldown and promises stay."""
        with parts.store.writing() as work:
            _standing(work, number)
            de_escalate(work, number, parts.clock(), whose(), body.why)
            return _standing(work, number)


def _standing(work: Work, number: str) -> StandingTold:
    if work.tickets.find(number) is None and not work.attempts.of_ticket(number, 1):
        refuse(Kind.NOT_FOUND, "Neither is there such a ticket, nor has anybody escalated one with this number.")
    return StandingTold.model_validate(work.claims.standing(number))
