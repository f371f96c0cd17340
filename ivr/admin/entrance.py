"""What every way of signing in ends with: a new sign-in, and the page that was wanted."""

from urllib.parse import urlsplit

from flask import redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import login_user

from db.repositories.audit import Change
from db.repositories.users import StoredUser
from flows.rules.roles import Right, allowed
from ivr.admin.kept_forms import KeptForms
from ivr.admin.parts import AdminParts
from ivr.admin.signed_in import AT_MOST, VOUCHED, SignedIn, key_of, new_token


def begin(parts: AdminParts, user: StoredUser, *, whole: bool, vouched_by: str = "") -> None:
    """A new sign-in with a new token: one that somebody planted beforehand is worth nothing. ``vouched_by`` names the
    identity provider, or the kind of key, that looked after the second factor."""
    session.clear()
    if vouched_by:
        session[VOUCHED] = True
    token = new_token()
    with parts.store.writing() as work:
        now = parts.clock()
        work.sign_ins.forget(now - AT_MOST)
        work.sign_ins.begin(key_of(token), user.id, now, whole=whole)
        if whole:
            action = f"signed in with {vouched_by}" if vouched_by else "signed in"
            parts.note(work, Change(at=now, who=user.name, action=action, subject=f"user {user.name}"))
    wanted = parts.second_factor and not vouched_by
    login_user(SignedIn(user=user, token=token, whole=whole, second_factor_wanted=wanted))


def leave(parts: AdminParts, who: SignedIn) -> None:
    """End a sign-in."""
    with parts.store.writing() as work:
        work.sign_ins.end(who.key)


def let_in(kept: KeptForms, user: StoredUser) -> ResponseReturnValue:
    """Where the user wanted to go; a form that was on its way is offered again."""
    form = kept.read(request.form.get("kept", "")) if request.form.get("kept") else None
    if form is None:
        return redirect(at_home(user, wanted_path()))
    path, fields = form
    return render_template("admin/kept_form.html", path=path, fields=fields)


def at_home(user: StoredUser, wanted: str) -> str:
    """The path that was wanted. Who may not see what happens now begins with their own duty."""
    now = url_for("admin.now")
    return url_for("admin.duty") if wanted == now and not allowed(user.roles, Right.READ) else wanted


def wanted_path() -> str:
    """A path of the admin, never another site."""
    wanted = request.values.get("next", "")
    parts = urlsplit(wanted)
    ours = wanted.startswith("/admin/") and not parts.scheme and not parts.netloc and "\\" not in wanted
    return wanted if ours else url_for("admin.now")
