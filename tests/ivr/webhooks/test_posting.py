"""A fact reaches the program over a real TLS connection, and the reference library believes its signature."""

import json
import socket
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from ivr.line.ports import RetryLater
from ivr.line.webhooks import new_secret
from ivr.webhooks.posting import WebhookPosts
from tests.ivr.webhooks.listener import PATIENCE, Listener, here, listening

SECRET = new_secret()
BODY = json.dumps({"type": "escalation.refused", "data": {"why": "Grüße, 你好"}}, ensure_ascii=False)


@pytest.fixture
def listener() -> Iterator[Listener]:
    with listening() as found:
        yield found


def post(listener: Listener, seconds: float = PATIENCE, **settings: Any) -> int:
    at = int(datetime.now(UTC).timestamp())    # the library compares with the wall clock
    return WebhookPosts(listener.internet(**settings), seconds).post(listener.url, SECRET, "fact_1", BODY, at)


def test_what_arrives_is_believed_by_whoever_has_the_secret_and_by_nobody_else(listener: Listener) -> None:
    assert post(listener) == 204
    [(path, headers, body)] = listener.heard

    assert path == "/in?key=s3cret"
    assert headers["Host"] == f"hooks.example:{listener.port}"
    assert headers["Content-Type"] == "application/json"
    signed = {name.lower(): value for name, value in headers.items()}
    assert Webhook(SECRET).verify(body, signed) == json.loads(BODY)
    for changed, secret in ((body.replace("refused", "claimed"), SECRET), (body, new_secret())):
        with pytest.raises(WebhookVerificationError):
            Webhook(secret).verify(changed, signed)


@pytest.mark.parametrize("status", [200, 302, 400, 410, 503])
def test_whatever_is_answered_is_told_and_no_redirect_is_followed(listener: Listener, status: int) -> None:
    listener.statuses = [status]

    assert post(listener) == status
    assert len(listener.heard) == 1


def test_a_program_on_a_private_network_is_not_told_unless_that_is_set(listener: Listener) -> None:
    with pytest.raises(RetryLater, match="private network; WEBHOOKS_PRIVATE would allow that"):
        post(listener, private=False)

    assert listener.heard == []


def test_plain_http_is_for_private_networks_only(listener: Listener) -> None:
    posts = WebhookPosts(listener.internet(private=False), PATIENCE)

    with pytest.raises(RetryLater, match="not reached over https; WEBHOOKS_PRIVATE would allow that"):
        posts.post(listener.url.replace("https", "http"), SECRET, "fact_1", BODY, 0)


def test_a_name_with_one_private_address_among_its_addresses_is_not_asked(listener: Listener) -> None:
    def two(name: str, port: int, **_: Any) -> list[tuple[Any, ...]]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 0, "", ("93.184.216.34", port)), *here(name, port)]

    with pytest.raises(RetryLater, match="private network"):
        post(listener, private=False, look_up=two)


def test_what_goes_wrong_is_a_sentence_without_the_address(listener: Listener) -> None:
    def unknown(*_: Any, **__: Any) -> list[tuple[Any, ...]]:
        raise OSError("nodename nor servname provided")

    for trouble, settings in (
        ("nobody knows its server's name", {"look_up": unknown}),
        ("cannot be reached \\(.*SSL.*\\)", {"trusted": ssl.create_default_context()}),
    ):
        with pytest.raises(RetryLater, match=trouble) as told:
            post(listener, **settings)
        assert "s3cret" not in str(told.value)


def test_a_silent_program_is_left_when_the_time_is_over(listener: Listener) -> None:
    listener.silent = True

    with pytest.raises(RetryLater, match="cannot be reached \\(ReadTimeoutError\\)"):
        post(listener, seconds=0.2)
