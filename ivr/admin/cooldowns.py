"""Cooldowns: how long a ticket rests after an attempt, and how many attempts it has; edited in the draft."""

from dataclasses import replace
from datetime import timedelta
from http import HTTPStatus

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from flows.rules.cooldown import CooldownTerms
from flows.rules.roles import Right
from ivr.admin.draft_edits import change_draft
from ivr.admin.pages import Pages
from ivr.admin.parts import AdminParts
from ivr.line.drafts import read_draft
from ivr.routing_file.texts import length_from_text, length_to_text

LENGTHS = ("after_reached", "after_exhausted", "after_abandoned", "window")
LONGEST = timedelta(days=31)


def cooldown_pages(pages: Pages, parts: AdminParts) -> None:
    """Declare the form."""

    @pages.page("/cooldowns", Right.READ)
    def cooldowns() -> ResponseReturnValue:
        return _form(parts, {}, {})

    @pages.act("/cooldowns", Right.ROUTE)
    def cooldowns_save() -> ResponseReturnValue:
        wrong: dict[str, str] = {}
        terms = _terms(wrong)
        if wrong or terms is None:
            return _form(parts, wrong, request.form)
        edit = change_draft(parts, request.form.get("seen", ""), lambda old: replace(old, cooldown=terms))
        if not edit.saved:
            return _form(parts, {"form": edit.problem or " ".join(edit.elsewhere())}, request.form)
        flash("Saved in the draft. Nothing is live yet.")
        return redirect(url_for("admin.routing"))


def _terms(wrong: dict[str, str]) -> CooldownTerms | None:
    lengths = {name: _length(name, wrong) for name in LENGTHS}
    attempts = request.form.get("max_attempts", "").strip()
    if not (attempts.isascii() and attempts.isdigit() and 1 <= int(attempts) <= 100):
        wrong["max_attempts"] = "A whole number from 1 to 100."
    if lengths["window"] == timedelta():
        wrong["window"] = "The window must be longer than 0."
    return None if wrong else CooldownTerms(**lengths, max_attempts=int(attempts))


def _length(name: str, wrong: dict[str, str]) -> timedelta:
    length = length_from_text(request.form.get(name, "").strip())
    if length is None or length > LONGEST:
        wrong[name] = "A length such as 15m, 1h 30m or 1d; 0m for none; at most 31d."
        return timedelta(minutes=1)
    return length


def _form(parts: AdminParts, wrong: dict[str, str], given: dict[str, str]) -> ResponseReturnValue:
    with parts.store.reading() as work:
        draft = read_draft(parts, work)
    terms = draft.document.routing.cooldown
    shown = {name: length_to_text(getattr(terms, name)) for name in LENGTHS}
    shown["max_attempts"] = str(terms.max_attempts)
    page = render_template("admin/cooldowns.html", terms=terms, values={**shown, **given}, wrong=wrong, draft=draft)
    return page, HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK
