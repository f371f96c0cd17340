"""Addresses of the admin: each declares the right it asks for, and is refused to whoever has not got it."""

from collections.abc import Callable
from http import HTTPStatus
from typing import TypeAlias

from flask import Blueprint, Response, abort, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFProtect

from flows.rules.roles import Right
from ivr.admin.kept_forms import KeptForms
from ivr.admin.signed_in import SignedIn, signed_in

View: TypeAlias = Callable[..., ResponseReturnValue]

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "media-src 'self'; font-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    ),
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
}
ANYONE = "anyone"
"""Declared by what must work before anybody has signed in."""
HALF = "half signed in"
"""Declared by the step between the password and the code."""

OPENING = frozenset({"admin.enter", "admin.enter_code", "admin.sign_out"})
"""What is posted on the way in or out is not worth keeping."""

Needs: TypeAlias = Right | str


class Pages:
    """The admin's blueprint. A view without a declared right does not exist: ``page`` and ``act`` are the only ways
    to add one."""

    def __init__(self, kept: KeptForms) -> None:
        self.blueprint = Blueprint(
            "admin", __name__, url_prefix="/admin", template_folder="templates", static_folder="static"
        )
        self.needs: dict[str, Needs] = {"admin.static": ANYONE}
        self._kept = kept
        self.csrf = CSRFProtect()
        self.blueprint.before_request(self._let_in)
        self.blueprint.after_request(_with_headers)

    def page(self, rule: str, needs: Needs) -> Callable[[View], View]:
        """Declare a page that shows something."""
        return self._declare(rule, needs, "GET")

    def act(self, rule: str, needs: Needs) -> Callable[[View], View]:
        """Declare an action: posted, with a token that only our own forms hold."""
        return self._declare(rule, needs, "POST")

    def _declare(self, rule: str, needs: Needs, method: str) -> Callable[[View], View]:
        def declared(view: View) -> View:
            endpoint = getattr(view, "__name__", "")
            self.needs[f"admin.{endpoint}"] = needs
            self.blueprint.add_url_rule(rule, endpoint, view, methods=[method])
            return view

        return declared

    def _let_in(self) -> ResponseReturnValue | None:
        needs = self.needs[request.endpoint or ""]
        who = signed_in()
        if needs is not ANYONE and (who is None or who.whole is (needs is HALF)):
            return self._sign_in_first()
        if isinstance(needs, Right) and who is not None:
            if who.must_set_second_factor and not _about_oneself():
                return redirect(url_for("admin.second_factor"))
            if not who.may(needs):
                abort(403)
        if request.method == "POST":
            self.csrf.protect()
        return None

    def _sign_in_first(self) -> ResponseReturnValue:
        """Whatever was typed comes along: it is offered again after signing in."""
        if request.headers.get("HX-Request"):
            return Response(status=401, headers={"HX-Redirect": url_for("admin.sign_in")})
        if request.method == "POST" and request.endpoint not in OPENING:
            kept = self._kept.keep(request.path, request.form)
            return render_template("admin/sign_in.html", kept=kept, expired=True), HTTPStatus.UNAUTHORIZED
        return redirect(url_for("admin.sign_in", next=request.full_path.rstrip("?")))


def _about_oneself() -> bool:
    return request.endpoint in {"admin.second_factor", "admin.set_second_factor", "admin.sign_out"}


def _with_headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.endpoint == "admin.static":
        response.headers["Cache-Control"] = "public, max-age=3600"
    if current_app.config["SESSION_COOKIE_SECURE"]:
        response.headers["Strict-Transport-Security"] = "max-age=31536000"
    return response


def whoever() -> SignedIn:
    """Who is signed in, on a page that only somebody signed in can see."""
    who = signed_in()
    assert who is not None
    return who


def fragment() -> bool:
    """Whether the page asks for a part of itself, to show what is new."""
    return bool(request.headers.get("HX-Request"))

