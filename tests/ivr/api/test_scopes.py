"""Every address of the API for every scope: who is let in, and who is turned away; and how tokens end."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from apiflask import APIFlask
from flask import Flask

from db.unit_of_work import Store
from flows.rules.scopes import Scope
from ivr.line.staff import StaffParts, audit_key
from ivr.line.tokens import revoke_token
from tests.ivr.admin.visitor import AdminClock
from tests.ivr.api.conftest import Program, refused

READ, TICKETS, COOLDOWNS, ROUTING, ON_CALL, NOTIFICATIONS, WEBHOOKS = Scope
MATRIX: dict[tuple[str, str], Scope] = {
    ("GET", "/tickets"): READ,
    ("POST", "/tickets"): TICKETS,
    ("GET", "/tickets/<number>"): READ,
    ("PUT", "/tickets/<number>"): TICKETS,
    ("GET", "/tickets/<number>/timeline"): READ,
    ("GET", "/tickets/<number>/cooldown"): READ,
    ("PUT", "/tickets/<number>/cooldown"): COOLDOWNS,
    ("POST", "/tickets/<number>/cooldown/lift"): COOLDOWNS,
    ("POST", "/tickets/<number>/de-escalate"): COOLDOWNS,
    ("GET", "/tickets/<number>/trial"): READ,
    ("POST", "/trials"): READ,
    ("GET", "/calls"): READ,
    ("GET", "/calls/<sid>"): READ,
    ("GET", "/live"): READ,
    ("GET", "/routing"): READ,
    ("GET", "/routing/versions"): READ,
    ("GET", "/routing/versions/<int:version>"): READ,
    ("POST", "/routing/versions/<int:version>/restore"): ROUTING,
    ("GET", "/routing/draft"): READ,
    ("GET", "/routing/draft/replay"): READ,
    ("PUT", "/routing/draft"): ROUTING,
    ("DELETE", "/routing/draft"): ROUTING,
    ("POST", "/routing/draft/publish"): ROUTING,
    ("POST", "/routing/check"): READ,
    ("POST", "/drills"): ROUTING,
    ("GET", "/drills/<int:number>"): READ,
    ("GET", "/on-call"): READ,
    ("GET", "/on-call/schedules/<key>/shifts"): READ,
    ("GET", "/on-call/overrides"): READ,
    ("POST", "/on-call/overrides"): ON_CALL,
    ("DELETE", "/on-call/overrides/<int:number>"): ON_CALL,
    ("GET", "/reports"): READ,
    ("GET", "/letters"): READ,
    ("POST", "/letters/<int:number>/retry"): NOTIFICATIONS,
    ("GET", "/sounds"): READ,
    ("POST", "/sounds"): ROUTING,
    ("GET", "/webhooks"): READ,
    ("POST", "/webhooks"): WEBHOOKS,
    ("DELETE", "/webhooks/<int:number>"): WEBHOOKS,
    ("POST", "/webhooks/<int:number>/test"): WEBHOOKS,
    ("POST", "/webhooks/<int:number>/retry"): WEBHOOKS,
    ("GET", "/webhooks/<int:number>/deliveries"): READ,
    ("GET", "/audit"): READ,
    ("GET", "/audit/verification"): READ,
}


def path_of(rule: str) -> str:
    """An address that fits the rule; what it names need not exist."""
    return re.sub(r"<[^>]+>", "404", rule)


def test_the_matrix_names_every_address(api: APIFlask) -> None:
    served = {
        (method, rule.rule)
        for rule in api.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }

    assert served == MATRIX.keys() | {("GET", "/openapi.json")}


@pytest.mark.parametrize("scope", Scope)
def test_a_token_opens_what_its_scope_says_and_nothing_else(scope: Scope, program: Callable[..., Program]) -> None:
    somebody = program(scope)

    for (method, rule), needs in MATRIX.items():
        answer = somebody.sends(method, path_of(rule), json={})
        assert (answer.status_code == 403) is (needs is not scope), (method, rule, answer.status_code)
        if needs is not scope:
            assert needs.value in refused(answer, 403, "scope-missing")["detail"]


@pytest.mark.parametrize("token", ["", "esc_made-up", "esc_" + "A" * 43, "ünïcode"])
def test_nobody_is_let_in_without_a_token(app: Flask, token: str) -> None:
    stranger = Program(app, token)

    for method, rule in MATRIX:
        told = refused(stranger.sends(method, path_of(rule), json={}), 401, "unauthorized")
        assert "API tokens" in told["detail"]


def test_the_document_is_open_and_says_what_each_address_needs(app: Flask) -> None:
    document = Program(app, "").reads("/openapi.json")

    assert document["openapi"].startswith("3.1")
    said = {
        (method.upper(), path): operation["security"]
        for path, operations in document["paths"].items()
        for method, operation in operations.items()
    }
    expected = {
        (method, re.sub(r"<(?:int:)?([^>]+)>", r"{\1}", rule)): [{"token": [needs.value]}]
        for (method, rule), needs in MATRIX.items()
    }
    assert said == expected


def test_a_token_ends_when_it_was_to_end(program: Callable[..., Program], clock: AdminClock) -> None:
    temporary = program(READ, expires_at=clock() + timedelta(days=1))
    temporary.reads("/live")

    clock.advance(timedelta(days=1))

    refused(temporary.asks("/live"), 401, "unauthorized")


def test_a_token_ends_when_it_is_revoked(program: Callable[..., Program], staff: StaffParts) -> None:
    leaked, other = program(READ, name="leaked"), program(READ, name="other")

    with staff.store.writing() as work:
        found = next(each for each in work.api_tokens.all() if each.name == "leaked")
        key = audit_key(staff.secret_key)
        assert revoke_token(work, key, found.id, "olga", staff.clock()) == "leaked"
        assert revoke_token(work, key, found.id, "olga", staff.clock()) is None

    refused(leaked.asks("/live"), 401, "unauthorized")
    other.reads("/live")
    actions = [entry["action"] for entry in other.reads("/audit")["entries"]]
    assert actions == ["revoked the token", "made the token", "made the token"]


def test_it_is_known_when_a_token_was_last_used(
    program: Callable[..., Program], staff: StaffParts, clock: AdminClock
) -> None:
    somebody = program(READ, name="somebody")

    def used(store: Store) -> object:
        with store.reading() as work:
            return next(each.used_at for each in work.api_tokens.all() if each.name == "somebody")

    assert used(staff.store) is None
    somebody.reads("/live")
    first = clock()
    clock.advance(timedelta(seconds=30))
    somebody.reads("/live")
    assert used(staff.store) == first
    clock.advance(timedelta(seconds=31))
    somebody.reads("/live")
    assert used(staff.store) == clock()


def test_no_token_is_kept_as_it_is_shown(anything: Program, sqlite_url: str, staff: StaffParts) -> None:
    with open(sqlite_url.removeprefix("sqlite:///"), "rb") as database:
        assert anything.token.encode() not in database.read()
