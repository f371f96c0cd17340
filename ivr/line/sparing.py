"""Who must not be rung at this moment, and why: off duty, on another call of ours, rung often enough tonight.

Looked at again before every ring, because all of it may change while the ladder is climbed. Quiet hours are not asked
for here: they stand in the ladder itself.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from db.repositories.recent_rings import RecentRing
from db.unit_of_work import Work
from flows.heard import Spared
from flows.routing import Routing
from flows.rules.ladder import Ladder, Member
from flows.rules.restraint import Restraint
from flows.rules.ring_outcome import LONGEST_CALL, NEVER_RANG, RingOutcome
from flows.ticket import Severity

DISTURBED_NOBODY = frozenset(outcome.value for outcome in NEVER_RANG)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Moment:
    """What is known about the ladder's people before one ring. ``rings`` are the recent ones of their phones."""

    away: Collection[str]
    rings: Sequence[RecentRing]
    restraint: Restraint
    severity: Severity
    attempt: int | None
    now: datetime

    def why_not(self, member: Member) -> RingOutcome | None:
        """Why this person must not be rung; of several reasons the one that lasts."""
        own = [ring for ring in self.rings if ring.number in member.phones]
        here = [final for ring in own if ring.attempt_id == self.attempt and (final := _final(ring))]
        disturbed = (ring.started_at for ring in own if ring.outcome not in DISTURBED_NOBODY)
        if here:
            return here[-1]
        if member.person in self.away:
            return RingOutcome.OFF_DUTY
        if self.restraint.rung_enough(disturbed, member.zone, self.severity, self.now):
            return RingOutcome.RUNG_ENOUGH
        elsewhere = any(ring.live and ring.attempt_id != self.attempt for ring in own)
        return RingOutcome.ENGAGED if elsewhere else None


def spared(
    work: Work, routing: Routing, ladder: Ladder, severity: Severity, attempt: int | None, now: datetime
) -> tuple[Spared, ...]:
    """Those of the ladder's people who must not be rung now for a ticket of ``severity``. ``attempt`` is the present
    one: whoever declined or talked in it is not rung on another phone either."""
    people = {member.person: member for level in ladder.levels for member in level.members if member.person}
    if not people:
        return ()
    restraint = routing.restraint
    moment = _Moment(
        away=work.absences.off(now),
        rings=_rings(work, people.values(), restraint, severity, now),
        restraint=restraint,
        severity=severity,
        attempt=attempt,
        now=now,
    )
    found = ((key, moment.why_not(member)) for key, member in people.items())
    return tuple(Spared(person=key, why=why) for key, why in found if why is not None)


def _rings(
    work: Work, people: Collection[Member], restraint: Restraint, severity: Severity, now: datetime
) -> Sequence[RecentRing]:
    zones = {member.zone for member in people}
    nights = [began for zone in zones if (began := restraint.night_began(zone, severity, now)) is not None]
    numbers = [number for member in people for number in member.phones]
    return work.recent_rings.of(numbers, min([now - LONGEST_CALL, *nights]))


def _final(ring: RecentRing) -> RingOutcome | None:
    if ring.outcome == RingOutcome.TALKED.value:
        return RingOutcome.TALKED
    return RingOutcome.DECLINED if ring.declined else None
