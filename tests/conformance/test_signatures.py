"""Each way a webhook can be signed, as the official library checks it (https://www.twilio.com/docs/usage/security)."""

import pytest
from twilio.request_validator import RequestValidator

LINE = "+12025550150"
EVENTS = [{"type": "com.twilio.voice.status-callback.call.completed", "data": {"who": "Zoë", "amount": "5 €"}}]


@pytest.fixture
def check(exchange):
    return RequestValidator(exchange.office.auth_token)


def test_a_form_is_signed_with_its_parameters(exchange, application, caller, check):
    application.on("/voice", "")
    caller.dial(LINE)
    [asked] = application.to("/voice")
    signature = asked.headers["x-twilio-signature"]
    assert check.validate(application.url + asked.raw_path, asked.form, signature)
    assert not check.validate(application.url + asked.raw_path, asked.form | {"From": "+12025550666"}, signature)


def test_a_get_is_signed_with_its_query(exchange, application, caller, check):
    exchange.line(LINE, voice_url=application.url + "/voice?site=caf%C3%A9", voice_method="GET")
    application.on("/voice", "")
    caller.dial(LINE)
    [asked] = application.to("/voice")
    assert (asked.method, asked.query["site"], asked.query["From"]) == ("GET", "café", caller.number)
    assert check.validate(application.url + asked.raw_path, {}, asked.headers["x-twilio-signature"])


@pytest.mark.parametrize("path", ["/events", "/events?site=caf%C3%A9"])
def test_a_json_body_is_signed_by_its_hash(exchange, application, check, path):
    application.on("/events", "")

    assert exchange.deliver_json(application.url + path, EVENTS).status == 200

    [asked] = application.to("/events")
    address, signature = application.url + asked.raw_path, asked.headers["x-twilio-signature"]
    assert (asked.method, asked.headers["content-type"]) == ("POST", "application/json")
    assert check.validate(address, asked.body, signature)
    assert not check.validate(address, asked.body.replace("5 €", "9 €"), signature)
    assert not check.validate(address.replace("/events", "/other"), asked.body, signature)


def test_a_json_webhook_is_in_the_log_with_its_body(exchange, application):
    exchange.deliver_json(application.on("/events", ""), {"hello": "world"})
    [made] = exchange.log
    assert (made.kind, made.parameters, made.json) == ("json", {}, '{"hello": "world"}')
