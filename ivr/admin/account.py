"""One's own account: password, second factor, browsers that are signed in."""

from http import HTTPStatus

from flask import abort, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from db.repositories.audit import Change
from flows.rules.roles import Right
from ivr.admin.pages import Pages, whoever
from ivr.admin.parts import AdminParts
from ivr.admin.proofs import (
    UnusablePassword,
    hashed_password,
    hashed_recoveries,
    new_recovery_codes,
    new_totp_secret,
    password_fits,
    totp_picture,
    totp_step,
)

OFFERED = "offered_totp"
"""Where the cookie keeps the secret, locked, between its picture and the first code."""


def account_pages(pages: Pages, parts: AdminParts) -> None:
    """Declare the pages about oneself."""

    @pages.page("/account", Right.OWN)
    def account() -> ResponseReturnValue:
        return account_page(parts)

    @pages.act("/account/password", Right.OWN)
    def set_password() -> ResponseReturnValue:
        who = whoever()
        if not password_fits(request.form.get("password", ""), who.user.password_hash):
            return account_page(parts, wrong={"password": "This is not your present password."})
        try:
            new = hashed_password(request.form.get("new_password", ""), who.user.name)
        except UnusablePassword as unusable:
            return account_page(parts, wrong={"new_password": str(unusable)})
        with parts.store.writing() as work:
            work.users.set_password(who.user.id, new)
            work.sign_ins.end_others(who.user.id, but=who.key)
            parts.note(work, _own("changed the password"))
        flash("Your password is changed. Every other browser is signed out.")
        return redirect(url_for("admin.account"))

    @pages.act("/account/sign-out-others", Right.OWN)
    def sign_out_others() -> ResponseReturnValue:
        who = whoever()
        with parts.store.writing() as work:
            work.sign_ins.end_others(who.user.id, but=who.key)
        flash("Every other browser is signed out.")
        return redirect(url_for("admin.account"))

    @pages.page("/account/second-factor", Right.OWN)
    def second_factor() -> ResponseReturnValue:
        return _offer(parts)

    @pages.act("/account/second-factor", Right.OWN)
    def set_second_factor() -> ResponseReturnValue:
        who, now = whoever(), parts.clock()
        secret = parts.box.open(session.get(OFFERED, ""))
        step = totp_step(secret, request.form.get("code", ""), now.timestamp()) if secret else None
        if secret is None or step is None:
            return _offer(parts, wrong="That is not the code the app shows now. Is the telephone's clock right?")
        codes = new_recovery_codes()
        with parts.store.writing() as work:
            work.users.set_second_factor(who.user.id, parts.box.lock(secret), hashed_recoveries(codes))
            work.users.spend_step(who.user.id, step)
            work.sign_ins.end_others(who.user.id, but=who.key)
            parts.note(work, _own("set a second factor"))
        session.pop(OFFERED, None)
        return render_template("admin/recovery_codes.html", codes=codes)

    @pages.page("/<path:unknown>", Right.OWN)
    def nowhere(unknown: str) -> ResponseReturnValue:
        """An address that is none of ours still gets a page with a way on."""
        abort(404)

    def _own(action: str) -> Change:
        name = whoever().user.name
        return Change(at=parts.clock(), who=name, action=action, subject=f"user {name}")


def account_page(parts: AdminParts, wrong: dict[str, str] | None = None) -> ResponseReturnValue:
    """The page about oneself, with what is ``wrong`` with what was sent."""
    with parts.store.reading() as work:
        browsers = work.sign_ins.count(whoever().user.id)
        passkeys = work.passkeys.of(whoever().user.id)
    page = render_template("admin/account.html", browsers=browsers, passkeys=passkeys, wrong=wrong or {})
    return page, HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK


def _offer(parts: AdminParts, wrong: str = "") -> ResponseReturnValue:
    """The same secret until it is taken: a mistyped code must not mean scanning again."""
    secret = parts.box.open(session.get(OFFERED, "")) or new_totp_secret()
    session[OFFERED] = parts.box.lock(secret)
    picture = totp_picture(secret, whoever().user.name)
    page = render_template("admin/second_factor.html", secret=secret, picture=picture, wrong=wrong)
    return page, HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK
