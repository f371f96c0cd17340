"""Signing in and out: who gets in, how wrong ones are turned away, and how a sign-in ends by itself."""

from collections.abc import Callable
from datetime import timedelta

import pyotp
import pytest

from flows.rules.roles import Role
from ivr.admin.signed_in import AT_MOST, IDLE
from tests.conftest import AS_SHIPPED
from tests.ivr.admin.visitor import PASSWORD, Visitor

WRONG = "Name or password is wrong"


def test_an_owner_signs_in_and_out_again(visitor: Visitor) -> None:
    visitor.is_user("olga", Role.OWNER)

    answer = visitor.signs_in("olga")
    assert (answer.status_code, answer.location) == (302, "/admin/")
    assert "Live calls" in visitor.sees("/admin/")

    visitor.sends("/admin/", "/admin/sign-out")
    assert visitor.asks("/admin/").location == "/admin/sign-in?next=/admin/"


def test_a_name_is_not_case_sensitive_a_password_is(visitor: Visitor) -> None:
    visitor.is_user("olga", Role.OWNER)

    assert visitor.signs_in("Olga", PASSWORD.upper()).status_code == 422
    assert visitor.signs_in(" OLGA ").status_code == 302


@pytest.mark.parametrize(("name", "password"), [("olga", "wrong password"), ("nobody", PASSWORD), ("", "")])
def test_wrong_ones_hear_the_same_whatever_is_wrong(visitor: Visitor, name: str, password: str) -> None:
    visitor.is_user("olga", Role.OWNER)

    answer = visitor.signs_in(name, password)

    assert answer.status_code == 422
    assert WRONG in answer.text
    assert visitor.asks("/admin/").status_code == 302


def test_a_locked_out_user_hears_the_same_and_is_signed_out_at_once(
    owner: Visitor, somebody: Callable[[], Visitor]
) -> None:
    other = somebody().is_user("sam", Role.SUPERVISOR)
    other.signs_in("sam")
    assert other.asks("/admin/calls").status_code == 200
    with owner.parts.store.reading() as work:
        sam = work.users.named("sam")
    assert sam is not None

    owner.sends("/admin/users", f"/admin/users/{sam.id}/disable")

    assert other.asks("/admin/calls").status_code == 302
    assert WRONG in other.signs_in("sam").text


def test_guessing_ends_after_ten_tries_even_with_the_right_password(visitor: Visitor) -> None:
    visitor.is_user("olga", Role.OWNER)
    for _ in range(10):
        visitor.signs_in("olga", "a wrong password")

    assert visitor.signs_in("olga").status_code == 422
    visitor.clock.advance(timedelta(minutes=16))

    assert visitor.signs_in("olga").status_code == 302


def test_a_sign_in_ends_when_unused_and_at_the_latest_after_twelve_hours(owner: Visitor) -> None:
    for _ in range(int(AT_MOST / IDLE)):
        owner.clock.advance(IDLE - timedelta(minutes=1))
        assert owner.asks("/admin/").status_code == 200
    owner.clock.advance(timedelta(minutes=29))
    assert owner.asks("/admin/").status_code == 302

    owner.signs_in("olga")
    owner.clock.advance(IDLE + timedelta(minutes=1))
    assert owner.asks("/admin/").status_code == 302


def test_after_signing_in_one_is_where_one_wanted_to_go_but_never_on_another_site(visitor: Visitor) -> None:
    visitor.is_user("olga", Role.OWNER)

    assert visitor.signs_in("olga", next="/admin/tickets/48213").location == "/admin/tickets/48213"
    for elsewhere in ("https://elsewhere.example/admin/", "//elsewhere.example", "/admin/\\elsewhere", "/voice"):
        visitor.sends("/admin/", "/admin/sign-out")
        assert visitor.signs_in("olga", next=elsewhere).location == "/admin/"


def test_the_sign_in_before_is_worth_nothing_after_the_next(owner: Visitor, somebody: Callable[[], Visitor]) -> None:
    thief = somebody()
    cookie = owner.browser.get_cookie("escalation-line")
    assert cookie is not None
    thief.browser.set_cookie("escalation-line", cookie.value)
    assert thief.asks("/admin/").status_code == 200

    owner.sends("/admin/", "/admin/sign-out")

    assert thief.asks("/admin/").status_code == 302


def test_polled_pages_are_told_to_sign_in_rather_than_shown_a_form_inside(visitor: Visitor) -> None:
    answer = visitor.asks("/admin/", **{"HX-Request": "true"})

    assert (answer.status_code, answer.headers["HX-Redirect"]) == (401, "/admin/sign-in")


class TestTheSecondFactor:
    """A code after the password."""

    def test_the_code_of_the_app_is_asked_for(self, owner: Visitor, somebody: Callable[[], Visitor]) -> None:
        app = owner.sets_second_factor()
        owner.clock.advance(timedelta(minutes=1))
        elsewhere = somebody()

        assert "One more step" in elsewhere.signs_in("olga").text
        assert elsewhere.asks("/admin/").status_code == 302
        code = app.at(owner.clock())
        assert elsewhere.sends("/admin/second-step", "/admin/second-step", code="000000").status_code == 422
        assert elsewhere.sends("/admin/second-step", "/admin/second-step", code=code).status_code == 302
        assert elsewhere.asks("/admin/").status_code == 200

    def test_no_code_works_twice(self, owner: Visitor, somebody: Callable[[], Visitor]) -> None:
        app = owner.sets_second_factor()
        owner.clock.advance(timedelta(minutes=1))
        code, first, second = app.at(owner.clock()), somebody(), somebody()
        first.signs_in("olga")
        second.signs_in("olga")

        assert first.sends("/admin/second-step", "/admin/second-step", code=code).status_code == 302
        assert second.sends("/admin/second-step", "/admin/second-step", code=code).status_code == 422

    def test_a_recovery_code_works_once(self, visitor: Visitor, somebody: Callable[[], Visitor]) -> None:
        visitor.is_user("olga", Role.OWNER)
        visitor.signs_in("olga")
        page = visitor.browser.get("/admin/account/second-factor").text
        secret = page.split("Or type: <code>")[1].split("<")[0]
        code = pyotp.TOTP(secret).at(visitor.clock())
        shown = visitor.sends("/admin/account/second-factor", "/admin/account/second-factor", code=code).text
        recovery = shown.split("<li><code>")[1].split("<")[0]

        for expected in (302, 422):
            other = somebody()
            other.signs_in("olga")
            answer = other.sends("/admin/second-step", "/admin/second-step", code=recovery)
            assert answer.status_code == expected

    @pytest.mark.parametrize("second_factor", ["required"])
    def test_owners_set_one_before_they_see_anything_where_it_is_required(self, visitor: Visitor) -> None:
        visitor.is_user("olga", Role.OWNER)
        visitor.signs_in("olga")

        assert visitor.asks("/admin/users").location == "/admin/account/second-factor"
        visitor.sets_second_factor()
        assert visitor.asks("/admin/users").status_code == 200

    @pytest.mark.parametrize("second_factor", ["required"])
    def test_auditors_may_go_without(self, visitor: Visitor) -> None:
        visitor.is_user("ada", Role.AUDITOR)
        visitor.signs_in("ada")

        assert visitor.asks("/admin/calls").status_code == 200


class TestAFormOnItsWayWhenTheSignInEnds:
    """What was typed survives."""

    def test_is_offered_again_after_signing_in(self, owner: Visitor) -> None:
        fields = {"hours": "5", "why": "customer <b>asked</b>", "csrf_token": owner.token_on("/admin/tickets/48213")}
        owner.clock.advance(IDLE + timedelta(minutes=1))

        ended = owner.browser.post("/admin/tickets/48213/cooldown", data=fields)
        assert ended.status_code == 401
        assert "What you typed is kept" in ended.text
        kept = ended.text.split('name="kept" value="')[1].split('"')[0]
        offered = owner.signs_in("olga", kept=kept)

        assert offered.status_code == 200
        assert "customer &lt;b&gt;asked&lt;/b&gt;" in offered.text
        with owner.parts.store.reading() as work:
            assert work.claims.standing("48213").quiet_until is None, "nothing is changed before it is sent again"
        sent = owner.sends("/admin/tickets/48213", "/admin/tickets/48213/cooldown", hours="5", why=fields["why"])
        assert sent.status_code == 302

    def test_a_form_nobody_signed_is_not_offered(self, visitor: Visitor) -> None:
        visitor.is_user("olga", Role.OWNER)

        answer = visitor.signs_in("olga", kept="eyJwYXRoIjoiL2FkbWluL3VzZXJzIn0.forged.forged")

        assert answer.location == "/admin/"


def test_passwords_are_hashed_as_slowly_as_the_library_advises() -> None:
    assert AS_SHIPPED.hash(PASSWORD).startswith("$argon2id$v=19$m=65536,t=3,p=4$")
