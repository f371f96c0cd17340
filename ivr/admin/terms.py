"""Terms: what each support program grants at each severity, and the working time it is counted in; in the draft."""

from collections.abc import Callable
from http import HTTPStatus

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from flows.routing import Routing
from flows.rules.roles import Right
from ivr.admin.draft_edits import Edit, change_draft, draft_now
from ivr.admin.pages import Pages
from ivr.admin.parts import AdminParts
from ivr.admin.terms_changes import with_calendar, with_program, without_calendar, without_program
from ivr.admin.terms_form import (
    CalendarForm,
    ProgramForm,
    calendar_shown,
    calendar_typed,
    new_program,
    program_shown,
    program_typed,
)
from ivr.line.drafts import Draft
from ivr.routing_file.texts import SEVERITIES, WEEKDAYS

Form = ProgramForm | CalendarForm


def terms_pages(pages: Pages, parts: AdminParts) -> None:
    """Declare the grid, and the forms of one program and of one calendar. Names stand in the query, for they may hold
    anything."""

    @pages.page("/terms", Right.READ)
    def terms() -> ResponseReturnValue:
        draft = draft_now(parts)
        programs = [program_shown(key, program) for key, program in draft.sound.programs.items()]
        calendars = [calendar_shown(key, calendar) for key, calendar in draft.sound.calendars.items()]
        return render_template(
            "admin/terms.html", draft=draft, programs=programs, calendars=calendars, severities=SEVERITIES,
            weekdays=WEEKDAYS, other_paths=draft.sound.other_paths,
        )

    @pages.page("/terms/program", Right.READ)
    def terms_program() -> ResponseReturnValue:
        draft, key = draft_now(parts), request.args.get("name", "")
        if key and key not in draft.sound.programs:
            abort(404)
        return _page(draft, program_shown(key, draft.sound.programs[key]) if key else new_program())

    @pages.act("/terms/program", Right.ROUTE)
    def terms_program_save() -> ResponseReturnValue:
        form = program_typed(request.form)
        plan = form.plan("")
        return _kept(parts, form, lambda old: with_program(old, form.was, form.name, plan))

    @pages.act("/terms/program/remove", Right.ROUTE)
    def terms_program_remove() -> ResponseReturnValue:
        form = program_typed(request.form)
        return _kept(parts, form, lambda old: without_program(old, form.was))

    @pages.page("/terms/calendar", Right.READ)
    def terms_calendar() -> ResponseReturnValue:
        draft, key = draft_now(parts), request.args.get("name", "")
        if key and key not in draft.sound.calendars:
            abort(404)
        zone = draft.sound.lines[0].zone if draft.sound.lines else ""
        return _page(draft, calendar_shown(key, draft.sound.calendars[key]) if key else CalendarForm(zone=zone))

    @pages.act("/terms/calendar", Right.ROUTE)
    def terms_calendar_save() -> ResponseReturnValue:
        form = calendar_typed(request.form)
        plan = form.plan
        return _kept(parts, form, lambda old: with_calendar(old, form.was, form.name, plan))

    @pages.act("/terms/calendar/remove", Right.ROUTE)
    def terms_calendar_remove() -> ResponseReturnValue:
        form = calendar_typed(request.form)
        return _kept(parts, form, lambda old: without_calendar(old, form.was))


def _kept(parts: AdminParts, form: Form, change: Callable[[Routing], Routing]) -> ResponseReturnValue:
    if form.wrong:
        return _page(draft_now(parts), form), HTTPStatus.UNPROCESSABLE_ENTITY
    edit = change_draft(parts, request.form.get("seen", ""), change)
    if not edit.saved:
        return _page(edit.draft, form, edit), HTTPStatus.UNPROCESSABLE_ENTITY
    flash("Saved in the draft. Nothing is live yet.")
    return redirect(url_for("admin.terms"))


def _page(draft: Draft, form: Form, edit: Edit | None = None) -> str:
    template = "admin/terms_program.html" if isinstance(form, ProgramForm) else "admin/terms_calendar.html"
    return render_template(
        template, draft=draft, form=form, edit=edit, severities=SEVERITIES, weekdays=WEEKDAYS,
        calendars=tuple(draft.sound.calendars),
    )
