"""What the application is asked, and what becomes of a bad answer."""

import socket

import pytest
from twilio.request_validator import RequestValidator

from ivr.emulator.errands import Overrides, signed_address
from tests.ivr.emulator.scripted import Reply

LINE = "+12025550150"


def codes(exchange):
    return [alert.code for alert in exchange.debugger]


def test_the_full_set_of_parameters_and_headers(exchange, application, caller):
    application.on("/voice", "<Redirect>/next</Redirect>")
    application.on("/next", "<Say>Hello.</Say><Redirect>/last</Redirect>")
    application.on("/last", "")
    caller.dial(LINE)
    caller.call_ends()
    asked = application.to("/voice")[0]
    for who in ("Called", "To", "Caller", "From"):
        for what in ("City", "State", "Zip", "Country"):
            assert asked.form[f"{who}{what}"] == ""
    known = {"ApiVersion": "2010-04-01", "Direction": "inbound", "From": "+12025550123", "To": LINE}
    assert known.items() <= asked.form.items()
    assert asked.form["CallToken"]
    assert asked.form["StirVerstat"] == "TN-Validation-Passed-A"
    assert "ParentCallSid" not in asked.form
    assert asked.headers["user-agent"] == "TwilioProxy/1.1"
    assert asked.headers["content-type"] == "application/x-www-form-urlencoded; charset=UTF-8"
    assert asked.headers["i-twilio-idempotency-token"]
    assert [application.to(path)[0].form["CallStatus"] for path in ("/voice", "/next", "/last")] == [
        "ringing", "ringing", "in-progress",
    ]  # fmt: skip


def test_every_request_is_signed_as_the_official_library_checks(exchange, application, caller):
    application.on("/voice", '<Gather action="/r?q=%7Ba%2Fb%7D&amp;x=caf%C3%A9" numDigits="1"><Say>Hm?</Say></Gather>')
    application.on("/r", "")
    caller.dial(LINE)
    caller.press("1")
    caller.call_ends()
    check = RequestValidator(exchange.office.auth_token)
    assert len(application.asked) == 3
    for asked in application.asked:
        address = application.url + asked.raw_path
        assert check.validate(address, asked.form, asked.headers["x-twilio-signature"]), address
    assert not check.validate(application.url + "/voice", {}, application.asked[0].headers["x-twilio-signature"])


@pytest.mark.parametrize(("url", "signed"), [
    ("http://user:pass@host:8080/p?q=1#rc=2", "http://host:8080/p?q=1"),
    ("https://host:8443/p", "https://host/p"),
    ("https://host/p#f", "https://host/p"),
])  # fmt: skip
def test_what_of_an_address_is_signed(url, signed):
    assert signed_address(url) == signed


def test_connection_overrides_are_read_inside_their_limits():
    read = Overrides.of("http://h/p#rc=9&rt=5&tt=999999&rp=5xx,rt,nonsense")
    assert (read.retries, read.read, read.total, read.policy) == (5, 100, 15000, frozenset({"5xx", "rt"}))
    assert Overrides.of("http://h/p").policy == {"ct"}


def test_a_server_error_is_not_retried_by_default(exchange, application, caller):
    application.on("/voice", Reply(status=500), "<Say>Second.</Say>")
    caller.dial(LINE)
    caller.hears("application error")
    assert len(application.to("/voice")) == 1


def test_a_server_error_is_retried_on_request(exchange, application, caller):
    exchange.line(LINE, voice_url=application.url + "/voice#rc=2&rp=5xx")
    application.on("/voice", Reply(status=500), Reply(status=503), "<Say>Third.</Say>")
    caller.dial(LINE)
    caller.hears("Third")
    tokens = {asked.headers["i-twilio-idempotency-token"] for asked in application.to("/voice")}
    assert len(tokens) == 1
    assert codes(exchange) == []


def test_an_answer_that_does_not_come(exchange, application, caller):
    quiet = socket.create_server(("127.0.0.1", 0))
    exchange.line(LINE, voice_url=f"http://127.0.0.1:{quiet.getsockname()[1]}/voice#rt=100&rc=0")
    caller.dial(LINE)
    caller.hears("application error")
    quiet.close()
    assert codes(exchange) == [11200]


def test_nobody_listens(exchange, caller):
    exchange.line(LINE, voice_url="http://127.0.0.1:9/voice")
    caller.dial(LINE)
    caller.hears("application error")
    assert codes(exchange) == [11205]


def test_the_fallback_is_told_what_went_wrong(exchange, application, caller):
    application.on("/fallback", "<Say>Please call the duty desk.</Say>")
    exchange.line(LINE, voice_url=application.url + "/voice", voice_fallback_url=application.url + "/fallback")
    application.on("/voice", "<Say>Hi.</Say><Redirect>/broken</Redirect>")
    application.on("/broken", Reply(status=500))
    caller.dial(LINE)
    caller.hears("duty desk")
    caller.call_ends()
    told = application.to("/fallback")[0].form
    assert (told["ErrorCode"], told["ErrorUrl"]) == ("11200", application.url + "/broken")


def test_a_fallback_that_fails_too(exchange, application, caller):
    exchange.line(LINE, voice_url=application.url + "/none", voice_fallback_url=application.url + "/none-either")
    caller.dial(LINE)
    caller.hears("application error")
    caller.call_ends()
    assert codes(exchange) == [11200, 11200]


def test_cookies_last_as_long_as_the_call(exchange, application, caller):
    application.on("/voice", Reply(
        body="<Response><Redirect>/next</Redirect></Response>",
        headers={"Content-Type": "text/xml", "Set-Cookie": "flavour=ginger"},
    ))  # fmt: skip
    application.on("/next", "")
    caller.dial(LINE)
    caller.call_ends()
    caller.dial(LINE)
    caller.call_ends()
    assert application.to("/next")[0].headers["cookie"] == "flavour=ginger"
    assert "cookie" not in application.to("/voice")[1].headers


@pytest.mark.parametrize(("kind", "body", "heard"), [
    ("text/plain", "Just words", "Just words"),
    ("text/plain", "<Response><Say>Obeyed</Say></Response>", "Obeyed"),
    ("text/html", "<Response><Say>Obeyed</Say></Response>", "Obeyed"),
    ("audio/mpeg", "ID3", "(plays"),
])  # fmt: skip
def test_answers_of_other_types(exchange, application, caller, kind, body, heard):
    application.on("/voice", Reply(body=body, headers={"Content-Type": kind}))
    caller.dial(LINE)
    caller.hears(heard)
    caller.call_ends()
    exchange.nothing_else_happens()


def test_an_empty_answer_without_a_type_is_noted(exchange, application, caller):
    application.on("/voice", Reply(headers={}))
    caller.dial(LINE)
    caller.call_ends()
    assert codes(exchange) == [12300]


def test_a_callback_that_fails_is_only_a_warning(exchange, application, caller):
    application.on("/voice", "")
    application.on("/status", Reply(status=500))
    caller.dial(LINE)
    caller.call_ends()
    exchange.pass_time(1)
    assert codes(exchange) == [15003]


def test_the_schema_is_checked_in_passing(exchange, application, caller):
    application.on("/voice", '<Say volume="11">Hi.</Say><Dial record="true">+12025550101<Say>no</Say></Dial>')
    caller.dial(LINE)
    caller.hears("Hi")
    assert codes(exchange) == [12200, 12200]
