"""Your duty: what a manager sees and sets about nobody but themselves."""

from http import HTTPStatus

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from db.repositories.audit import Change
from db.repositories.promises import Promise
from db.repositories.rings import Ring
from db.unit_of_work import Work
from flows.rules.promise import State
from flows.rules.roles import Right
from flows.wrap_up import LONGEST, SHORTEST, Terms, WrapUp
from ivr.admin.absences import person_in, put_on, take_off
from ivr.admin.pages import Pages, whoever
from ivr.admin.parts import AdminParts
from ivr.admin.places import places
from ivr.admin.shell import zone_of_the_line
from ivr.admin.times import read_local, shown
from ivr.line.terms import state_terms

WRONG_TIME = "Choose a time that is still to come, 72 hours ahead at most."


def duty_pages(pages: Pages, parts: AdminParts) -> None:
    """Declare the page, and what can be done on it."""

    @pages.page("/duty", Right.OWN)
    def duty() -> ResponseReturnValue:
        return _page(parts)

    @pages.act("/duty/off", Right.OWN)
    def duty_off() -> ResponseReturnValue:
        wrong = take_off(parts, _own_key(parts), _zone(parts))
        if wrong:
            return _page(parts, wrong)
        flash("You are off duty, from now on: your phones do not ring.")
        return redirect(url_for("admin.duty"))

    @pages.act("/duty/on", Right.OWN)
    def duty_on() -> ResponseReturnValue:
        put_on(parts, _own_key(parts), _zone(parts))
        flash("You are on duty again.")
        return redirect(url_for("admin.duty"))

    @pages.act("/duty/promises/<int:promise_id>", Right.OWN)
    def duty_promise(promise_id: int) -> ResponseReturnValue:
        key = _own_key(parts)
        until = read_local(request.form.get("until", ""), _zone(parts))
        with parts.store.writing() as work:
            now = parts.clock()
            promise, ring = _promise(work, key, promise_id)
            if until is None or not SHORTEST <= until - now <= LONGEST:
                return _page(parts, promise_wrong={promise_id: WRONG_TIME})
            if until != promise.until:
                state_terms(work, ring, WrapUp(terms=Terms.PROMISED, until=until), now)
                _note(parts, work, promise, shown(until, _zone(parts)))
        flash(f"Your promise on ticket {promise.ticket_number} is now due {shown(until, _zone(parts))}.")
        return redirect(url_for("admin.duty"))


def _note(parts: AdminParts, work: Work, promise: Promise, became: str) -> None:
    parts.note(work, Change(
        at=parts.clock(), who=whoever().user.name, action="moved a promise", subject=f"ticket {promise.ticket_number}",
        was=f"promised by {shown(promise.until, _zone(parts))}", became=f"promised by {became}",
    ))  # fmt: skip


def _own_key(parts: AdminParts) -> str:
    """The person this user is; whoever is nobody of the routing has nothing to set."""
    with parts.store.reading() as work:
        person_in(work, whoever().user.person)
    return whoever().user.person


def _zone(parts: AdminParts) -> str:
    with parts.store.reading() as work:
        people = work.routing.current()[1].people if work.routing.current_version() else {}
    own = people.get(whoever().user.person)
    return (own.zone if own else "") or zone_of_the_line(parts)


def _promise(work: Work, key: str, promise_id: int) -> tuple[Promise, Ring]:
    """One of somebody's own open promises, and the ring it was made on."""
    promise = next((each for each in work.promises.open_of(key) if each.id == promise_id), None)
    ring = work.rings.read(promise.ring_id) if promise and promise.state is State.OPEN else None
    if promise is None or ring is None:
        abort(HTTPStatus.NOT_FOUND)
    return promise, ring


def _page(
    parts: AdminParts, wrong: str = "", promise_wrong: dict[int, str] | None = None
) -> ResponseReturnValue:
    key, now = whoever().user.person, parts.clock()
    with parts.store.reading() as work:
        routing = work.routing.current()[1] if work.routing.current_version() else None
        person = routing.people.get(key) if routing else None
        page = render_template(
            "admin/duty.html", key=key, person=person, zone=_zone(parts), at=now, wrong=wrong, given=request.form,
            absence=next((each for each in work.absences.all(now) if each.person == key), None),
            promises=work.promises.open_of(key) if person else [], promise_wrong=promise_wrong or {},
            stand=list(places(routing, key, work.overrides.all(now))) if routing and person else [],
            calendar=parts.calendar_of(key) if person else "",
        )  # fmt: skip
    return page, HTTPStatus.UNPROCESSABLE_ENTITY if wrong or promise_wrong else HTTPStatus.OK
