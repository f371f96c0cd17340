"""Signing in by OpenID Connect, with a provider on the other side of real sockets."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from joserfc.jwk import RSAKey

from flows.rules.roles import Role
from ivr.admin.openid import AT_MOST
from ivr.app import Parts, create_app
from tests.ivr.admin.openid_provider import STRANGERS_KEY, OpenIdProviderSite, openid_provider, presses_yes
from tests.ivr.admin.visitor import PASSWORD, Visitor
from tests.ivr.telephony.site import settings

LONG_AGO = 1_700_000_000
OLGA = "olga@northwind.example"
BEGIN, BACK = "/admin/sign-in/oidc", "/admin/sign-in/oidc/callback"
AGAIN = "Please begin again"
SILENT = "does not work just now"


@pytest.fixture
def provider() -> Iterator[OpenIdProviderSite]:
    with openid_provider() as site:
        yield site


@pytest.fixture
def app(parts: Parts, sqlite_url: str, provider: OpenIdProviderSite) -> Flask:
    """Owners must have a second factor here."""
    made = create_app(settings(sqlite_url, PUBLIC_BASE_URL="http://localhost", **provider.settings), parts)
    made.testing = True
    return made


@pytest.fixture
def olga(visitor: Visitor) -> Visitor:
    return visitor.is_user(OLGA, Role.OWNER)


def to_the_provider(visitor: Visitor, **asked: str) -> str:
    """Press the button; the provider's address."""
    answer = visitor.browser.get(BEGIN, query_string=asked)
    assert answer.status_code == 302, answer.text
    return str(answer.location)


def is_outside(visitor: Visitor) -> bool:
    return visitor.asks("/admin/").status_code == 302


def audited(visitor: Visitor) -> list[tuple[str, str]]:
    with visitor.parts.store.reading() as work:
        return [(entry.who, entry.action) for entry in work.audit.latest(50)]


def test_an_owner_enters_with_her_role_and_without_a_second_factor_of_ours(olga: Visitor) -> None:
    assert "Sign in with Northwind account" in olga.sees("/admin/sign-in")

    answer = olga.asks(presses_yes(to_the_provider(olga, next="/admin/users")))

    assert (answer.status_code, answer.location) == (302, "/admin/users")
    assert OLGA in olga.sees("/admin/users"), "not sent away to set a second factor: the provider looked after it"
    assert audited(olga) == [(OLGA, "signed in with Northwind account")]


def test_with_the_password_the_second_factor_is_still_asked_for(olga: Visitor) -> None:
    olga.asks(presses_yes(to_the_provider(olga)))
    olga.sends("/admin/users", "/admin/sign-out")

    olga.signs_in(OLGA, PASSWORD)

    assert olga.asks("/admin/users").location == "/admin/account/second-factor"


def test_a_sign_in_from_before_is_worth_nothing_afterwards(olga: Visitor, somebody: Callable[[], Visitor]) -> None:
    olga.is_user("ada", Role.AUDITOR).signs_in("ada")
    planted = olga.browser.get_cookie("escalation-line")
    assert planted is not None
    olga.asks(presses_yes(to_the_provider(olga)))

    thief = somebody()
    thief.browser.set_cookie("escalation-line", planted.value)

    assert is_outside(thief)


def test_a_stranger_is_told_to_ask_an_owner_by_the_name_she_came_with(visitor: Visitor) -> None:
    answer = visitor.asks(presses_yes(to_the_provider(visitor)))

    assert answer.status_code == 403
    assert f"With Northwind account you are {OLGA}, but there is no such user here. Ask an owner" in answer.text
    assert is_outside(visitor)
    assert audited(visitor) == []


def test_who_is_locked_out_stays_out(olga: Visitor) -> None:
    with olga.parts.store.writing() as work:
        user = work.users.named(OLGA)
        assert user is not None
        work.users.set_disabled(user.id, olga.clock())

    answer = olga.asks(presses_yes(to_the_provider(olga)))

    assert (answer.status_code, is_outside(olga)) == (403, True)
    assert "is locked out" in answer.text


@pytest.mark.parametrize("query", ["", "?state=", "?code=c", "?code=c&state=forged", "?error=access_denied&state=x"])
def test_a_way_back_that_nobody_went_there_by_leads_to_the_door(olga: Visitor, query: str) -> None:
    to_the_provider(olga)

    answer = olga.asks(BACK + query)

    assert (answer.status_code, is_outside(olga)) == (400, True)
    assert AGAIN in answer.text


def test_the_way_back_of_another_browser_is_of_no_use(olga: Visitor, somebody: Callable[[], Visitor]) -> None:
    """Else somebody could be signed in as the sender of a link."""
    victim = somebody()

    assert victim.asks(presses_yes(to_the_provider(olga))).status_code == 400
    assert is_outside(victim)


def test_a_way_back_is_good_once_and_for_ten_minutes(olga: Visitor) -> None:
    late = presses_yes(to_the_provider(olga))
    olga.clock.advance(AT_MOST + timedelta(seconds=1))
    assert olga.asks(late).status_code == 400
    assert is_outside(olga)

    back = presses_yes(to_the_provider(olga))
    assert olga.asks(back).status_code == 302
    assert olga.asks(back).status_code == 400


@pytest.mark.parametrize(
    "spoiled",
    [
        {"nonce": "of another sign-in"}, {"aud": "another-site"}, {"iss": "https://elsewhere.example"},
        {"exp": LONG_AGO}, {"email_verified": False}, {"email": ""}, {"email": 7},
    ],
    ids=str,
)  # fmt: skip
def test_a_token_that_does_not_hold_lets_nobody_in(
    olga: Visitor, provider: OpenIdProviderSite, spoiled: dict[str, Any]
) -> None:
    provider.claims |= spoiled

    answer = olga.asks(presses_yes(to_the_provider(olga)))

    assert (answer.status_code, is_outside(olga)) == (400, True)
    assert AGAIN in answer.text
    assert audited(olga) == []


@pytest.mark.parametrize("key", [STRANGERS_KEY, None], ids=["a stranger's", "none"])
def test_a_token_that_the_provider_did_not_sign_lets_nobody_in(
    olga: Visitor, provider: OpenIdProviderSite, key: RSAKey | None
) -> None:
    provider.key = key

    assert olga.asks(presses_yes(to_the_provider(olga))).status_code == 400
    assert is_outside(olga)


def test_a_provider_that_keeps_the_mail_address_out_of_its_token_is_asked(
    olga: Visitor, provider: OpenIdProviderSite
) -> None:
    provider.is_thin = True

    assert olga.asks(presses_yes(to_the_provider(olga))).status_code == 302
    assert olga.asks("/admin/").status_code == 200


def test_without_the_provider_the_door_says_so_and_the_password_works(
    visitor: Visitor, provider: OpenIdProviderSite
) -> None:
    visitor.is_user("ada", Role.AUDITOR)
    there, provider.is_ill = provider.issuer, True
    answer = visitor.asks(BEGIN)
    assert (answer.status_code, SILENT in answer.text) == (503, True)
    assert visitor.signs_in("ada").status_code == 302

    provider.is_ill, provider.issuer = False, "https://elsewhere.example"
    assert visitor.asks(BEGIN).status_code == 503, "who calls itself something else is not whom we asked"

    provider.issuer = there
    assert to_the_provider(visitor).startswith(f"{there}/authorize?"), "well again: nothing was remembered"


def test_a_provider_that_goes_away_in_the_middle_is_no_accident_of_ours(
    olga: Visitor, provider: OpenIdProviderSite
) -> None:
    back = presses_yes(to_the_provider(olga))
    provider.is_ill = True

    answer = olga.asks(back)

    assert (answer.status_code, SILENT in answer.text) == (503, True)
    assert is_outside(olga)


@pytest.mark.parametrize("elsewhere", ["https://elsewhere.example/admin/", "//elsewhere.example", "/admin/\\elsewhere"])
def test_afterwards_nobody_is_sent_to_another_site(olga: Visitor, elsewhere: str) -> None:
    assert olga.asks(presses_yes(to_the_provider(olga, next=elsewhere))).location == "/admin/"


def test_a_form_that_waits_in_the_tab_is_offered_again(olga: Visitor) -> None:
    fields = {"hours": "5", "why": "the customer asked"}
    kept = olga.browser.post("/admin/tickets/48213/cooldown", data=fields).text.split('name="kept" value="')[1]
    waits = olga.asks(presses_yes(to_the_provider(olga, kept="1")))
    assert 'data-takes-back="at once"' in waits.text

    token = waits.text.split('name="csrf_token" value="')[1].split('"')[0]
    offered = olga.browser.post("/admin/kept-form", data={"csrf_token": token, "kept": kept.split('"')[0]})

    assert "the customer asked" in offered.text
    with olga.parts.store.reading() as work:
        assert work.claims.standing("48213").quiet_until is None, "nothing is changed before it is sent again"
