"""Whether a ladder would work: its telephones, who would be rung, and when nobody can be."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from db.unit_of_work import Work
from flows.routing import LadderPlan, LevelPlan, Routing
from flows.rules.working_time import Period
from flows.ticket import Severity
from ivr.admin.parts import AdminParts
from ivr.line.dialling import DialPolicy
from ivr.line.holiday_dates import holiday_dates
from ivr.line.reach import Outlook
from ivr.line.who_rings import Rung, Step, rung_in_order, who_rings
from ivr.routing_file.checks.people import who_may_be

AHEAD = timedelta(days=14)


@dataclass(frozen=True, slots=True, kw_only=True)
class Telephone:
    """One phone of somebody on a level. ``refusal``: why it may not be dialled, empty when it may."""

    name: str
    number: str
    refusal: str
    answered_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Glance:
    """A ladder as the list shows it: who would be rung now, in order, and the first time at which nobody can be."""

    plan: LadderPlan
    rings: list[Rung]
    gap: Period | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """A ladder at one moment: its levels then, and for each level of the plan the telephones it rings, the names of
    those who have none (or no address, where it only sends mail), and its next gap."""

    steps: list[Step]
    telephones: list[list[Telephone]]
    passed_over: list[list[str]]
    gaps: list[Period | None]
    gap: Period | None


def glances(work: Work, parts: AdminParts, routing: Routing) -> list[Glance]:
    """Every ladder, for a ticket of severity 2."""
    ahead = outlook(work, parts, routing, Severity.HIGH)
    return [
        Glance(plan=plan, gap=next(iter(ahead.gaps(plan)), None),
               rings=rung_in_order(who_rings(work, routing, plan, Severity.HIGH, ahead.start, parts.policy)))
        for plan in routing.ladders
    ]  # fmt: skip


def health(
    work: Work, parts: AdminParts, routing: Routing, plan: LadderPlan, severity: Severity, at: datetime
) -> Health:
    """One ladder, for a ticket of ``severity`` at ``at``; gaps are those of the next two weeks."""
    ahead = outlook(work, parts, routing, severity)
    return Health(
        steps=who_rings(work, routing, plan, severity, at, parts.policy),
        telephones=[_telephones(work, parts, routing, level) for level in plan.levels],
        passed_over=[_passed_over(routing, level) for level in plan.levels],
        gaps=[next(iter(ahead.level_gaps(level)), None) for level in plan.levels],
        gap=next(iter(ahead.gaps(plan)), None),
    )


def telephones(work: Work, routing: Routing, person: str, policy: DialPolicy) -> list[Telephone]:
    """Somebody's phones in their order."""
    known = routing.people[person]
    return [
        Telephone(name=known.name, number=number, refusal=policy.refusal(number) or "",
                  answered_at=work.rings.last_answer(number))
        for number in known.phones
    ]  # fmt: skip


def outlook(work: Work, parts: AdminParts, routing: Routing, severity: Severity) -> Outlook:
    """The next two weeks as they are planned, with the absences and overrides known now."""
    now = parts.clock()
    return Outlook(
        routing=routing, policy=parts.policy, zone=routing.lines[0].zone, start=now, end=now + AHEAD,
        severity=severity, holidays=holiday_dates(routing, now), away=work.absences.off(now),
        overrides={key: work.overrides.for_schedule(key, now) for key in routing.schedules},
    )  # fmt: skip


def _telephones(work: Work, parts: AdminParts, routing: Routing, level: LevelPlan) -> list[Telephone]:
    if level.email_only:
        return []
    return [each for key in _people(routing, level) for each in telephones(work, routing, key, parts.policy)]


def _passed_over(routing: Routing, level: LevelPlan) -> list[str]:
    people = [routing.people[key] for key in _people(routing, level)]
    return [person.name for person in people if not (person.email if level.email_only else person.phones)]


def _people(routing: Routing, level: LevelPlan) -> list[str]:
    """Everybody who may be meant by the members of a level, once."""
    keys = dict.fromkeys(person for key in level.members for person in who_may_be(routing, key))
    return [key for key in keys if key in routing.people]
