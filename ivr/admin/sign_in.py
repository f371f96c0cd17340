"""Signing in: name and password, then the code of an authenticator app where the user has one."""

from datetime import timedelta
from http import HTTPStatus

from flask import redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import logout_user

from db.repositories.audit import Change
from db.repositories.users import StoredUser
from ivr.admin.entrance import begin, leave, let_in, wanted_path
from ivr.admin.kept_forms import KeptForms
from ivr.admin.pages import ANYONE, HALF, Pages, whoever
from ivr.admin.parts import AdminParts
from ivr.admin.proofs import hashed_recovery, password_fits, totp_step
from ivr.admin.signed_in import signed_in

WINDOW = timedelta(minutes=15)
MOST_BY_NAME, MOST_BY_ADDRESS = 10, 30
"""Wrong tries in the window. An address is given more, because many people may share it."""
WRONG = "Name or password is wrong, or there were too many tries. After 15 minutes you may try again."
WRONG_CODE = "That code is wrong, or was used before. The app shows a new one every 30 seconds."


def sign_in_pages(pages: Pages, parts: AdminParts, kept: KeptForms) -> None:
    """Declare the pages on the way in and out."""

    @pages.page("/sign-in", ANYONE)
    def sign_in() -> ResponseReturnValue:
        who = signed_in()
        if who is not None and who.whole:
            return redirect(wanted_path())
        return render_template("admin/sign_in.html", kept="", expired=False)

    @pages.act("/sign-in", ANYONE)
    def enter() -> ResponseReturnValue:
        name, password = request.form.get("name", "").strip().lower(), request.form.get("password", "")
        user = _proven(parts, name, password)
        if user is None:
            page = render_template("admin/sign_in.html", kept=request.form.get("kept", ""), name=name, wrong=WRONG)
            return page, HTTPStatus.UNPROCESSABLE_ENTITY
        begin(parts, user, whole=user.totp_secret is None)
        if user.totp_secret is not None:
            return render_template("admin/second_step.html", kept=request.form.get("kept", ""), next=wanted_path())
        return let_in(kept, user)

    @pages.page("/second-step", HALF)
    def second_step() -> ResponseReturnValue:
        return render_template("admin/second_step.html", kept="", next=wanted_path())

    @pages.act("/second-step", HALF)
    def enter_code() -> ResponseReturnValue:
        who = whoever()
        if not _code_fits(parts, who.user, request.form.get("code", "")):
            page = render_template(
                "admin/second_step.html", kept=request.form.get("kept", ""), next=wanted_path(), wrong=WRONG_CODE
            )
            return page, HTTPStatus.UNPROCESSABLE_ENTITY
        leave(parts, who)
        begin(parts, who.user, whole=True)
        return let_in(kept, who.user)

    @pages.act("/sign-out", ANYONE)
    def sign_out() -> ResponseReturnValue:
        who = signed_in()
        if who is not None:
            leave(parts, who)
        logout_user()
        session.clear()
        return redirect(url_for("admin.sign_in"))


def _proven(parts: AdminParts, name: str, password: str) -> StoredUser | None:
    """The user, if the password is right and the tries are not used up; takes as long for unknown names."""
    address = request.remote_addr or ""
    with parts.store.reading() as work:
        user = work.users.named(name)
        throttled = _throttled(work.sign_ins.failures(name, address, parts.clock() - WINDOW))
    usable = user is not None and user.disabled_at is None and not throttled
    fits = password_fits(password, user.password_hash if user is not None and usable else None)
    if fits:
        return user
    _count_failure(parts, name, address, throttled)
    return None


def _throttled(failures: tuple[int, int]) -> bool:
    by_name, by_address = failures
    return by_name >= MOST_BY_NAME or by_address >= MOST_BY_ADDRESS


def _count_failure(parts: AdminParts, name: str, address: str, throttled: bool) -> None:
    if throttled:
        return    # whoever is locked out cannot prolong it
    with parts.store.writing() as work:
        work.sign_ins.failed(name, address, parts.clock())


def _code_fits(parts: AdminParts, user: StoredUser, code: str) -> bool:
    address = request.remote_addr or ""
    with parts.store.writing() as work:
        now = parts.clock()
        if _throttled(work.sign_ins.failures(user.name, address, now - WINDOW)):
            return False
        secret = parts.box.open(user.totp_secret or "")
        step = totp_step(secret, code, now.timestamp()) if secret else None
        if step is not None and work.users.spend_step(user.id, step):
            return True
        used = hashed_recovery(code)
        if used in user.recovery and work.users.spend_recovery(user, used):
            parts.note(work, Change(at=now, who=user.name, action="signed in by recovery code",
                                    subject=f"user {user.name}", became=f"{len(user.recovery) - 1} codes left"))
            return True
        work.sign_ins.failed(user.name, address, now)
        return False
