"""Gather, case by case (twiml_cases.json)."""

import pytest
import requests
from twilio.request_validator import RequestValidator

from tests.ivr.emulator.scripted import Reply

LINE = "+12025550150"


def over(exchange, caller):
    caller.call_ends()
    exchange.nothing_else_happens()


def test_g02_absolute_action(exchange, application, caller):
    there = application.on("/elsewhere", "")
    application.on("/voice", f'<Gather numDigits="1" action="{there}"/>')
    caller.dial(LINE)
    caller.press("7")
    over(exchange, caller)
    assert (application.to("/elsewhere")[0].method, application.to("/elsewhere")[0].form["Digits"]) == ("POST", "7")


def test_g05_get(exchange, application, caller):
    there = application.on("/r", "") + "?line=a%20b"
    application.on("/voice", f'<Gather numDigits="1" method="GET" action="{there}"/>')
    caller.dial(LINE)
    caller.press("7")
    over(exchange, caller)
    asked = application.to("/r")[0]
    assert (asked.method, asked.form) == ("GET", {})
    assert (asked.query["Digits"], asked.query["line"], asked.query["CallSid"]) == ("7", "a b", caller.call_sid)
    check = RequestValidator(exchange.office.auth_token)
    assert check.validate(application.url + asked.raw_path, {}, asked.headers["x-twilio-signature"])


def test_g06_defaults(exchange, application, caller):
    application.on("/voice", "<Gather/>", "<Hangup/>")
    caller.dial(LINE)
    caller.press("1234567890")
    exchange.pass_time(4)
    caller.press("#")
    over(exchange, caller)
    assert [asked.form.get("Digits") for asked in application.to("/voice")] == [None, "1234567890"]
    assert {asked.method for asked in application.to("/voice")} == {"POST"}


def test_g06_five_seconds_and_no_action_on_silence(exchange, application, caller):
    application.on("/voice", "<Gather/><Say>Nothing.</Say>")
    caller.dial(LINE)
    began = exchange.now()
    caller.begins_to_hear("Nothing")
    assert (exchange.now() - began).total_seconds() == pytest.approx(5, abs=1)
    over(exchange, caller)
    assert len(application.to("/voice")) == 1


def test_g09_finish_on_star(exchange, application, caller):
    application.on("/voice", '<Gather finishOnKey="*" action="/r"/>')
    application.on("/r", "")
    caller.dial(LINE)
    caller.press("12*")
    assert (application.to("/r")[0].form["Digits"], application.to("/r")[0].form["FinishedOnKey"]) == ("12", "*")
    over(exchange, caller)


def test_g12_finish_before_the_number_is_full(exchange, application, caller):
    application.on("/voice", '<Gather numDigits="5" finishOnKey="#" action="/r"/>')
    application.on("/r", "")
    caller.dial(LINE)
    for key in "12#":
        caller.press(key)
    assert application.to("/r")[0].form["Digits"] == "12"
    over(exchange, caller)


def test_g14_number_of_digits(exchange, application, caller):
    application.on("/voice", '<Gather numDigits="4" action="/r"/>')
    application.on("/r", "")
    caller.dial(LINE)
    caller.press("1234")
    assert (application.to("/r")[0].form["Digits"], application.to("/r")[0].form["FinishedOnKey"]) == ("1234", "")
    over(exchange, caller)


def test_g15_action_on_empty_result(exchange, application, caller):
    application.on("/voice", '<Gather actionOnEmptyResult="true" action="/r"/><Play>/never.mp3</Play>')
    application.on("/r", "")
    caller.dial(LINE)
    over(exchange, caller)
    assert application.to("/r")[0].form.get("Digits", "") == ""
    assert not any("never" in line for line in caller.transcript)


def test_g16_nested_play_loops_before_the_timeout(exchange, application, caller):
    exchange.recording_lasts(application.url + "/a.mp3", 4.0)
    application.on("/voice", '<Gather timeout="2"><Play loop="3">/a.mp3</Play></Gather><Say>Late.</Say>')
    caller.dial(LINE)
    caller.hears("a.mp3")
    began = exchange.now()
    caller.begins_to_hear("Late")
    assert (exchange.now() - began).total_seconds() == pytest.approx(4 + 4 + 2, abs=0.1)
    over(exchange, caller)


def test_g17_nested_sentences_in_order(exchange, application, caller):
    nested = '<Say voice="alice" loop="2">One.</Say><Say voice="man" loop="3">Two.</Say>'
    application.on("/voice", f"<Gather>{nested}</Gather>")
    caller.dial(LINE)
    over(exchange, caller)
    assert caller.heard == ["One.", "One.", "Two.", "Two.", "Two."]


def test_g20_barge_in(exchange, application, caller):
    long = "This takes about twenty seconds. " * 9
    application.on("/voice", f'<Gather timeout="5" action="/r"><Say>{long}</Say></Gather>')
    application.on("/r", "")
    caller.dial(LINE)
    caller.begins_to_hear("twenty seconds")
    exchange.pass_time(3)
    caller.press("4")
    assert len(caller.heard) == 1
    assert len(caller.heard[0]) < 80
    exchange.pass_time(4)
    caller.press("2")
    exchange.pass_time(4)
    assert application.to("/r") == []
    exchange.pass_time(2)
    assert application.to("/r")[0].form["Digits"] == "42"
    over(exchange, caller)


def test_g21_an_empty_answer_ends_the_call(exchange, application, caller):
    application.on("/voice", '<Gather numDigits="1" action="/r"/><Say>Never.</Say>')
    application.on("/r", "")
    caller.dial(LINE)
    caller.press("1")
    over(exchange, caller)
    assert application.to("/status")[0].form["CallStatus"] == "completed"
    assert caller.heard == []


def test_g22_a_redirected_action_loses_the_digits(exchange, application, caller):
    application.on("/voice", '<Gather numDigits="1" action="/r"/>')
    application.on("/r", Reply(status=302, headers={"Location": "/x"}))
    application.on("/x", "<Say>Arrived.</Say>")
    caller.dial(LINE)
    caller.press("1")
    caller.hears("Arrived")
    over(exchange, caller)
    assert application.to("/r")[0].given["Digits"] == "1"
    assert "Digits" not in application.to("/x")[0].given


def test_g25_rest_redirect_during_a_gather(exchange, application, caller):
    application.on("/voice", '<Gather action="/r"><Say>Please type.</Say></Gather>')
    application.on("/r", "")
    there = application.on("/new", "<Say>New.</Say>")
    caller.dial(LINE)
    caller.hears("Please type")
    caller.press("12")
    login = (exchange.office.account_sid, exchange.office.auth_token)
    address = f"{exchange.api_url}/2010-04-01/Accounts/{login[0]}/Calls/{caller.call_sid}.json"
    assert requests.post(address, data={"Url": there}, auth=login, timeout=5).status_code == 200
    caller.hears("New")
    over(exchange, caller)
    assert application.to("/r") == []
