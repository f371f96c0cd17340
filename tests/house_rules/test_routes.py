"""Every address of the site is known, and every webhook refuses whoever cannot sign."""

from collections.abc import Iterator

import pytest
from flask import Flask
from werkzeug.routing import Rule

from db.unit_of_work import Store
from ivr.app import create_app, join
from tests.ivr.telephony.site import BASE_URL, INCOMING, TOKEN, post, settings, signature, voice_paths

WITHOUT_SIGNATURE = {"/", "/healthz", "/readyz", "/oncall/<token>.ics", "/static/<path:filename>"} | {
    "/sounds/<digest>.wav",
}
"""The calendar of a person has its signature in its address; sounds are heard by whoever calls."""
WITH_A_SIGNED_LINK = {"/desk/<token>", "/desk/<token>/sound.wav"}


@pytest.fixture
def app(sqlite_url: str) -> Iterator[Flask]:
    """The application on an empty database."""
    settled = settings(sqlite_url)
    parts = join(settled)
    yield create_app(settled, parts)
    parts.close()


def rules(app: Flask) -> list[Rule]:
    """Every address, the webhooks' and the pages'."""
    return [*app.url_map.iter_rules(), *app.extensions["voice"].url_map.iter_rules()]


def test_there_are_no_addresses_but_the_webhooks_and_the_pages(app: Flask) -> None:
    outside = {rule.rule for rule in rules(app) if not rule.rule.startswith(("/voice/", "/admin/", "/desk/"))}

    assert outside == WITHOUT_SIGNATURE


@pytest.mark.parametrize("path", sorted(WITH_A_SIGNED_LINK))
def test_a_made_up_link_looks_like_no_page(app: Flask, path: str) -> None:
    assert app.test_client().get(path.replace("<token>", "WyJSRTEiLCJlbiIsOTk5XQ.made-up")).status_code == 404


def test_no_page_hides_behind_the_webhooks(app: Flask) -> None:
    assert [rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/voice/")] == []


def test_the_fixed_interfaces_are_there(app: Flask) -> None:
    answers = {rule.rule: rule.methods or set() for rule in rules(app)}

    assert "POST" in answers["/voice/incoming"]
    assert "POST" in answers["/voice/status"]
    assert "GET" in answers["/healthz"]
    assert "GET" in answers["/readyz"]


def test_webhooks_are_posted(app: Flask) -> None:
    for rule in rules(app):
        if rule.rule.startswith("/voice/"):
            assert rule.methods == {"POST"}, rule


@pytest.mark.parametrize("path", voice_paths().values())
class TestWhoeverCannotSign:
    """Is refused, whatever the request says, and nothing is written."""

    def test_without_a_signature(self, app: Flask, path: str) -> None:
        assert app.test_client().post(path, data=INCOMING).status_code == 403

    def test_with_a_made_up_signature(self, app: Flask, path: str) -> None:
        forged = {"X-Twilio-Signature": "AAAAAAAAAAAAAAAAAAAAAAAAAAA="}

        assert app.test_client().post(path, data=INCOMING, headers=forged).status_code == 403

    def test_with_the_signature_of_another_webhook(self, app: Flask, path: str) -> None:
        stolen = {"X-Twilio-Signature": signature(f"{BASE_URL}/elsewhere", INCOMING)}

        assert app.test_client().post(path, data=INCOMING, headers=stolen).status_code == 403

    def test_with_a_signature_over_other_fields(self, app: Flask, path: str) -> None:
        stolen = {"X-Twilio-Signature": signature(BASE_URL + path, {**INCOMING, "From": "+12025550124"})}

        assert app.test_client().post(path, data=INCOMING, headers=stolen).status_code == 403

    def test_with_another_accounts_token(self, app: Flask, path: str) -> None:
        foreign = {"X-Twilio-Signature": signature(BASE_URL + path, INCOMING, token=TOKEN[::-1])}

        assert app.test_client().post(path, data=INCOMING, headers=foreign).status_code == 403

    def test_by_asking_for_the_options(self, app: Flask, path: str) -> None:
        assert app.test_client().options(path).status_code == 403


def test_a_refused_call_leaves_no_trace(app: Flask, store_on: Store) -> None:
    app.test_client().post("/voice/incoming", data=INCOMING)

    with store_on.reading() as work:
        assert work.calls.read(INCOMING["CallSid"]) is None


@pytest.fixture
def store_on(sqlite_url: str) -> Iterator[Store]:
    """A second look at the application's database."""
    parts = join(settings(sqlite_url))
    yield parts.store
    parts.close()


def test_a_signed_webhook_is_let_in(app: Flask) -> None:
    assert post(app, "/voice/status").status_code == 204
