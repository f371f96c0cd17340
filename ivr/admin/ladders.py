"""Ladders: who is rung about which tickets, level by level; edited in the draft."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from http import HTTPStatus

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from flows.routing import LadderPlan, Routing
from flows.rules.ladder import Order
from flows.rules.roles import Right
from flows.ticket import Severity
from ivr.admin.draft_edits import Edit, TakenAway, change_draft, draft_now
from ivr.admin.ladder_form import LadderForm, blank, down, sent, shown, up
from ivr.admin.ladder_health import glances, health
from ivr.admin.pages import Pages
from ivr.admin.parts import AdminParts
from ivr.admin.shell import zone_of_the_line
from ivr.admin.times import read_local
from ivr.line.drafts import Draft, read_draft

SAVED = "Saved in the draft. Nothing is live yet: publish it on the page Routing."


def ladder_pages(pages: Pages, parts: AdminParts) -> None:
    """Declare the list, and the form of one ladder."""

    @pages.page("/ladders", Right.READ)
    def ladders() -> ResponseReturnValue:
        return _list(parts)

    @pages.act("/ladders", Right.ROUTE)
    def ladders_order() -> ResponseReturnValue:
        names = request.form.getlist("ladder")
        what, _, name = request.form.get("do", "").partition(" ")
        wanted = {"up": up, "down": down}.get(what, lambda items, _: list(items))(names, name)
        edit = change_draft(parts, request.form.get("seen", ""), lambda old: _ordered(old, wanted))
        return _done(parts, edit, moved=request.form.get("do"))

    @pages.page("/ladders/new", Right.ROUTE)
    def ladder_new() -> ResponseReturnValue:
        draft = draft_now(parts)
        return _form(parts, draft, blank(_languages(draft.sound)))

    @pages.act("/ladders/new", Right.ROUTE)
    def ladder_add() -> ResponseReturnValue:
        return _sent(parts, lambda old, plan: replace(old, ladders=(*old.ladders, plan)))

    @pages.page("/ladders/<int:number>", Right.READ)
    def ladder_whole(number: int) -> ResponseReturnValue:
        draft = draft_now(parts)
        if not 1 <= number <= len(draft.sound.ladders):
            abort(404)
        return _form(parts, draft, shown(draft.sound.ladders[number - 1], _languages(draft.sound)), number)

    @pages.act("/ladders/<int:number>", Right.ROUTE)
    def ladder_save(number: int) -> ResponseReturnValue:
        was = request.form.get("was", "")
        return _sent(parts, lambda old, plan: _with(old, was, plan), number)

    @pages.act("/ladders/<int:number>/remove", Right.ROUTE)
    def ladder_remove(number: int) -> ResponseReturnValue:
        was = request.form.get("was", "")
        return _done(parts, change_draft(parts, request.form.get("seen", ""), lambda old: _removed(old, was)))


def _ordered(routing: Routing, names: list[str]) -> Routing:
    known = {plan.name: plan for plan in routing.ladders}
    if sorted(names) != sorted(known):
        raise TakenAway
    return replace(routing, ladders=tuple(known[name] for name in names))


def _with(routing: Routing, was: str, plan: LadderPlan) -> Routing:
    """The routing with the ladder in the place of the one that was called ``was``."""
    if was not in {each.name for each in routing.ladders}:
        raise TakenAway
    return replace(routing, ladders=tuple(plan if each.name == was else each for each in routing.ladders))


def _removed(routing: Routing, name: str) -> Routing:
    return replace(routing, ladders=tuple(plan for plan in routing.ladders if plan.name != name))


def _sent(
    parts: AdminParts, change: Callable[[Routing, LadderPlan], Routing], number: int = 0
) -> ResponseReturnValue:
    """Save the form, or show it again with what one of its other buttons asks for."""
    draft = draft_now(parts)
    form = sent(request.form, _languages(draft.sound))
    if request.form.get("do", "save") != "save":
        return _form(parts, draft, form, number, pressed=request.form["do"])
    edit = change_draft(
        parts, request.form.get("seen", ""), lambda old: old if form.plan in old.ladders else change(old, form.plan)
    )
    if not edit.saved:
        return _form(parts, edit.draft, form, number, edit)
    flash(SAVED)
    return redirect(url_for("admin.ladders"))


def _done(parts: AdminParts, edit: Edit, moved: str | None = None) -> ResponseReturnValue:
    if not edit.saved:
        return _list(parts, edit)
    flash(SAVED)
    return redirect(url_for("admin.ladders", moved=moved))


def _languages(routing: Routing) -> list[str]:
    """Those that titles are translated to: what the lines speak, but for the language they are written in."""
    spoken = dict.fromkeys(language for line in routing.lines for language in line.languages)
    return list(spoken)[1:]


def _list(parts: AdminParts, edit: Edit | None = None) -> ResponseReturnValue:
    with parts.store.reading() as work:
        draft = read_draft(parts, work)
        found = glances(work, parts, draft.sound) if draft.sound.lines else []
    page = render_template("admin/ladders.html", draft=draft, ladders=found, edit=edit, names=_names(draft.sound),
                           moved=request.args.get("moved"))
    return page, HTTPStatus.UNPROCESSABLE_ENTITY if edit else HTTPStatus.OK


def _form(
    parts: AdminParts, draft: Draft, form: LadderForm, number: int = 0, edit: Edit | None = None, pressed: str = ""
) -> ResponseReturnValue:
    wrong: dict[str, str] = {}
    at, severity = _moment(parts, wrong), _severity()
    routing = draft.sound
    saved = routing.ladders[number - 1] if 1 <= number <= len(routing.ladders) else None
    with parts.store.reading() as work:
        sound = health(work, parts, routing, saved, severity, at) if saved and routing.lines else None
    page = render_template(
        "admin/ladder_whole.html", draft=draft, form=form, number=number, edit=edit, pressed=pressed, health=sound,
        routing=routing, names=_names(routing), orders=list(Order), severities=list(Severity), severity=severity,
        at=at, asked=request.args, wrong=wrong, zone=zone_of_the_line(parts), place=_finding_place(routing, form),
        seen=request.form.get("seen", "") if pressed else draft.seen,
    )
    return page, HTTPStatus.UNPROCESSABLE_ENTITY if edit else HTTPStatus.OK


def _finding_place(routing: Routing, form: LadderForm) -> str:
    """Under which number what is wrong with the ladder of this form is told."""
    names = [plan.name for plan in routing.ladders]
    return str(names.index(form.was) + 1 if form.was in names else len(names) + 1)


def _moment(parts: AdminParts, wrong: dict[str, str]) -> datetime:
    text = request.args.get("at", "").strip()
    at = read_local(text, zone_of_the_line(parts)) if text else parts.clock()
    if at is None:
        wrong["at"] = "Choose a date and time, such as 2026-11-23 03:00."
    return at or parts.clock()


def _severity() -> Severity:
    asked = request.args.get("severity", "2")
    return next((each for each in Severity if str(each.value) == asked), Severity.HIGH)


def _names(routing: Routing) -> dict[str, str]:
    """What people and schedules are called, by key."""
    people = {key: person.name for key, person in routing.people.items()}
    return people | {key: schedule.name for key, schedule in routing.schedules.items()}
