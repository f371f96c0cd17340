"""Users: who may sign in, and as what."""

import secrets
from http import HTTPStatus

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from db.errors import StoreConflict
from db.repositories.audit import Change
from db.repositories.users import StoredUser
from db.unit_of_work import Work
from flows.rules.roles import Right, Role
from ivr.admin.pages import Pages, whoever
from ivr.admin.parts import AdminParts
from ivr.admin.proofs import hashed_password

LONGEST_NAME = 60
LAST_OWNER = "This is the last owner who can sign in. Make another one first."


def new_password() -> str:
    """A password to hand over once: 96 random bits that can be read out."""
    return "-".join(secrets.token_hex(3) for _ in range(4))


def user_pages(pages: Pages, parts: AdminParts) -> None:
    """Declare the list and what owners may do."""

    @pages.page("/users", Right.GOVERN)
    def users() -> ResponseReturnValue:
        return _users(parts)

    @pages.act("/users", Right.GOVERN)
    def user_add() -> ResponseReturnValue:
        name, roles = request.form.get("name", "").strip().lower(), _roles()
        wrong = _wrong(name, roles)
        if wrong:
            return _users(parts, wrong)
        password = new_password()
        hashed = hashed_password(password)
        try:
            with parts.store.writing() as work:
                person = _person(work)
                work.users.add(name=name, roles=roles, password_hash=hashed, at=parts.clock(), person=person)
                _note(work, "made the user", name, became=_named(roles, person))
        except StoreConflict:
            return _users(parts, {"name": f"There is a user {name} already."})
        return render_template("admin/user_made.html", name=name, password=password)

    @pages.act("/users/<int:user_id>/roles", Right.GOVERN)
    def user_roles(user_id: int) -> ResponseReturnValue:
        roles = _roles()
        if not roles:
            return _users(parts, {"roles": "Choose at least one role."}, user_id)
        with parts.store.writing() as work:
            user = _existing(work, user_id)
            if Role.OWNER not in roles and _last_owner(work, user):
                return _users(parts, {"roles": LAST_OWNER}, user_id)
            person = _person(work, user)
            work.users.set_roles(user_id, roles, person)
            was, became = _named(user.roles, user.person), _named(roles, person)
            _note(work, "changed the roles", user.name, was=was, became=became)
        flash(f"{user.name} is now {became}.")
        return redirect(url_for("admin.users"))

    @pages.act("/users/<int:user_id>/disable", Right.GOVERN)
    def user_disable(user_id: int) -> ResponseReturnValue:
        with parts.store.writing() as work:
            user = _existing(work, user_id)
            if _last_owner(work, user):
                return _users(parts, {"roles": LAST_OWNER}, user_id)
            work.users.set_disabled(user_id, parts.clock())
            work.sign_ins.end_others(user_id)
            _note(work, "locked out", user.name)
        flash(f"{user.name} can no longer sign in, and is signed out everywhere.")
        return redirect(url_for("admin.users"))

    @pages.act("/users/<int:user_id>/enable", Right.GOVERN)
    def user_enable(user_id: int) -> ResponseReturnValue:
        with parts.store.writing() as work:
            user = _existing(work, user_id)
            work.users.set_disabled(user_id, None)
            _note(work, "let in again", user.name)
        flash(f"{user.name} may sign in again.")
        return redirect(url_for("admin.users"))

    @pages.act("/users/<int:user_id>/reset", Right.GOVERN)
    def user_reset(user_id: int) -> ResponseReturnValue:
        password = new_password()
        hashed = hashed_password(password)
        with parts.store.writing() as work:
            user = _existing(work, user_id)
            work.users.set_password(user_id, hashed)
            work.users.set_second_factor(user_id, None, ())
            work.passkeys.remove_all(user_id)
            work.sign_ins.end_others(user_id)
            _note(work, "reset password and second factor", user.name)
        return render_template("admin/user_made.html", name=user.name, password=password)

    def _note(work: Work, action: str, name: str, was: str = "", became: str = "") -> None:
        change = Change(at=parts.clock(), who=whoever().user.name, action=action, subject=f"user {name}", was=was,
                        became=became)
        parts.note(work, change)


def _roles() -> frozenset[Role]:
    known = {role.value: role for role in Role}
    return frozenset(known[name] for name in request.form.getlist("roles") if name in known)


def _wrong(name: str, roles: frozenset[Role]) -> dict[str, str]:
    wrong = {}
    if not name or len(name) > LONGEST_NAME or not all(each.isalnum() or each in "._-@" for each in name):
        wrong["name"] = f"Letters, digits, and . _ - @, at most {LONGEST_NAME}."
    if not roles:
        wrong["roles"] = "Choose at least one role."
    return wrong


def _named(roles: frozenset[Role], person: str = "") -> str:
    return ", ".join(sorted(role.value for role in roles)) + (f", is {person}" if person else "")


def _person(work: Work, user: StoredUser | None = None) -> str:
    """Whom of the routing's people the form says the user is; somebody who has left it stays until it is changed."""
    chosen = request.form.get("person")
    had = user.person if user else ""
    if chosen is None:
        return had
    return chosen if chosen == had or chosen in _people(work) else ""


def _people(work: Work) -> dict[str, str]:
    if not work.routing.current_version():
        return {}
    return {key: person.name for key, person in work.routing.current()[1].people.items()}


def _existing(work: Work, user_id: int) -> StoredUser:
    user = work.users.read(user_id)
    if user is None:
        abort(404)
    return user


def _last_owner(work: Work, user: StoredUser) -> bool:
    """Whether nobody could give access any more without this user."""
    owners = [each.id for each in work.users.all() if Role.OWNER in each.roles and each.disabled_at is None]
    return owners == [user.id]


def _users(parts: AdminParts, wrong: dict[str, str] | None = None, about: int | None = None) -> ResponseReturnValue:
    with parts.store.reading() as work:
        everyone, people = work.users.all(), _people(work)
    page = render_template("admin/users.html", users=everyone, people=people, roles=list(Role),
                           wrong=wrong or {}, about=about, given=request.form)
    return page, HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK
