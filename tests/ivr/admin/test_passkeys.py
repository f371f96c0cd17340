"""Passkeys: one key that is two factors, and every answer that proves nothing."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from werkzeug.test import TestResponse

from flows.rules.roles import Role
from ivr.admin.passkeys import AT_MOST
from tests.ivr.admin.authenticator import Authenticator
from tests.ivr.admin.visitor import Visitor

DOOR, ACCOUNT = "/admin/sign-in", "/admin/account"


@pytest.fixture
def key() -> Authenticator:
    return Authenticator()


def makes(visitor: Visitor, key: Authenticator) -> TestResponse:
    options = visitor.sends(ACCOUNT, f"{ACCOUNT}/passkeys/options").json
    return visitor.sends(ACCOUNT, f"{ACCOUNT}/passkeys", label="telephone", answer=key.makes(options or {}))


def asked(visitor: Visitor) -> dict[str, Any]:
    return visitor.sends(DOOR, f"{DOOR}/passkey/options").json or {}


def shows(visitor: Visitor, answer: str, **more: str) -> TestResponse:
    return visitor.sends(DOOR, f"{DOOR}/passkey", answer=answer, **more)


def is_refused(visitor: Visitor, answer: str) -> None:
    refused = shows(visitor, answer)
    assert refused.status_code == 422
    assert "This passkey is not known here" in refused.text
    assert visitor.asks("/admin/").status_code == 302


@pytest.mark.parametrize("second_factor", ["required"])
def test_an_owner_with_a_passkey_needs_nothing_else(
    visitor: Visitor, key: Authenticator, somebody: Callable[[], Visitor]
) -> None:
    visitor.is_user("olga", Role.OWNER).signs_in("olga")
    visitor.sets_second_factor()
    assert makes(visitor, key).status_code == 302
    elsewhere = somebody()

    answer = shows(elsewhere, key.shows(asked(elsewhere)), next="/admin/users")

    assert (answer.status_code, answer.location) == (302, "/admin/users")
    assert "olga" in elsewhere.sees("/admin/users")
    with visitor.parts.store.reading() as work:
        said = [(entry.who, entry.action) for entry in work.audit.latest(2)]
    assert sorted(said) == [("olga", "made a passkey"), ("olga", "signed in with a passkey")]


def test_an_answer_is_good_once_and_for_five_minutes(
    owner: Visitor, key: Authenticator, somebody: Callable[[], Visitor]
) -> None:
    makes(owner, key)
    elsewhere, thief = somebody(), somebody()
    late = key.shows(asked(elsewhere))
    elsewhere.clock.advance(AT_MOST + timedelta(seconds=1))
    is_refused(elsewhere, late)

    good = key.shows(asked(elsewhere))
    asked(thief)
    is_refused(thief, good)
    assert shows(elsewhere, good).status_code == 302


def test_a_device_that_was_not_unlocked_or_shows_another_site_proves_nothing(
    owner: Visitor, key: Authenticator, somebody: Callable[[], Visitor]
) -> None:
    makes(owner, key)
    elsewhere = somebody()

    key.site = "https://elsewhere.example"
    is_refused(elsewhere, key.shows(asked(elsewhere)))
    key.site, key.unlocks = "http://localhost", False
    is_refused(elsewhere, key.shows(asked(elsewhere)))


def test_a_copy_of_a_key_is_noticed_by_its_count(
    owner: Visitor, key: Authenticator, somebody: Callable[[], Visitor]
) -> None:
    makes(owner, key)
    first, elsewhere = somebody(), somebody()
    assert shows(first, key.shows(asked(first))).status_code == 302
    key.used -= 1

    is_refused(elsewhere, key.shows(asked(elsewhere)))


@pytest.mark.parametrize("nonsense", ["", "null", "[]", "{}", '{"rawId": 7}', '{"id": "AA", "rawId": "AA"}', "\0"])
def test_nonsense_is_refused_at_the_door_and_at_home(
    owner: Visitor, somebody: Callable[[], Visitor], nonsense: str
) -> None:
    elsewhere = somebody()
    asked(elsewhere)
    is_refused(elsewhere, nonsense)

    owner.sends(ACCOUNT, f"{ACCOUNT}/passkeys/options")
    assert owner.sends(ACCOUNT, f"{ACCOUNT}/passkeys", answer=nonsense).status_code == 422
    assert "Remove" not in owner.sees(ACCOUNT)


@pytest.mark.parametrize("action", ["disable", "reset"])
def test_an_owner_ends_what_a_passkey_opens(
    owner: Visitor, key: Authenticator, somebody: Callable[[], Visitor], action: str
) -> None:
    sam = somebody().is_user("sam", Role.SUPERVISOR)
    sam.signs_in("sam")
    makes(sam, key)
    with owner.parts.store.reading() as work:
        user = work.users.named("sam")
    assert user is not None

    owner.sends("/admin/users", f"/admin/users/{user.id}/{action}")

    is_refused(sam, key.shows(asked(sam)))


def test_nobody_removes_the_passkey_of_somebody_else(
    owner: Visitor, key: Authenticator, somebody: Callable[[], Visitor]
) -> None:
    makes(owner, key)
    other = somebody().is_user("sam", Role.ADMIN)
    other.signs_in("sam")

    assert other.sends(ACCOUNT, f"{ACCOUNT}/passkeys/1/remove").status_code == 404
    assert "telephone" in owner.sees(ACCOUNT)
