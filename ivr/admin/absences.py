"""Who is off duty, and until when: said at once, not in the draft, and written down with who said it."""

from datetime import datetime, timedelta
from http import HTTPStatus

from flask import abort, request

from db.repositories.audit import Change
from db.unit_of_work import Work
from flows.routing import Person
from ivr.admin.pages import whoever
from ivr.admin.parts import AdminParts
from ivr.admin.times import read_local, shown

LONGEST = timedelta(days=366)
WRONG = "Choose a date and time that is still to come, a year ahead at most."


def person_in(work: Work, key: str) -> Person:
    """Somebody in the published routing; there is no page for anybody else."""
    people = work.routing.current()[1].people if work.routing.current_version() else {}
    if key not in people:
        abort(HTTPStatus.NOT_FOUND)
    return people[key]


def take_off(parts: AdminParts, key: str, zone: str) -> str:
    """Take somebody off duty until the time in the form; what is wrong with it, or nothing."""
    until = read_local(request.form.get("until", ""), zone)
    with parts.store.writing() as work:
        now = parts.clock()
        if until is None or not now < until <= now + LONGEST:
            return WRONG
        was = work.absences.off(now).get(key)
        if was != until:
            work.absences.set(key, until, now, whoever().user.name)
            _note(parts, work, key, "took off duty", was, until, zone)
    return ""


def put_on(parts: AdminParts, key: str, zone: str) -> None:
    """Somebody is on duty again; who is already, stays."""
    with parts.store.writing() as work:
        was = work.absences.off(parts.clock()).get(key)
        if work.absences.clear(key):
            _note(parts, work, key, "put on duty", was, None, zone)


def _note(
    parts: AdminParts, work: Work, key: str, action: str, was: datetime | None, now: datetime | None, zone: str
) -> None:
    parts.note(work, Change(
        at=parts.clock(), who=whoever().user.name, action=action, subject=f"person {key}",
        was=_told(was, zone), became=_told(now, zone),
    ))  # fmt: skip


def _told(until: datetime | None, zone: str) -> str:
    return f"off duty until {shown(until, zone)}" if until else "on duty"
