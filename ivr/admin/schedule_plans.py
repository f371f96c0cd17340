"""The rotations of a schedule, edited in the draft."""

from dataclasses import replace
from datetime import date
from http import HTTPStatus
from zoneinfo import ZoneInfo, available_timezones

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from flows.routing import Routing
from flows.rules.roles import Right
from ivr.admin.draft_edits import Edit, TakenAway, change_draft
from ivr.admin.ladders import SAVED
from ivr.admin.pages import Pages
from ivr.admin.parts import AdminParts
from ivr.admin.places import places
from ivr.admin.schedule_form import ScheduleForm, blank_rotation, sent, shown
from ivr.admin.shell import zone_of_the_line
from ivr.line.drafts import read_draft

KEY_TAKEN = "There is a schedule with this key, or a person. Choose another."
UNREADABLE = "Mend what is named below, then save again."


def schedule_plan_pages(pages: Pages, parts: AdminParts) -> None:
    """Declare the form."""

    @pages.page("/schedules/new", Right.ROUTE)
    def schedules_new() -> ResponseReturnValue:
        zone, today = zone_of_the_line(parts), _today(parts)
        return _page(parts, ScheduleForm(zone=zone, rotations=(blank_rotation("0", today),)))

    @pages.act("/schedules/new", Right.ROUTE)
    def schedules_add() -> ResponseReturnValue:
        return _sent(parts)

    @pages.page("/schedules/plan/<path:key>", Right.READ)
    def schedules_plan(key: str) -> ResponseReturnValue:
        with parts.store.reading() as work:
            schedule = read_draft(parts, work).sound.schedules.get(key)
        if schedule is None:
            abort(404)
        return _page(parts, shown(key, schedule))

    @pages.act("/schedules/save", Right.ROUTE)
    def schedules_save() -> ResponseReturnValue:
        return _sent(parts)

    @pages.act("/schedules/remove", Right.ROUTE)
    def schedules_remove() -> ResponseReturnValue:
        form = sent(request.form, _today(parts))
        with parts.store.reading() as work:
            stands = list(places(read_draft(parts, work).sound, form.was))
        if stands:
            return _page(parts, form, stands=stands)
        edit = change_draft(parts, request.form.get("seen", ""), lambda old: _without(old, form.was))
        return _done(parts, form, edit)


def _today(parts: AdminParts) -> date:
    return parts.clock().astimezone(ZoneInfo(zone_of_the_line(parts))).date()


def _sent(parts: AdminParts) -> ResponseReturnValue:
    """Save the form, or show it again with what one of its other buttons asks for."""
    form = sent(request.form, _today(parts))
    if request.form.get("do", "save") != "save":
        return _page(parts, form, pressed=request.form["do"])
    if form.wrong:
        return _page(parts, form, problem=UNREADABLE)
    return _done(parts, form, change_draft(parts, request.form.get("seen", ""), lambda old: _with(old, form)))


def _done(parts: AdminParts, form: ScheduleForm, edit: Edit) -> ResponseReturnValue:
    if not edit.saved:
        return _page(parts, form, edit)
    flash(SAVED)
    return redirect(url_for("admin.schedules"))


def _with(routing: Routing, form: ScheduleForm) -> Routing:
    known = routing.schedules.get(form.key)
    if form.was and known is None:
        raise TakenAway
    if not form.was and (form.key in routing.people or known not in {None, form.schedule}):
        raise TakenAway(KEY_TAKEN)
    return replace(routing, schedules={**routing.schedules, form.key: form.schedule})


def _without(routing: Routing, key: str) -> Routing:
    return replace(routing, schedules={each: plan for each, plan in routing.schedules.items() if each != key})


def _page(
    parts: AdminParts, form: ScheduleForm, edit: Edit | None = None, *, pressed: str = "", problem: str = "",
    stands: list[str] | None = None,
) -> ResponseReturnValue:  # fmt: skip
    with parts.store.reading() as work:
        draft = read_draft(parts, work)
    page = render_template(
        "admin/schedule_plan.html", draft=draft, form=form, edit=edit, pressed=pressed, problem=problem, refused=stands,
        names={key: person.name for key, person in draft.sound.people.items()}, zones=sorted(available_timezones()),
        seen=request.form.get("seen", "") if pressed or problem else draft.seen,
    )  # fmt: skip
    return page, HTTPStatus.UNPROCESSABLE_ENTITY if edit or problem or stands else HTTPStatus.OK
