"""Queues, conferences and recordings, case by case (twiml_cases.json)."""

import pytest
import requests

LINE = "+12025550150"
ENQUEUE = '<Enqueue action="/dequeued" waitUrl="/wait"{}>support</Enqueue>'


def over(exchange, *handsets):
    for handset in handsets:
        handset.call_ends()
    exchange.nothing_else_happens()


def post(exchange, path, **form):
    login = (exchange.office.account_sid, exchange.office.auth_token)
    address = f"{exchange.api_url}/2010-04-01/Accounts/{login[0]}/{path}"
    return requests.post(address, data=form, auth=login, timeout=5)


@pytest.mark.parametrize("result", ["redirected", "leave", "bridged", "hangup", "queue-full"])
def test_q01_queue_results(exchange, application, caller, first, result):
    application.on("/voice", ENQUEUE.format(""))
    application.on("/wait", "<Leave/>" if result == "leave" else "<Say>You are next.</Say><Pause length='9'/>")
    application.on("/dequeued", "<Say>Back.</Say>")
    application.on("/agent", "<Dial><Queue>support</Queue></Dial>")
    exchange.line("+12025550151", voice_url=application.url + "/agent")
    if result == "queue-full":
        application.on("/voice", ENQUEUE.format(""), ENQUEUE.format(' maxQueueSize="1"'))
        first.dial(LINE)
        first.hears("You are next")
    caller.dial(LINE)
    if result not in ("leave", "queue-full"):
        caller.hears("You are next")
    if result == "redirected":
        post(exchange, f"Calls/{caller.call_sid}.json", Url=application.on("/new", "<Say>New.</Say>"))
        caller.hears("New")
    if result == "bridged":
        first.dial("+12025550151")
        caller.talks_to(first)
        first.hang_up()
        caller.hears("Back")
    if result == "hangup":
        caller.hang_up()
    caller.call_ends()
    if result == "queue-full":
        first.hang_up()
    over(exchange, caller, first)
    told = next(asked.form for asked in application.to("/dequeued") if asked.form["CallSid"] == caller.call_sid)
    assert told["QueueResult"] == result
    assert told["QueueSid"].startswith("QU")
    assert told["QueueTime"].isdecimal()


def test_q05_one_who_ends_the_conference(exchange, application, caller, first, second):
    room = '<Dial action="/after"><Conference statusCallback="/room" {}>r</Conference></Dial>'
    application.on("/voice", room.format(""), room.format(""), room.format('endConferenceOnExit="true"'))
    application.on("/after", "<Say>It is over.</Say>")
    application.on("/room", "")
    for handset in (caller, first, second):
        handset.dial(LINE)
        exchange.pass_time(1)
    caller.talks_to(second)
    second.hang_up()
    caller.hears("It is over")
    first.hears("It is over")
    over(exchange, caller, first)
    told = [asked.form["StatusCallbackEvent"] for asked in application.to("/room")]
    assert told == ["conference-start", "conference-end"]
    answered = [asked.form for asked in application.to("/after") if asked.form["CallSid"] == caller.call_sid]
    assert [(form["DialCallStatus"], "DialCallSid" in form) for form in answered] == [("answered", False)]


def test_q06_a_label_twice(exchange, application, caller, first):
    application.on("/voice", '<Dial><Conference participantLabel="boss">r</Conference></Dial><Say>Next verb.</Say>')
    caller.dial(LINE)
    exchange.pass_time(2)
    first.dial(LINE)
    first.hears("Next verb")
    exchange.expect_alert(16025)
    caller.hang_up()
    over(exchange, caller, first)
    assert [alert.code for alert in exchange.debugger] == [16025]


def test_q07_an_unknown_coach(exchange, application, caller):
    application.on("/voice", '<Dial action="/after"><Conference coach="CA000">r</Conference></Dial>')
    application.on("/after", "")
    caller.dial(LINE)
    exchange.expect_alert(13240)
    over(exchange, caller)
    assert [alert.code for alert in exchange.debugger] == [13240]
    assert application.to("/after")[0].form["DialCallStatus"] == "failed"


def test_r02_record_defaults(exchange, application, caller):
    application.on("/voice", "<Record/>", "<Hangup/>")
    caller.dial(LINE)
    caller.hears("(beep)")
    caller.says("This is what I wanted to say, and it takes some seconds.")
    over(exchange, caller)
    told = application.to("/voice")[1].form
    assert (told["RecordingDuration"], told["Digits"]) == ("4", "")
    assert told["RecordingUrl"].startswith(exchange.api_url)


def test_r02_any_key_ends_a_recording(exchange, application, caller):
    application.on("/voice", "<Record/>", "<Hangup/>")
    caller.dial(LINE)
    caller.hears("(beep)")
    exchange.pass_time(3)
    caller.press("8")
    over(exchange, caller)
    assert application.to("/voice")[1].form["Digits"] == "8"


def test_r02_an_hour_at_most(exchange, application, caller):
    application.on("/voice", '<Record timeout="0"/>', "<Hangup/>")
    caller.dial(LINE)
    caller.hears("(beep)")
    exchange.pass_time(3605)
    over(exchange, caller)
    assert application.to("/voice")[1].form["RecordingDuration"] == "3600"
