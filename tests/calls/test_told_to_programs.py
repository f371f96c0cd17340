"""Another program is told of an escalation while it happens, over a real connection, with a signature it can check."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from standardwebhooks.webhooks import Webhook

from ivr.line.boxes import WEBHOOK_SECRETS, Box
from ivr.line.webhook_dispatcher import WebhookDispatcher
from ivr.line.webhooks import new_secret
from ivr.webhooks.posting import WebhookPosts
from tests.calls.stage import Stage
from tests.ivr.webhooks.listener import PATIENCE, Listener, listening

SECRET = new_secret()


@pytest.fixture
def ring_mode() -> str:
    return "hold"


@pytest.fixture
def listener() -> Iterator[Listener]:
    with listening() as found:
        yield found


def told(stage: Stage, listener: Listener) -> list[str]:
    """The worker tells what has happened; everything that the program has heard, by type."""
    store, box = stage.line.parts.store, Box("s" * 32, WEBHOOK_SECRETS)
    sender = WebhookDispatcher(store, stage.exchange.now, WebhookPosts(listener.internet(), PATIENCE), box)
    while stage.line.parts.facts.run_once() + sender.run_once():
        pass
    return [json.loads(body)["type"].removeprefix("escalation.") for _, _, body in listener.heard]


def test_an_escalation_that_reaches_a_manager(stage: Stage, listener: Listener) -> None:
    with stage.line.parts.store.writing() as work:
        work.webhooks.add(name="bridge", url=listener.url, secret=Box("s" * 32, WEBHOOK_SECRETS).lock(SECRET),
                          kinds=frozenset(), by="olga", at=stage.exchange.now())
    stage.escalates()
    stage.level_1.rings()
    assert told(stage, listener) == ["claimed", "rang"], "while the phone rings"
    stage.accepts(stage.level_1)
    stage.caller.talks_to(stage.level_1)
    assert told(stage, listener)[2:] == ["talk-began"]
    stage.caller.hang_up()
    stage.level_1.hang_up()
    assert told(stage, listener)[3:] == ["rang", "talk-ended", "attempt-ended", "cooldown-began"]

    for _, headers, body in listener.heard:
        key, at = headers["webhook-id"], headers["webhook-timestamp"]
        assert Webhook(SECRET).sign(key, datetime.fromtimestamp(int(at), UTC), body) == headers["webhook-signature"]
        assert json.loads(body)["data"]["ticket"] == "48213"
        assert "+12025550" not in body
    stage.ends(mails=1)
    assert len(told(stage, listener)) == 7, "nothing else is told"
