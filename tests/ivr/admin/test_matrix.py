"""Every address of the admin for every role: who is let in, and who is turned away."""

import re
from collections.abc import Callable

import pytest
from flask import Flask

from flows.rules.roles import Role
from tests.ivr.admin.visitor import Visitor

OWNER, ADMIN, SUPERVISOR, AUDITOR, MANAGER = Role
EVERYBODY = frozenset(Role)
READERS = EVERYBODY - {MANAGER}

MATRIX: dict[tuple[str, str], frozenset[Role]] = {
    ("GET", "/admin/"): READERS,
    ("GET", "/admin/calls"): READERS,
    ("GET", "/admin/calls.csv"): READERS,
    ("GET", "/admin/calls/<sid>/cost"): READERS,
    ("GET", "/admin/calls/<sid>"): READERS,
    ("GET", "/admin/calls/<sid>/recordings/<recording>.wav"): frozenset({OWNER, SUPERVISOR}),
    ("GET", "/admin/tickets"): READERS,
    ("GET", "/admin/tickets/<number>"): READERS,
    ("POST", "/admin/tickets/<number>/cooldown"): frozenset({OWNER, SUPERVISOR}),
    ("POST", "/admin/tickets/<number>/lift"): frozenset({OWNER, SUPERVISOR}),
    ("GET", "/admin/routing"): READERS,
    ("GET", "/admin/routing/text"): READERS,
    ("POST", "/admin/routing/text"): frozenset({OWNER, ADMIN}),
    ("POST", "/admin/routing/publish"): frozenset({OWNER, ADMIN}),
    ("POST", "/admin/routing/discard"): frozenset({OWNER, ADMIN}),
    ("GET", "/admin/routing/versions/<int:version>"): READERS,
    ("GET", "/admin/routing/versions/<int:version>.yaml"): READERS,
    ("POST", "/admin/routing/versions/<int:version>/restore"): frozenset({OWNER, ADMIN}),
    ("GET", "/admin/reports"): READERS,
    ("GET", "/admin/reports.csv"): READERS,
    ("GET", "/admin/lines"): READERS,
    ("GET", "/admin/lines/carrier"): READERS,
    ("POST", "/admin/lines/carrier"): frozenset({OWNER, ADMIN}),
    ("GET", "/admin/lines/line"): READERS,
    ("POST", "/admin/lines/line"): frozenset({OWNER, ADMIN}),
    ("POST", "/admin/lines/line/remove"): frozenset({OWNER, ADMIN}),
    ("GET", "/admin/ladders"): READERS,
    ("POST", "/admin/ladders"): frozenset({OWNER, ADMIN}),
    ("GET", "/admin/ladders/new"): frozenset({OWNER, ADMIN}),
    ("POST", "/admin/ladders/new"): frozenset({OWNER, ADMIN}),
    ("GET", "/admin/ladders/<int:number>"): READERS,
    ("POST", "/admin/ladders/<int:number>"): frozenset({OWNER, ADMIN}),
    ("POST", "/admin/ladders/<int:number>/remove"): frozenset({OWNER, ADMIN}),
    ("GET", "/admin/people"): READERS,
    ("GET", "/admin/people/new"): frozenset({OWNER, ADMIN}),
    ("POST", "/admin/people/new"): frozenset({OWNER, ADMIN}),
    ("GET", "/admin/people/of/<path:key>"): READERS,
    ("POST", "/admin/people/save"): frozenset({OWNER, ADMIN}),
    ("POST", "/admin/people/remove"): frozenset({OWNER, ADMIN}),
    ("POST", "/admin/people/off"): frozenset({OWNER, ADMIN, SUPERVISOR}),
    ("POST", "/admin/people/on"): frozenset({OWNER, ADMIN, SUPERVISOR}),
    ("GET", "/admin/schedules"): READERS,
    ("GET", "/admin/schedules/of/<path:key>"): READERS,
    ("POST", "/admin/schedules/override"): frozenset({OWNER, ADMIN, SUPERVISOR}),
    ("POST", "/admin/schedules/override/remove"): frozenset({OWNER, ADMIN, SUPERVISOR}),
    ("POST", "/admin/schedules/swap"): frozenset({OWNER, ADMIN, SUPERVISOR}),
    ("GET", "/admin/schedules/new"): frozenset({OWNER, ADMIN}),
    ("POST", "/admin/schedules/new"): frozenset({OWNER, ADMIN}),
    ("GET", "/admin/schedules/plan/<path:key>"): READERS,
    ("POST", "/admin/schedules/save"): frozenset({OWNER, ADMIN}),
    ("POST", "/admin/schedules/remove"): frozenset({OWNER, ADMIN}),
    ("GET", "/admin/duty"): EVERYBODY,
    ("POST", "/admin/duty/off"): EVERYBODY,
    ("POST", "/admin/duty/on"): EVERYBODY,
    ("POST", "/admin/duty/promises/<int:promise_id>"): EVERYBODY,
    ("GET", "/admin/cooldowns"): READERS,
    ("POST", "/admin/cooldowns"): frozenset({OWNER, ADMIN}),
    ("GET", "/admin/terms"): READERS,
    ("GET", "/admin/terms/program"): READERS,
    ("POST", "/admin/terms/program"): frozenset({OWNER, ADMIN}),
    ("POST", "/admin/terms/program/remove"): frozenset({OWNER, ADMIN}),
    ("GET", "/admin/terms/calendar"): READERS,
    ("POST", "/admin/terms/calendar"): frozenset({OWNER, ADMIN}),
    ("POST", "/admin/terms/calendar/remove"): frozenset({OWNER, ADMIN}),
    ("GET", "/admin/mails"): READERS,
    ("GET", "/admin/mails/<language>/<name>"): READERS,
    ("POST", "/admin/mails/<language>/<name>"): frozenset({OWNER, ADMIN}),
    ("POST", "/admin/mails/<language>/<name>/try"): READERS,
    ("POST", "/admin/mails/<language>/<name>/reset"): frozenset({OWNER, ADMIN}),
    ("GET", "/admin/words"): READERS,
    ("POST", "/admin/words/<language>/voice"): frozenset({OWNER, ADMIN}),
    ("GET", "/admin/words/<language>/<name>"): READERS,
    ("POST", "/admin/words/<language>/<name>"): frozenset({OWNER, ADMIN}),
    ("POST", "/admin/words/<language>/<name>/try"): READERS,
    ("POST", "/admin/words/<language>/<name>/call"): frozenset({OWNER, ADMIN}),
    ("POST", "/admin/words/<language>/<name>/reset"): frozenset({OWNER, ADMIN}),
    ("POST", "/admin/words/<language>/<name>/recording"): frozenset({OWNER, ADMIN}),
    ("POST", "/admin/words/<language>/<name>/recording/remove"): frozenset({OWNER, ADMIN}),
    ("GET", "/admin/try"): READERS,
    ("GET", "/admin/replay"): READERS,
    ("GET", "/admin/drills"): READERS,
    ("POST", "/admin/drills"): frozenset({OWNER, ADMIN}),
    ("GET", "/admin/drills/<int:drill_id>"): READERS,
    ("GET", "/admin/notifications"): READERS,
    ("POST", "/admin/notifications/test"): frozenset({OWNER, ADMIN}),
    ("POST", "/admin/notifications/<int:message_id>/retry"): frozenset({OWNER, SUPERVISOR}),
    ("GET", "/admin/audit"): READERS,
    ("GET", "/admin/users"): frozenset({OWNER}),
    ("POST", "/admin/users"): frozenset({OWNER}),
    ("POST", "/admin/users/<int:user_id>/roles"): frozenset({OWNER}),
    ("POST", "/admin/users/<int:user_id>/disable"): frozenset({OWNER}),
    ("POST", "/admin/users/<int:user_id>/enable"): frozenset({OWNER}),
    ("POST", "/admin/users/<int:user_id>/reset"): frozenset({OWNER}),
    ("GET", "/admin/webhooks"): frozenset({OWNER}),
    ("POST", "/admin/webhooks"): frozenset({OWNER}),
    ("POST", "/admin/webhooks/<int:webhook_id>/<what>"): frozenset({OWNER}),
    ("GET", "/admin/tokens"): frozenset({OWNER}),
    ("POST", "/admin/tokens"): frozenset({OWNER}),
    ("POST", "/admin/tokens/<int:token_id>/revoke"): frozenset({OWNER}),
    ("GET", "/admin/privacy"): frozenset({OWNER}),
    ("POST", "/admin/privacy"): frozenset({OWNER}),
    ("POST", "/admin/privacy/export"): frozenset({OWNER}),
    ("POST", "/admin/privacy/erase"): frozenset({OWNER}),
    ("GET", "/admin/<path:unknown>"): EVERYBODY,
    ("GET", "/admin/account"): EVERYBODY,
    ("POST", "/admin/account/password"): EVERYBODY,
    ("POST", "/admin/account/sign-out-others"): EVERYBODY,
    ("GET", "/admin/account/second-factor"): EVERYBODY,
    ("POST", "/admin/account/second-factor"): EVERYBODY,
    ("POST", "/admin/kept-form"): EVERYBODY,
    ("POST", "/admin/account/passkeys/options"): EVERYBODY,
    ("POST", "/admin/account/passkeys"): EVERYBODY,
    ("POST", "/admin/account/passkeys/<int:passkey_id>/remove"): EVERYBODY,
}
ON_THE_WAY_IN = {
    ("GET", "/admin/sign-in"), ("POST", "/admin/sign-in"), ("GET", "/admin/second-step"),
    ("POST", "/admin/second-step"), ("POST", "/admin/sign-out"), ("GET", "/admin/static/<path:filename>"),
    ("GET", "/admin/sign-in/oidc"), ("GET", "/admin/sign-in/oidc/callback"),
    ("POST", "/admin/sign-in/passkey/options"), ("POST", "/admin/sign-in/passkey"),
}  # fmt: skip
REFUSED = 403


def path_of(rule: str) -> str:
    """An address that fits the rule; what it names need not exist."""
    return re.sub(r"<[^>]+>", "404", rule)


def test_the_matrix_names_every_address(app: Flask) -> None:
    served = {
        (method, rule.rule)
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/admin/")
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }

    assert served == MATRIX.keys() | ON_THE_WAY_IN


@pytest.mark.parametrize("role", Role)
def test_each_role_is_let_in_where_it_belongs_and_nowhere_else(
    role: Role, somebody: Callable[[], Visitor]
) -> None:
    visitor = somebody().is_user("somebody", role)
    visitor.signs_in("somebody")
    token = visitor.token_on("/admin/account")

    for (method, rule), roles in MATRIX.items():
        answer = visitor.browser.open(path_of(rule), method=method, data={"csrf_token": token})
        assert (answer.status_code == REFUSED) is (role not in roles), (method, rule, answer.status_code)


def test_nobody_is_let_in_without_signing_in(visitor: Visitor) -> None:
    for method, rule in MATRIX:
        answer = visitor.browser.open(path_of(rule), method=method)
        assert answer.status_code == (302 if method == "GET" else 401), (method, rule)


def test_nothing_is_done_without_the_forms_own_token(owner: Visitor) -> None:
    for method, rule in MATRIX:
        if method == "POST":
            for token in ("", "made up"):
                assert owner.browser.post(path_of(rule), data={"csrf_token": token}).status_code == 400, rule


def test_options_tell_nothing_that_signing_in_would(visitor: Visitor) -> None:
    assert visitor.browser.options("/admin/users").status_code in {302, 401}


def test_every_answer_carries_the_headers_that_protect_it(visitor: Visitor) -> None:
    for path in ("/admin/sign-in", "/admin/", "/admin/static/admin.css"):
        answer = visitor.asks(path)
        answer.close()
        headers = answer.headers
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
    assert visitor.asks("/admin/sign-in").headers["Cache-Control"] == "no-store"
