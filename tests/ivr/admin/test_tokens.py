"""API tokens: made, shown once, used, and revoked."""

import re

import pytest

from db.repositories.api_tokens import StoredToken
from flows.rules.scopes import Scope
from tests.ivr.admin.visitor import Visitor

PAGE = "/admin/tokens"


def made(owner: Visitor, name: str = "ticket bridge", scopes: tuple[str, ...] = ("read",), days: str = "90") -> str:
    """A token as the page shows it."""
    answer = owner.sends(PAGE, PAGE, name=name, scopes=list(scopes), days=days)
    found = re.search(r'<code class="token">(\S+)</code>', answer.text)
    assert found is not None, answer.text
    return found.group(1)


def stored(owner: Visitor) -> list[StoredToken]:
    with owner.parts.store.reading() as work:
        return work.api_tokens.all()


def status(owner: Visitor, token: str) -> int:
    """What the API answers whoever shows it."""
    return owner.browser.get("/api/v1/live", headers={"Authorization": f"Bearer {token}"}).status_code


def test_a_token_is_shown_once_and_opens_what_it_says(owner: Visitor) -> None:
    assert "No program may use the API yet." in owner.sees(PAGE)

    token = made(owner, scopes=("read", "tickets:write"))

    assert status(owner, token) == 200
    page = owner.sees(PAGE)
    assert token not in page
    assert "ticket bridge" in page
    assert [(each.name, each.scopes, each.made_by) for each in stored(owner)] == [
        ("ticket bridge", frozenset({Scope.READ, Scope.TICKETS}), "olga")
    ]


def test_a_revoked_token_opens_nothing(owner: Visitor) -> None:
    token, other = made(owner), made(owner, "reports")
    revoke = f"{PAGE}/{next(each.id for each in stored(owner) if each.name == 'ticket bridge')}/revoke"

    assert owner.sends(PAGE, revoke).status_code == 302

    assert (status(owner, token), status(owner, other)) == (401, 200)
    assert "revoked" in owner.sees(PAGE)
    assert owner.sends(PAGE, revoke).status_code == 404
    assert "revoked the token" in owner.sees("/admin/audit")


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"name": "", "scopes": ["read"]}, "Say in 1 to 60 characters"),
        ({"name": "x" * 61, "scopes": ["read"]}, "Say in 1 to 60 characters"),
        ({"name": "bridge"}, "Choose at least one thing"),
        ({"name": "bridge", "scopes": ["everything"]}, "Choose at least one thing"),
    ],
)
def test_a_mistake_is_told_beside_what_was_typed(owner: Visitor, fields: dict[str, object], told: str) -> None:
    answer = owner.sends(PAGE, PAGE, **fields)

    assert answer.status_code == 422
    assert told in answer.text
    assert str(fields["name"]) in answer.text
    assert stored(owner) == []


def test_a_name_is_given_once(owner: Visitor) -> None:
    made(owner)

    answer = owner.sends(PAGE, PAGE, name="ticket bridge", scopes=["read"])

    assert (answer.status_code, len(stored(owner))) == (422, 1)
    assert "There is, or was, a token ticket bridge" in answer.text
