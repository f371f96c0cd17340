"""Who is on duty, when, and who is put in for a time whatever the rotations say."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any

from db.errors import NothingPublished
from db.repositories.audit import Change
from db.repositories.overrides import OverrideClash
from db.unit_of_work import Work
from flows.duty import mailed
from flows.routing import Routing
from flows.rules.schedule import Override
from flows.rules.scopes import Scope
from flows.rules.shifts import gaps, shifts
from ivr.api.v1.endpoints import Endpoints
from ivr.api.v1.guard import whose
from ivr.api.v1.on_call_shapes import (
    OnCall,
    OnCallAsked,
    OnDuty,
    OverridePut,
    Overrides,
    OverrideTold,
    ShiftManager,
    Shifts,
    ShiftsAsked,
    ShiftTold,
)
from ivr.api.v1.problems import Kind, invalid, refuse
from ivr.line.shifts import on_shift
from ivr.line.staff import StaffParts

LONGEST_SPAN = timedelta(days=92)
AHEAD = timedelta(days=14)


def on_call_endpoints(endpoints: Endpoints, parts: StaffParts) -> None:
    """Declare them."""

    @endpoints.endpoint("GET", "/on-call", Scope.READ, OnCall, query=OnCallAsked, refuses=(Kind.CONFLICT,))
    def who_is_on_call(query: OnCallAsked) -> Any:
        """Who is on duty for each schedule, and who is shift manager of each line."""
        at = query.at or parts.clock()
        with parts.store.reading() as work:
            routing = _routing(work)
            return {
                "at": at,
                "schedules": [
                    OnDuty(schedule=key, person=person, name=_name(routing, person))
                    for key, person in on_shift(work, routing, at).items()
                ],
                "shift_managers": list(_shift_managers(work, routing, at)),
            }

    @endpoints.endpoint("GET", "/on-call/schedules/<key>/shifts", Scope.READ, Shifts, query=ShiftsAsked,
                        refuses=(Kind.CONFLICT,))
    def list_shifts(key: str, query: ShiftsAsked) -> Any:
        """Who is on duty from when to when."""
        since = query.since or parts.clock()
        until = query.until or since + AHEAD
        if not timedelta() < until - since <= LONGEST_SPAN:
            invalid("query.until", f"expected a time after since, at most {LONGEST_SPAN.days} days later")
        with parts.store.reading() as work:
            return {"shifts": sorted(_spread(work, _routing(work), key, since, until), key=lambda one: one.starts_at)}

    @endpoints.endpoint("GET", "/on-call/overrides", Scope.READ, Overrides)
    def list_overrides() -> Any:
        """Those that are not over."""
        with parts.store.reading() as work:
            found = work.overrides.all(parts.clock())
        return {"overrides": [OverrideTold.model_validate(each) for each in found]}

    @endpoints.endpoint("POST", "/on-call/overrides", Scope.ON_CALL, OverrideTold, body=OverridePut,
                        refuses=(Kind.CONFLICT,), status=HTTPStatus.CREATED)
    def add_override(body: OverridePut) -> Any:
        """Put somebody, or nobody, in for a time."""
        now = parts.clock()
        if body.ends_at <= max(body.starts_at, now):
            invalid("body.ends_at", "expected a time after starts_at that has not passed")
        with parts.store.writing() as work:
            _known(_routing(work), body)
            try:
                made = work.overrides.add(Override(**body.model_dump(), set_by=whose()), now)
            except OverrideClash as clash:
                refuse(Kind.CONFLICT, f"Override {clash.standing.id} stands at the same time; remove it first.")
            _note(parts, work, "put in", made)
        return OverrideTold.model_validate(made)

    @endpoints.endpoint("DELETE", "/on-call/overrides/<int:number>", Scope.ON_CALL, OverrideTold)
    def remove_override(number: int) -> Any:
        """Take one out that was set by hand; it is answered once more."""
        with parts.store.writing() as work:
            removed = work.overrides.remove(number) if number < 2**63 else None
            if removed is None:
                refuse(Kind.NOT_FOUND, "There is no such override set by hand; GET /on-call/overrides lists all.")
            _note(parts, work, "took out", removed)
        return OverrideTold.model_validate(removed)


def _routing(work: Work) -> Routing:
    try:
        return work.routing.current()[1]
    except NothingPublished:
        refuse(Kind.CONFLICT, "No routing is published, so nobody is on duty.")


def _name(routing: Routing, person: str | None) -> str:
    known = routing.people.get(person or "")
    return known.name if known else ""


def _shift_managers(work: Work, routing: Routing, at: datetime) -> Iterator[ShiftManager]:
    standing = work.overrides.standing(at)
    for line in routing.lines:
        person = mailed(routing, line.shift_manager, standing, at).person or ""
        yield ShiftManager(line=line.number, person=person, name=_name(routing, person))


def _spread(work: Work, routing: Routing, key: str, since: datetime, until: datetime) -> Iterator[ShiftTold]:
    schedule = routing.schedules.get(key)
    if schedule is None:
        refuse(Kind.NOT_FOUND, f"There is no schedule {key}; there are: {', '.join(routing.schedules) or 'none'}.")
    standing = work.overrides.for_schedule(key, since)
    for shift in shifts(schedule, standing, since, until):
        yield ShiftTold(starts_at=shift.starts_at, ends_at=shift.ends_at, person=shift.person)
    for begins, ends in gaps(schedule, standing, since, until):
        yield ShiftTold(starts_at=begins, ends_at=ends, person=None)


def _known(routing: Routing, body: OverridePut) -> None:
    if body.schedule not in routing.schedules:
        invalid("body.schedule", f"expected one of: {', '.join(routing.schedules) or 'there are none'}")
    if body.person is not None and body.person not in routing.people:
        invalid("body.person", f"expected null or one of: {', '.join(routing.people)}")


def _note(parts: StaffParts, work: Work, action: str, about: Override) -> None:
    span = f"{about.starts_at.isoformat()} to {about.ends_at.isoformat()}"
    parts.note(work, Change(at=parts.clock(), who=whose(), action=action, subject=f"schedule {about.schedule}",
                            became=f"{about.person or 'nobody'}, {span}", why=about.why))
