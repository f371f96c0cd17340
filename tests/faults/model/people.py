"""Whether somebody's phones may be rung at a moment: reckoned from the published routing and from what happened."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Row

from flows.routing import Person, Routing
from tests.faults.books import Page
from tests.faults.company import ZONE

DISTURBED_NOBODY = frozenset({
    "off-duty", "quiet-hours", "rung-enough", "engaged", "nobody-on-shift", "not-allowed", "not-placed",
})  # fmt: skip
PASSED = frozenset({"off-duty", "quiet-hours", "rung-enough", "engaged", "nobody-on-shift"})
SATURDAY = 5
LONGEST_CALL = timedelta(hours=6)
"""A ring of yesterday rings no more, even where the worker has rested ever since and nobody has closed its call."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence:
    """Somebody was off duty."""

    person: str
    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """Everybody of a routing, seen from one attempt."""

    routing: Routing
    page: Page
    attempt: int
    absences: Sequence[Absence]

    def why_not(self, key: str, at: datetime) -> set[str]:
        """Why this person must not be rung at that moment; of several reasons the one that counts, and none is "".
        Two answers where something happened at that very moment: nobody can tell what came first."""
        person = self.routing.people[key]
        own = [ring for ring in self.page.rings if ring.number in person.phones]
        final = self._final(own, at)
        if final:
            return {final}
        if any(one.person == key and one.since <= at < one.until for one in self.absences):
            return {"off-duty"}
        if quiet(person, at):
            return {"quiet-hours"}
        if self._rung_enough(person, own, at):
            return {"rung-enough"}
        return {"engaged" if each else "" for each in self._engaged(own, at)}

    def _final(self, own: list[Row[Any]], at: datetime) -> str:
        """Whoever has passed this attempt's call on, or talked in it, is not rung on another phone either."""
        for ring in reversed(own):
            if ring.attempt_id != self.attempt:
                continue
            if ring.outcome == "talked" and ring.ended_at <= at:
                return "talked"
            if ring.declined_at is not None and ring.declined_at <= at:
                return "declined"
        return ""

    def _rung_enough(self, person: Person, own: list[Row[Any]], at: datetime) -> bool:
        began = night_began(self.routing, person, at)
        rings = [ring for ring in own if ring.outcome not in DISTURBED_NOBODY and ring.started_at < at]
        most = self.routing.restraint.rings_a_night
        return began is not None and sum(ring.started_at >= began for ring in rings) >= most

    def _engaged(self, own: list[Row[Any]], at: datetime) -> set[bool]:
        others = [
            ring for ring in own
            if ring.attempt_id != self.attempt and at - LONGEST_CALL <= ring.started_at <= at
        ]  # fmt: skip
        return {any(self._is_live(ring, at, sharp=sharp) for ring in others) for sharp in (True, False)}

    def _is_live(self, ring: Row[Any], at: datetime, *, sharp: bool) -> bool:
        caller, leg = self.page.call(ring.call_sid), self.page.call(ring.leg_sid or "")
        rings = _goes_on(ring, at, sharp=sharp) and caller is not None and _goes_on(caller, at, sharp=sharp)
        return rings or (leg is not None and _goes_on(leg, at, sharp=sharp))


def _goes_on(row: Row[Any], at: datetime, *, sharp: bool) -> bool:
    """``sharp``: what begins or ends at that very moment is over, or not yet there."""
    began = row.started_at < at if sharp else row.started_at <= at
    return began and (row.ended_at is None or (row.ended_at > at if sharp else row.ended_at >= at))


def quiet(person: Person, at: datetime) -> bool:
    """Whether it is within the person's quiet hours."""
    return person.quiet is not None and within(at, person.quiet.hours.begins, person.quiet.hours.ends, person.zone)


def night_began(routing: Routing, person: Person, at: datetime) -> datetime | None:
    """When the night began in which rings count for this person; None by day."""
    night, zone = routing.restraint.night, ZoneInfo(person.zone or ZONE)
    if not within(at, night.begins, night.ends, person.zone):
        return None
    local = at.astimezone(zone)
    evening = local.replace(hour=night.begins.hour, minute=night.begins.minute, second=0, microsecond=0)
    return evening if evening <= local else evening - timedelta(days=1)


def within(at: datetime, begins: time, ends: time, zone: str) -> bool:
    """Whether a local clock shows a time between two others; the night runs over midnight."""
    shows = at.astimezone(ZoneInfo(zone or ZONE)).time()
    return begins <= shows < ends if begins < ends else shows >= begins or shows < ends


def on_a_workday(at: datetime, opens: time, closes: time) -> bool:
    """Whether the company's office is open."""
    local = at.astimezone(ZoneInfo(ZONE))
    return local.weekday() < SATURDAY and opens <= local.time() < closes
