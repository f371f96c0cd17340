"""What managers change on their line: done, and written down with who did it, in the transaction of the turn."""

from dataclasses import replace
from datetime import datetime
from typing import assert_never

from db.repositories.acts import Act, StoredAct
from db.repositories.calls import StoredCall
from db.unit_of_work import Work
from flows.call import ManagerLineCall
from flows.effects import CameOnDuty, CooldownLifted, CooldownSet, DutyPassed, ManagersAct, WentOffDuty
from flows.rules.passing_on import Passable
from flows.rules.schedule import Override
from ivr.line.letters import TicketNote, note_body
from ivr.line.notes import act_note
from ivr.line.texts import duty_passed


def enter(work: Work, stored: StoredCall, call: ManagerLineCall, act: ManagersAct, now: datetime) -> None:
    """Do what the manager confirmed, and write down who did it."""
    match act:
        case WentOffDuty(until=until):
            work.absences.set(call.person, until, now, call.person)
            record(work, stored, Act.OFF_DUTY, now, person=call.person, until=until)
        case CameOnDuty():
            work.absences.clear(call.person)
            record(work, stored, Act.ON_DUTY, now, person=call.person)
        case DutyPassed(duty=duty):
            _pass_on(work, call.person, duty, now)
            if duty.by_text:
                duty_passed(work, stored, duty, _name(work, stored, call), now)
            about = f"{duty.schedule} to {duty.to}"
            record(work, stored, Act.DUTY_PASSED, now, person=call.person, until=duty.until, about=about)
        case CooldownLifted(number=number):
            work.claims.lift(number)
            _about_ticket(work, stored, call, Act.COOLDOWN_LIFTED, number, None, now)
        case CooldownSet(number=number, until=until):
            work.claims.set_rest(number, until, now)
            _about_ticket(work, stored, call, Act.COOLDOWN_SET, number, until, now)
        case _:
            assert_never(act)


def _pass_on(work: Work, person: str, duty: Passable, now: datetime) -> None:
    """Somebody who was put in by hand is put in until now only: no two overrides may stand at the same time."""
    for standing in work.overrides.standing(now).get(duty.schedule, ()):
        if not standing.imported:
            work.overrides.remove(standing.id)
            if standing.starts_at < now:
                work.overrides.add(replace(standing, ends_at=now), now)
    taken_over = Override(
        schedule=duty.schedule, person=duty.to, starts_at=now, ends_at=duty.until, set_by=person,
        why="passed on by phone",
    )  # fmt: skip
    work.overrides.add(taken_over, now)


def _about_ticket(
    work: Work, stored: StoredCall, call: ManagerLineCall, act: Act, number: str, until: datetime | None, now: datetime
) -> None:
    """Whoever reads the ticket sees it too."""
    record(work, stored, act, now, person=call.person, ticket=number, until=until)
    note = TicketNote(number=number, text=act_note(_name(work, stored, call), until, now))
    work.outbox.add("ticket-note", f"{stored.sid}/{stored.turn}/{act.value}", note_body(note), now)


def _name(work: Work, stored: StoredCall, call: ManagerLineCall) -> str:
    return work.routing.read(stored.routing_version).people[call.person].name


def record(
    work: Work,
    stored: StoredCall,
    act: Act,
    now: datetime,
    *,
    person: str = "",
    ticket: str | None = None,
    until: datetime | None = None,
    about: str = "",
) -> None:
    """Write down what was done in a call; ``person`` is empty where nobody has proved to be anybody."""
    work.acts.record(
        StoredAct(
            at=now, call_sid=stored.sid, line=stored.line, person=person, act=act, ticket_number=ticket, until=until,
            about=about,
        )
    )  # fmt: skip
