"""Carriers repeat themselves: the same webhook gets the same answer and has one effect, in turn or at once."""

from concurrent.futures import ThreadPoolExecutor

import pytest
import requests
from twilio.request_validator import RequestValidator

from ivr.emulator.happenings import WebhookMade
from tests.calls.stage import Stage


def signature(stage: Stage, url: str, parameters: dict[str, str]) -> dict[str, str]:
    """The header with which the carrier signs."""
    token = stage.line.settings.twilio_auth_token.get_secret_value()
    return {"X-Twilio-Signature": RequestValidator(token).compute_signature(url, parameters)}


def repeated(stage: Stage, webhook: WebhookMade) -> str:
    """Send a webhook again, signature and all."""
    headers = signature(stage, webhook.url, webhook.parameters)
    answer = requests.post(webhook.url, data=webhook.parameters, headers=headers, timeout=10)
    assert answer.status_code == 200
    return answer.text


def voice_webhooks(stage: Stage) -> list[WebhookMade]:
    return [made for made in stage.exchange.log if made.kind != "status" and made.status == 200]


def test_every_webhook_of_a_call_repeated_gives_the_same_answer_and_no_second_effect(stage: Stage) -> None:
    stage.escalates()
    stage.accepts(stage.level_1)
    stage.caller.talks_to(stage.level_1)
    stage.level_1.hang_up()
    stage.caller.hears("back on the escalation line")
    stage.caller.press("1")
    stage.caller.call_ends()
    stage.mails()

    for webhook in voice_webhooks(stage):
        assert repeated(stage, webhook) == webhook.body

    assert stage.rings() == [("Support Operations Manager", "talked")]
    assert stage.outcomes() == ["reached"]
    stage.ends(mails=1)


def test_a_webhook_repeated_in_the_middle_of_a_call_changes_nothing(stage: Stage) -> None:
    stage.escalates()
    stage.level_1.rings()
    for webhook in voice_webhooks(stage):
        assert repeated(stage, webhook) == webhook.body
    assert len(stage.rings()) == 1
    stage.caller.hang_up()
    stage.ends(mails=1)


def test_the_confirmation_delivered_four_times_at_once_starts_one_attempt(stage: Stage) -> None:
    stage.escalates()
    confirmation = next(made for made in voice_webhooks(stage) if made.url.endswith("/turn/3"))
    assert confirmation.parameters["Digits"] == "1"
    with ThreadPoolExecutor(4) as threads:
        bodies = set(threads.map(lambda _: repeated(stage, confirmation), range(4)))
    assert bodies == {confirmation.body}
    stage.level_1.rings()
    stage.caller.hang_up()

    assert len(stage.outcomes()) == 1
    stage.ends(mails=1)


@pytest.mark.parametrize("times", [2, 5])
def test_the_first_webhook_of_a_call_delivered_at_the_same_moment_begins_one_call(stage: Stage, times: int) -> None:
    stage.caller.dial("+12025550150")
    stage.caller.begins_to_hear("escalation line")
    (incoming,) = voice_webhooks(stage)
    fresh = dict(incoming.parameters, CallSid="CA" + "7" * 32)
    headers = signature(stage, incoming.url, fresh)

    def deliver(_: int) -> str:
        return requests.post(incoming.url, data=fresh, headers=headers, timeout=10).text

    with ThreadPoolExecutor(times) as threads:
        assert len(set(threads.map(deliver, range(times)))) == 1
    stage.caller.hang_up()
    with stage.line.parts.store.reading() as work:
        assert len(work.calls.recent(10)) == 2
        assert len(work.turns.of("CA" + "7" * 32)) == 1
