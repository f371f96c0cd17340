"""A ticket's cooldown, set or lifted by somebody of the staff; said why, in the timeline and in the audit trail."""

from datetime import datetime

from db.repositories.audit import Change
from db.repositories.interventions import Intervention, Kind
from db.unit_of_work import Work
from flows.rules.cooldown import Standing
from ivr.line.staff import StaffParts

LONGEST_HOURS = 72
LONGEST_WHY = 500


def set_cooldown(parts: StaffParts, work: Work, number: str, until: datetime, by: str, why: str) -> None:
    """Nobody is rung about the ticket until ``until``."""
    was, now = work.claims.standing(number), parts.clock()
    work.claims.set_rest(number, until, now)
    intervention = Intervention(
        ticket_number=number, kind=Kind.COOLDOWN_SET, at=now, by=by, why=why, until=until
    )
    _note(parts, work, intervention, "set the cooldown", was, f"quiet until {until.isoformat()}")


def lift_cooldown(parts: StaffParts, work: Work, number: str, by: str, why: str) -> None:
    """The ticket may be escalated at once, if its rules allow it."""
    was, now = work.claims.standing(number), parts.clock()
    work.claims.lift(number)
    intervention = Intervention(ticket_number=number, kind=Kind.COOLDOWN_LIFTED, at=now, by=by, why=why)
    _note(parts, work, intervention, "lifted the cooldown", was, "no cooldown")


def _note(parts: StaffParts, work: Work, done: Intervention, action: str, was: Standing, became: str) -> None:
    work.interventions.record(done)
    before = f"quiet until {was.quiet_until.isoformat()}" if was.quiet_until else "no cooldown"
    parts.note(work, Change(at=done.at, who=done.by, action=action, subject=f"ticket {done.ticket_number}",
                            was=before, became=became, why=done.why))
