"""Privacy: what is kept about a person who calls, shown or forgotten on request."""

from http import HTTPStatus

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from db.repositories.audit import Change
from flows.rules.roles import Right
from ivr.admin.pages import Pages, whoever
from ivr.admin.parts import AdminParts
from ivr.line.privacy import ERASED, EXPORTED, Kept, StillNeeded, forget, kept_about, number_meant
from ivr.logs import masked

LONGEST_WHY = 200
NO_NUMBER = "With plus sign and country code, such as +12025550123."


def privacy_pages(pages: Pages, parts: AdminParts) -> None:
    """Declare the page, the file to hand over, and the act of forgetting. The number is posted, so that it stands in no
    address and no server's log."""

    @pages.page("/privacy", Right.GOVERN)
    def privacy() -> ResponseReturnValue:
        return _page(parts, None, {})

    @pages.act("/privacy", Right.GOVERN)
    def privacy_look() -> ResponseReturnValue:
        kept = _kept(parts)
        return _page(parts, kept, {} if kept else {"number": NO_NUMBER})

    @pages.act("/privacy/export", Right.GOVERN)
    def privacy_export() -> ResponseReturnValue:
        kept = _kept(parts)
        if kept is None:
            return _page(parts, None, {"number": NO_NUMBER})
        _note(parts, kept.number, EXPORTED, "")
        return Response(kept.as_json(), mimetype="application/json",
                        headers={"Content-Disposition": "attachment; filename=kept-about-a-caller.json"})

    @pages.act("/privacy/erase", Right.GOVERN)
    def privacy_erase() -> ResponseReturnValue:
        number, why = number_meant(request.form.get("number", "")), " ".join(request.form.get("why", "").split())
        if number is None:
            return _page(parts, None, {"number": NO_NUMBER})
        if not why or len(why) > LONGEST_WHY:
            return _page(parts, _kept(parts), {"why": f"Say why, in at most {LONGEST_WHY} characters."})
        try:
            with parts.store.writing() as work:
                _, routing = work.routing.current()
                kept = forget(work, routing, number, parts.clock())
                parts.note(work, _change(parts, number, ERASED, why))
        except StillNeeded as needed:
            return _page(parts, _kept(parts), {"form": f"Not erased: {needed}."})
        flash(kept.forgotten)
        return redirect(url_for("admin.privacy"))


def _kept(parts: AdminParts) -> Kept | None:
    number = number_meant(request.form.get("number", ""))
    if number is None:
        return None
    with parts.store.reading() as work:
        return kept_about(work, number)


def _note(parts: AdminParts, number: str, action: str, why: str) -> None:
    with parts.store.writing() as work:
        parts.note(work, _change(parts, number, action, why))


def _change(parts: AdminParts, number: str, action: str, why: str) -> Change:
    return Change(at=parts.clock(), who=whoever().user.name, action=action, subject=masked(number), why=why)


def _page(parts: AdminParts, kept: Kept | None, wrong: dict[str, str]) -> ResponseReturnValue:
    page = render_template("admin/privacy.html", kept=kept, wrong=wrong, given=request.form, keep_days=parts.keep_days)
    return page, HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK
