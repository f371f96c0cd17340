"""When somebody on a ladder can be rung at all, and when nobody can: looked at ahead of time."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from flows.routing import LadderPlan, LevelPlan, Routing
from flows.rules.periods import joined, missing, shared
from flows.rules.schedule import Override
from flows.rules.shifts import shifts
from flows.rules.working_time import Period
from flows.ticket import Severity
from ivr.line.dialling import DialPolicy


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """The time from ``start`` to ``end``, as it is planned for tickets of ``severity``.

    ``zone`` (IANA) counts for people who name none; ``holidays`` are those of each region, ``overrides`` those of each
    schedule that touch the time, ``away`` is who is off duty and until when. The routing must be sound.
    """

    routing: Routing
    policy: DialPolicy
    zone: str
    start: datetime
    end: datetime
    severity: Severity = Severity.HIGH
    holidays: Mapping[str, frozenset[date]] = field(default_factory=dict)
    overrides: Mapping[str, Sequence[Override]] = field(default_factory=dict)
    away: Mapping[str, datetime] = field(default_factory=dict)

    def gaps(self, plan: LadderPlan) -> list[Period]:
        """When no telephone on the ladder rings."""
        return missing((period for level in plan.levels for period in self.level(level)), self.start, self.end)

    def level_gaps(self, plan: LevelPlan) -> list[Period]:
        """When a level takes part and none of its telephones rings; a level that only gets mail has none."""
        return [] if plan.email_only else shared(self._hours(plan), missing(self.level(plan), self.start, self.end))

    def level(self, plan: LevelPlan) -> list[Period]:
        """When a telephone on this level rings."""
        if plan.email_only:
            return []
        return shared(self._hours(plan), (period for key in plan.members for period in self.member(key)))

    def member(self, key: str) -> list[Period]:
        """When a telephone rings for ``key``, a person or a schedule."""
        if key in self.routing.people:
            return self._person(key)
        return joined(self._shifts(key)) if key in self.routing.schedules else []

    def _shifts(self, key: str) -> Iterator[Period]:
        for shift in shifts(self.routing.schedules[key], self.overrides.get(key, ()), self.start, self.end):
            if shift.person in self.routing.people:
                yield from shared([(shift.starts_at, shift.ends_at)], self._person(shift.person))

    def _person(self, key: str) -> list[Period]:
        person = self.routing.people[key]
        if not any(self.policy.refusal(number) is None for number in person.phones):
            return []
        back = self.away.get(key)
        still = [(self.start, back)] if back else []
        if person.quiet and self.severity.value > person.quiet.except_for:
            still += person.quiet.hours.between(self.start, self.end, person.zone or self.zone)
        return missing(still, self.start, self.end)

    def _hours(self, plan: LevelPlan) -> list[Period]:
        hours = self.routing.working_time(plan.calendar, self.holidays)
        return list(hours.periods(self.start, self.end)) if hours else [(self.start, self.end)]
