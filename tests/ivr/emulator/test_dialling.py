"""Dial, beyond the public cases: who leaves when, and what is told about it."""

import pytest
import requests

from ivr.emulator.happenings import Answered

LINE, FIRST, SECOND = "+12025550150", "+12025550101", "+12025550102"
SCREENED = f'<Dial action="/after" timeout="15"><Number url="/whisper">{FIRST}</Number></Dial>'
WHISPER = '<Gather action="/accept" numDigits="1"><Say>Press 1 to accept.</Say></Gather><Hangup/>'


@pytest.fixture
def screened(application):
    application.on("/voice", SCREENED)
    application.on("/whisper", WHISPER)
    application.on("/accept", "")
    application.on("/after", "<Say>What next?</Say>")


def told(application):
    return [asked.form for asked in application.to("/after")]


@pytest.mark.usefixtures("screened")
def test_the_caller_gives_up_while_it_rings(exchange, application, caller, first):
    caller.dial(LINE)
    first.rings()
    caller.hang_up()
    assert first.state == "idle"
    exchange.nothing_else_happens()
    [form] = told(application)
    assert (form["DialCallStatus"], form["DialBridged"], form["CallStatus"]) == ("canceled", "false", "completed")
    assert application.to("/status")[0].form["CallStatus"] == "completed"


@pytest.mark.usefixtures("screened")
def test_the_caller_leaves_while_the_manager_listens(exchange, application, caller, first):
    caller.dial(LINE)
    first.rings()
    first.answer()
    first.begins_to_hear("Press 1")
    caller.hang_up()
    first.call_ends(within=1)
    exchange.nothing_else_happens()
    assert application.to("/accept") == []


@pytest.mark.usefixtures("screened")
@pytest.mark.parametrize("how", ["hangs up", "says nothing", "declines"])
def test_the_manager_does_not_accept(exchange, application, caller, first, how):
    caller.dial(LINE)
    first.rings()
    if how == "declines":
        first.decline()
    else:
        first.answer()
        first.hears("Press 1")
        if how == "hangs up":
            first.hang_up()
    caller.hears("What next")
    caller.call_ends()
    exchange.nothing_else_happens()
    [form] = told(application)
    assert form["DialBridged"] == "false"
    assert form["DialCallStatus"] == ("busy" if how == "declines" else "completed")
    assert ("DialCallDuration" in form) == (how != "declines")


def test_unreachable_is_failed_with_480(exchange, application, caller, first):
    number = f'<Number statusCallback="/progress">{FIRST}</Number>'
    application.on("/voice", f'<Dial action="/after">{number}</Dial>')
    application.on("/progress", "")
    application.on("/after", "")
    first.be_unreachable()
    caller.dial(LINE)
    caller.call_ends()
    exchange.nothing_else_happens()
    assert application.to("/progress")[0].form["SipResponseCode"] == "480"
    assert told(application)[0]["DialCallStatus"] == "failed"


def test_in_turn(exchange, application, caller, first, second):
    nouns = f"<Number>{FIRST}</Number><Number>{SECOND}</Number>"
    application.on("/voice", f'<Dial sequential="true" timeout="10" action="/after">{nouns}</Dial>')
    application.on("/after", "")
    caller.dial(LINE)
    first.rings()
    assert second.state == "idle"
    second.rings()
    assert first.state == "idle"
    second.answer()
    caller.talks_to(second)
    caller.hang_up()
    exchange.nothing_else_happens()


def test_answer_on_bridge(exchange, application, caller, first):
    application.on("/voice", f'<Dial answerOnBridge="true">{FIRST}</Dial>')
    caller.dial(LINE)
    first.rings()
    assert caller.state == "calling"
    first.answer()
    caller.talks_to(first)
    answered = [one.handset for one in exchange.happenings if isinstance(one, Answered)]
    assert answered == [FIRST, caller.number]
    first.hang_up()
    caller.call_ends()
    exchange.nothing_else_happens()


def test_the_time_limit_ends_the_talk(exchange, application, caller, first):
    application.on("/voice", f'<Dial timeLimit="60" action="/after">{FIRST}</Dial>')
    application.on("/after", "<Say>Time is up.</Say>")
    first.answers_after(1)
    caller.dial(LINE)
    caller.talks_to(first)
    caller.hears("Time is up")
    caller.call_ends()
    exchange.nothing_else_happens()
    assert told(application)[0]["DialCallDuration"] == "60"


def test_a_rest_redirect_winds_up_the_dial_first(exchange, application, caller, first):
    application.on("/voice", f'<Dial action="/after">{FIRST}</Dial>')
    application.on("/after", "<Say>Discarded.</Say>")
    application.on("/new", "<Say>New.</Say>")
    first.answers_after(1)
    caller.dial(LINE)
    caller.talks_to(first)
    login = (exchange.office.account_sid, exchange.office.auth_token)
    address = f"{exchange.api_url}/2010-04-01/Accounts/{login[0]}/Calls/{caller.call_sid}.json"
    requests.post(address, data={"Url": application.url + "/new"}, auth=login, timeout=60)
    caller.hears("New")
    caller.call_ends()
    exchange.nothing_else_happens()
    assert caller.heard == ["New."]
    [form] = told(application)
    assert (form["DialCallStatus"], form["DialBridged"]) == ("completed", "true")
    order = [made.url.removeprefix(application.url) for made in exchange.log]
    assert order.index("/after") < order.index("/new")


def test_a_telephone_in_use_is_busy(exchange, application, caller, first, second):
    application.on("/voice", f'<Dial action="/after">{FIRST}</Dial>')
    application.on("/after", "<Say>Engaged.</Say>")
    first.answers_after(1)
    caller.dial(LINE)
    caller.talks_to(first)
    second.dial(LINE)
    second.hears("Engaged")
    second.call_ends()
    caller.hang_up()
    exchange.nothing_else_happens()
    assert "busy" in [form["DialCallStatus"] for form in told(application)]


def test_clients_and_sip_telephones(exchange, application, caller):
    client, desk = exchange.handset("client:alice"), exchange.handset("sip:desk@example.com")
    application.on("/voice", "<Dial><Client>alice</Client><Sip>sip:desk@example.com</Sip></Dial>")
    caller.dial(LINE)
    client.rings()
    desk.rings()
    desk.answer()
    caller.talks_to(desk)
    assert client.state == "idle"
    desk.hang_up()
    caller.call_ends()
    exchange.nothing_else_happens()


def test_a_recorded_dial(exchange, application, caller, first):
    attributes = 'action="/after" record="record-from-answer-dual" recordingStatusCallback="/recorded"'
    application.on("/voice", f"<Dial {attributes}>{FIRST}</Dial>")
    application.on("/after", "")
    application.on("/recorded", "")
    first.answers_after(1)
    caller.dial(LINE)
    caller.talks_to(first)
    exchange.pass_time(30)
    first.hang_up()
    caller.call_ends()
    exchange.nothing_else_happens()
    recorded = application.to("/recorded")[0].form
    assert (recorded["RecordingSource"], recorded["RecordingChannels"]) == ("DialVerb", "2")
    assert recorded["CallSid"] == caller.call_sid
    assert told(application)[0]["RecordingUrl"] == recorded["RecordingUrl"]
