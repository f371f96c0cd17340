"""API tokens: which programs may do what, made, shown once, and revoked."""

from datetime import timedelta
from http import HTTPStatus

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from db.errors import StoreConflict
from flows.rules.roles import Right
from flows.rules.scopes import MEANING, Scope
from ivr.admin.pages import Pages, whoever
from ivr.admin.parts import AdminParts
from ivr.line.staff import audit_key
from ivr.line.tokens import make_token, revoke_token, wrong_name

LENGTHS = {"90": "90 days", "365": "a year", "": "until it is revoked"}


def token_pages(pages: Pages, parts: AdminParts) -> None:
    """Declare the list and what owners may do."""

    @pages.page("/tokens", Right.GOVERN)
    def tokens() -> ResponseReturnValue:
        return _tokens(parts, {})

    @pages.act("/tokens", Right.GOVERN)
    def token_add() -> ResponseReturnValue:
        name, scopes, days = request.form.get("name", "").strip(), _scopes(), request.form.get("days", "90")
        wrong = _wrong(name, scopes)
        if wrong:
            return _tokens(parts, wrong)
        expires_at = parts.clock() + timedelta(days=int(days)) if LENGTHS.get(days) and days else None
        try:
            with parts.store.writing() as work:
                token = make_token(work, audit_key(parts.secret_key), name=name, scopes=scopes,
                                   by=whoever().user.name, at=parts.clock(), expires_at=expires_at)
        except StoreConflict:
            return _tokens(parts, {"name": f"There is, or was, a token {name}. Choose another name."})
        return render_template("admin/token_made.html", name=name, token=token)

    @pages.act("/tokens/<int:token_id>/revoke", Right.GOVERN)
    def token_revoke(token_id: int) -> ResponseReturnValue:
        with parts.store.writing() as work:
            name = revoke_token(work, audit_key(parts.secret_key), token_id, whoever().user.name, parts.clock())
        if name is None:
            abort(404)
        flash(f"The token {name} opens nothing any more.")
        return redirect(url_for("admin.tokens"))


def _scopes() -> frozenset[Scope]:
    known = {scope.value: scope for scope in Scope}
    return frozenset(known[name] for name in request.form.getlist("scopes") if name in known)


def _wrong(name: str, scopes: frozenset[Scope]) -> dict[str, str]:
    wrong = {"name": wrong_name(name)} if wrong_name(name) else {}
    return wrong if scopes else {**wrong, "scopes": "Choose at least one thing that it may do."}


def _tokens(parts: AdminParts, wrong: dict[str, str]) -> ResponseReturnValue:
    with parts.store.reading() as work:
        found = work.api_tokens.all()
    now = parts.clock()
    page = render_template(
        "admin/tokens.html", tokens=[each for each in found if each.counts(now)],
        ended=[each for each in found if not each.counts(now)], meaning=MEANING, lengths=LENGTHS, wrong=wrong,
        given=request.form, at=now,
    )
    return page, HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK
