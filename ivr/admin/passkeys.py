"""Passkeys: made and removed on one's own account, shown at the door. Where they cannot work these addresses lead
nowhere."""

from datetime import timedelta
from http import HTTPStatus

import structlog
from flask import Response, abort, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from db.errors import StoreConflict
from db.repositories.audit import Change
from db.repositories.users import StoredUser
from flows.rules.roles import Right
from ivr.admin.account import account_page
from ivr.admin.entrance import begin, leave, let_in
from ivr.admin.kept_forms import KeptForms
from ivr.admin.pages import ANYONE, Pages, whoever
from ivr.admin.parts import AdminParts
from ivr.admin.passkey_proofs import PasskeyProofs, PasskeyRefused, Question
from ivr.admin.signed_in import signed_in

CHALLENGE = "passkey_challenge"
"""Where the signed cookie keeps the challenge that was put, and when."""
AT_MOST = timedelta(minutes=5)
LONGEST_LABEL = 60
WRONG = "This passkey is not known here, or took too long. Sign in another way, and look at Passkeys on Your account."
NOT_MADE = "The passkey could not be checked, or took too long. Please try again."

log = structlog.get_logger()


def passkey_pages(pages: Pages, parts: AdminParts, kept: KeptForms) -> None:
    """Declare what the door and the account ask for."""

    @pages.act("/sign-in/passkey/options", ANYONE)
    def passkey_ask() -> ResponseReturnValue:
        return _put(parts, _proofs(parts).ask())

    @pages.act("/sign-in/passkey", ANYONE)
    def passkey_enter() -> ResponseReturnValue:
        try:
            user = _shown(parts)
        except PasskeyRefused as refused:
            log.info("passkey_refused", why=str(refused))
            page = render_template("admin/sign_in.html", kept=request.form.get("kept", ""), wrong=WRONG)
            return page, HTTPStatus.UNPROCESSABLE_ENTITY
        before = signed_in()
        if before is not None:
            leave(parts, before)
        begin(parts, user, whole=True, vouched_by="a passkey")
        return let_in(kept, user)

    @pages.act("/account/passkeys/options", Right.OWN)
    def passkey_offer() -> ResponseReturnValue:
        user = whoever().user
        with parts.store.reading() as work:
            known = work.passkeys.of(user.id)
        return _put(parts, _proofs(parts).offer(user.id, user.name, known))

    @pages.act("/account/passkeys", Right.OWN)
    def passkey_add() -> ResponseReturnValue:
        label = request.form.get("label", "").strip()[:LONGEST_LABEL] or "passkey"
        try:
            _add(parts, label)
        except (PasskeyRefused, StoreConflict) as refused:
            log.info("passkey_refused", why=str(refused))
            return account_page(parts, {"passkey": NOT_MADE})
        flash(f"The passkey {label} is made. You can sign in with it from now on.")
        return redirect(url_for("admin.account"))

    @pages.act("/account/passkeys/<int:passkey_id>/remove", Right.OWN)
    def passkey_remove(passkey_id: int) -> ResponseReturnValue:
        with parts.store.writing() as work:
            if not work.passkeys.remove(passkey_id, whoever().user.id):
                abort(404)
            parts.note(work, _own(parts, "removed a passkey"))
        flash("The passkey is removed here. Remove it on the device as well.")
        return redirect(url_for("admin.account"))


def _proofs(parts: AdminParts) -> PasskeyProofs:
    return parts.passkeys or abort(404)


def _put(parts: AdminParts, question: Question) -> Response:
    session[CHALLENGE] = [question.challenge, parts.clock().timestamp()]
    return Response(question.text, mimetype="application/json")


def _challenge(parts: AdminParts) -> str:
    """The challenge that was put; it is good for one answer."""
    challenge, at = session.pop(CHALLENGE, ("", 0.0))
    if not challenge or parts.clock().timestamp() - at > AT_MOST.total_seconds():
        raise PasskeyRefused("nothing was asked of this browser just now")
    return str(challenge)


def _shown(parts: AdminParts) -> StoredUser:
    """Whose passkey was shown. Raises PasskeyRefused."""
    proofs, answer, challenge = _proofs(parts), request.form.get("answer", ""), _challenge(parts)
    with parts.store.reading() as work:
        passkey = work.passkeys.named(proofs.credential_of(answer))
        user = work.users.read(passkey.user_id) if passkey else None
    if passkey is None or user is None or user.disabled_at is not None:
        raise PasskeyRefused("nobody who may enter has this passkey")
    count = proofs.shown(answer, challenge, passkey)
    with parts.store.writing() as work:
        if not work.passkeys.use(passkey, count, parts.clock()):
            raise PasskeyRefused("used at the same moment elsewhere")
    return user


def _add(parts: AdminParts, label: str) -> None:
    made = _proofs(parts).made(request.form.get("answer", ""), _challenge(parts))
    with parts.store.writing() as work:
        work.passkeys.add(
            whoever().user.id, credential=made.credential, public_key=made.public_key, used=made.used, label=label,
            at=parts.clock(),
        )  # fmt: skip
        parts.note(work, _own(parts, "made a passkey"))


def _own(parts: AdminParts, action: str) -> Change:
    name = whoever().user.name
    return Change(at=parts.clock(), who=name, action=action, subject=f"user {name}")
