"""People: who can be rung or mailed, edited in the draft; and who is off duty, said at once."""

from collections.abc import Mapping
from dataclasses import replace
from http import HTTPStatus
from zoneinfo import available_timezones

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from flows.routing import Person, Routing
from flows.rules.roles import Right
from ivr.admin.absences import person_in, put_on, take_off
from ivr.admin.draft_edits import Edit, TakenAway, change_draft
from ivr.admin.ladder_health import telephones
from ivr.admin.ladders import SAVED
from ivr.admin.pages import Pages
from ivr.admin.parts import AdminParts
from ivr.admin.person_form import PersonForm, sent, shown
from ivr.admin.places import places
from ivr.admin.shell import zone_of_the_line
from ivr.line.drafts import Draft, read_draft
from ivr.routing_file.texts import RINGS_ANYWAY

KEY_TAKEN = "Somebody else has this key. Choose another; it never changes afterwards."


def people_pages(pages: Pages, parts: AdminParts) -> None:
    """Declare the list, and the page of one person."""

    @pages.page("/people", Right.READ)
    def people() -> ResponseReturnValue:
        find = request.args.get("find", "").strip()
        with parts.store.reading() as work:
            draft, off = read_draft(parts, work), work.absences.off(parts.clock())
            put_in = work.overrides.all(parts.clock())
        routing = draft.sound
        found = {key: each for key, each in routing.people.items() if find.lower() in f"{key} {each.name}".lower()}
        stand = {key: list(places(routing, key, put_in)) for key in found}
        return render_template("admin/people.html", draft=draft, people=found, off=off, stand=stand, find=find)

    @pages.page("/people/new", Right.ROUTE)
    def people_new() -> ResponseReturnValue:
        return _page(parts, PersonForm())

    @pages.act("/people/new", Right.ROUTE)
    def people_add() -> ResponseReturnValue:
        return _sent(parts)

    @pages.page("/people/of/<path:key>", Right.READ)
    def people_whole(key: str) -> ResponseReturnValue:
        with parts.store.reading() as work:
            person = read_draft(parts, work).sound.people.get(key)
        if person is None:
            abort(404)
        return _page(parts, shown(key, person))

    @pages.act("/people/save", Right.ROUTE)
    def people_save() -> ResponseReturnValue:
        return _sent(parts)

    @pages.act("/people/remove", Right.ROUTE)
    def people_remove() -> ResponseReturnValue:
        return _removed(parts, sent(request.form))

    @pages.act("/people/off", Right.STAFF)
    def people_off() -> ResponseReturnValue:
        key = request.form.get("person", "")
        wrong = take_off(parts, key, _zone(parts, key))
        if wrong:
            return _page(parts, shown(key, _known(parts, key)), absence=wrong)
        flash(f"{_known(parts, key).name} is off duty, from now on.")
        return redirect(url_for("admin.people_whole", key=key))

    @pages.act("/people/on", Right.STAFF)
    def people_on() -> ResponseReturnValue:
        key = request.form.get("person", "")
        put_on(parts, key, _zone(parts, key))
        flash(f"{_known(parts, key).name} is on duty again.")
        return redirect(url_for("admin.people_whole", key=key))


def _zone(parts: AdminParts, key: str) -> str:
    return _known(parts, key).zone or zone_of_the_line(parts)


def _known(parts: AdminParts, key: str) -> Person:
    with parts.store.reading() as work:
        return person_in(work, key)


def _sent(parts: AdminParts) -> ResponseReturnValue:
    """Save the form, or show it again with what one of its other buttons asks for."""
    form = sent(request.form)
    if request.form.get("do", "save") != "save":
        return _page(parts, form, pressed=request.form["do"])
    if form.wrong:
        return _page(parts, form, wrong=form.wrong)
    edit = change_draft(parts, request.form.get("seen", ""), lambda old: _with(old, form))
    if edit.problem == KEY_TAKEN:
        return _page(parts, form, wrong={"key": KEY_TAKEN})
    if not edit.saved:
        return _page(parts, form, edit)
    flash(SAVED)
    return redirect(url_for("admin.people"))


def _with(routing: Routing, form: PersonForm) -> Routing:
    known = routing.people.get(form.key)
    if form.was and known is None:
        raise TakenAway
    if not form.was and known is not None and known != form.person:
        raise TakenAway(KEY_TAKEN)
    return replace(routing, people={**routing.people, form.key: form.person})


def _removed(parts: AdminParts, form: PersonForm) -> ResponseReturnValue:
    with parts.store.reading() as work:
        put_in = work.overrides.all(parts.clock())
        stands = list(places(read_draft(parts, work).sound, form.was, put_in))
    if stands:
        return _page(parts, form, stands=stands)
    edit = change_draft(parts, request.form.get("seen", ""), lambda old: _without(old, form.was))
    if not edit.saved:
        return _page(parts, form, edit)
    flash(f"{form.name} is removed in the draft. Nothing is live yet.")
    return redirect(url_for("admin.people"))


def _without(routing: Routing, key: str) -> Routing:
    return replace(routing, people={each: person for each, person in routing.people.items() if each != key})


def _page(
    parts: AdminParts, form: PersonForm, edit: Edit | None = None, *, wrong: Mapping[str, str] | None = None,
    pressed: str = "", absence: str = "", stands: list[str] | None = None,
) -> ResponseReturnValue:  # fmt: skip
    now = parts.clock()
    with parts.store.reading() as work:
        draft: Draft = read_draft(parts, work)
        live = work.routing.current()[1].people if draft.published else {}
        saved = draft.sound.people.get(form.was)
        page = render_template(
            "admin/person.html", draft=draft, form=form, edit=edit, wrong=wrong or {}, pressed=pressed,
            absence=next((each for each in work.absences.all(now) if each.person == form.was), None),
            absence_wrong=absence, refused=stands, given=request.form, live=form.was in live,
            promises=work.promises.open_of(form.was) if form.was else [], at=now,
            phones=telephones(work, draft.sound, form.was, parts.policy) if saved else [],
            stand=list(places(draft.sound, form.was, work.overrides.all(now))) if saved else [],
            zone=zone_of_the_line(parts), zones=sorted(available_timezones()), anyway=list(RINGS_ANYWAY),
            seen=request.form.get("seen", "") if pressed else draft.seen,
        )  # fmt: skip
    refused = edit or wrong or absence or stands
    return page, HTTPStatus.UNPROCESSABLE_ENTITY if refused else HTTPStatus.OK
