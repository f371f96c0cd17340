"""Lines: the numbers that customers call, edited in the draft, and whether the carrier sends their calls here."""

from collections.abc import Callable
from dataclasses import replace
from http import HTTPStatus
from zoneinfo import available_timezones

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from flows.routing import Line, Routing
from flows.rules.roles import Right
from ivr.admin.draft_edits import Edit, TakenAway, change_draft, draft_now
from ivr.admin.line_form import LineForm, line_shown, line_typed
from ivr.admin.pages import Pages, whoever
from ivr.admin.parts import AdminParts
from ivr.line.drafts import Draft, read_draft
from ivr.line.number_wiring import Connected, Connection, connected

SAVED = "Saved in the draft. Nothing is live yet."
LAST = "A routing needs at least one line."
NUMBER_TAKEN = "Another line has this number."
FIELDS = {
    "number": "number", "company": "company", "languages": "languages", "zone": "time_zone",
    "shift_manager": "shift_manager", "duty_number": "duty_number", "talk_limit": "talk_limit",
}
"""Fields of the form that the routing's check may find fault with, and what they are called there."""


def line_pages(pages: Pages, parts: AdminParts) -> None:
    """Declare the list, the form of a line, and the look at the carrier's side of a number."""

    @pages.page("/lines", Right.READ)
    def lines() -> ResponseReturnValue:
        return _list(parts)

    @pages.page("/lines/carrier", Right.READ)
    def lines_carrier() -> ResponseReturnValue:
        return _list(parts, parts.numbers.look(_live(parts, request.args.get("number", ""))))

    @pages.act("/lines/carrier", Right.ROUTE)
    def lines_connect() -> ResponseReturnValue:
        number = _live(parts, request.form.get("number", ""))
        before = parts.numbers.look(number)
        after = parts.numbers.fix(before)
        if after.state is Connection.IN_SYNC and before.state is Connection.DIFFERS:
            with parts.store.writing() as work:
                parts.note(work, connected(before, whoever().user.name, parts.clock()))
        return _list(parts, after)

    @pages.page("/lines/line", Right.READ)
    def lines_line() -> ResponseReturnValue:
        draft, number = draft_now(parts), request.args.get("number", "")
        line = next((each for each in draft.sound.lines if each.number == number), None)
        if number and line is None:
            abort(404)
        return _page(draft, line_shown(line, number) if line else line_shown(_another(draft.sound)))

    @pages.act("/lines/line", Right.ROUTE)
    def lines_save() -> ResponseReturnValue:
        form = line_typed(request.form)
        line = form.line
        if line is None:
            return _page(draft_now(parts), form), HTTPStatus.UNPROCESSABLE_ENTITY
        return _kept(parts, form, lambda old: _with(old, form.was, line))

    @pages.act("/lines/line/remove", Right.ROUTE)
    def lines_remove() -> ResponseReturnValue:
        form = line_typed(request.form)
        return _kept(parts, form, lambda old: _without(old, form.was))


def _kept(parts: AdminParts, form: LineForm, change: Callable[[Routing], Routing]) -> ResponseReturnValue:
    edit = change_draft(parts, request.form.get("seen", ""), change)
    if edit.saved:
        flash(SAVED)
        return redirect(url_for("admin.lines"))
    place = _place(edit.draft.sound, form.was)
    form.wrong |= {name: said for name, known in FIELDS.items() if (said := edit.at("lines", place, known))}
    return _page(edit.draft, form, edit), HTTPStatus.UNPROCESSABLE_ENTITY


def _with(routing: Routing, was: str, line: Line) -> Routing:
    numbers = [each.number for each in routing.lines]
    if was and was not in numbers:
        raise TakenAway
    if line.number != was and line.number in numbers:
        if not was and line in routing.lines:
            return routing    # the same form, sent twice
        raise TakenAway(NUMBER_TAKEN)
    if not was:
        return replace(routing, lines=(*routing.lines, line))
    return replace(routing, lines=tuple(line if each.number == was else each for each in routing.lines))


def _without(routing: Routing, was: str) -> Routing:
    left = tuple(each for each in routing.lines if each.number != was)
    if not left:
        raise TakenAway(LAST)
    return replace(routing, lines=left)


def _another(routing: Routing) -> Line:
    """A line to be: like the first one, for most of what is said there holds for every line of a company."""
    if routing.lines:
        return replace(routing.lines[0], number="")
    return Line(number="", company="", languages=("en",), zone="UTC", shift_manager="")


def _place(routing: Routing, was: str) -> str:
    """Where the line stands in the routing as it would be: a new one at the end."""
    numbers = [line.number for line in routing.lines]
    return str(numbers.index(was) + 1 if was in numbers else len(numbers) + 1)


def _list(parts: AdminParts, asked: Connected | None = None) -> str:
    draft = draft_now(parts)
    return render_template(
        "admin/lines.html", draft=draft, asked=asked, Connection=Connection, mailed=_mailed(draft.sound)
    )


def _page(draft: Draft, form: LineForm, edit: Edit | None = None) -> str:
    routing = draft.sound
    places = [("lines", _place(routing, form.was), known) for known in FIELDS.values()]
    return render_template(
        "admin/line.html", draft=draft, form=form, edit=edit, places=places, mailed=_mailed(routing),
        zones=sorted(available_timezones()),
    )


def _mailed(routing: Routing) -> dict[str, str]:
    """Who can be mailed about escalations, by key."""
    people = {key: person.name for key, person in routing.people.items()}
    return people | {key: f"{schedule.name} (schedule)" for key, schedule in routing.schedules.items()}


def _live(parts: AdminParts, number: str) -> str:
    """Only numbers of our own lines are asked about."""
    with parts.store.reading() as work:
        draft = read_draft(parts, work)
        published = work.routing.current()[1].lines if draft.published else ()
    if number not in {line.number for line in (*draft.sound.lines, *published)}:
        abort(404)
    return number
