"""Which duties somebody has now by the schedules, and who could take each of them over."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from db.unit_of_work import Work
from flows.heard import DutiesFound
from flows.routing import Routing
from flows.rules.passing_on import Passable, next_in_line
from flows.rules.schedule import DAY, Override, Schedule
from flows.rules.shifts import shift_at
from ivr.line.dialling import DialPolicy


def duties_of(work: Work, routing: Routing, person: str, policy: DialPolicy, now: datetime) -> DutiesFound:
    """The duties of ``person`` at ``now``. Nobody is offered one who is off duty or has no phone."""
    off = work.absences.off(now)
    takers = {key: known for key, known in routing.people.items() if known.phones and key not in off}
    planned, duties = False, []
    for key, schedule in routing.schedules.items():
        overrides = work.overrides.for_schedule(key, now - _longest_turn(schedule))
        planned = planned or person in {*schedule.people, *(override.person for override in overrides)}
        until = _on_duty_until(schedule, overrides, person, now)
        if until is None:
            continue
        to = next((each for each in next_in_line(schedule, overrides, now) if each in takers), "")
        name, by_text = (takers[to].name, policy.can_text(takers[to].phones[0])) if to else ("", False)
        duty = Passable(schedule=key, title=schedule.name, until=until, to=to, name=name, by_text=by_text)
        duties.append(duty)
    return DutiesFound(at=now, planned=planned, duties=tuple(duties))


def _longest_turn(schedule: Schedule) -> timedelta:
    """How far back overrides must be known for a shift to be told whole."""
    return max((rotation.every for rotation in schedule.rotations), default=DAY) + DAY


def _on_duty_until(
    schedule: Schedule, overrides: Sequence[Override], person: str, now: datetime
) -> datetime | None:
    """The end of the shift that goes on, if it is this person's."""
    shift = shift_at(schedule, overrides, now)
    return shift.ends_at if shift is not None and shift.person == person else None
