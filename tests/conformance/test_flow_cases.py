"""Documents and the ways between them, case by case (twiml_cases.json)."""

import pytest
import requests

from ivr.emulator.assumptions import Assumptions
from ivr.emulator.exchange import Exchange
from tests.ivr.emulator.scripted import Reply

LINE = "+12025550150"


def alerts(exchange):
    return [alert.code for alert in exchange.debugger]


def test_f01_redirect(exchange, application, caller):
    application.on("/voice", "<Redirect>/x</Redirect><Play>/never.mp3</Play>")
    application.on("/x", "<Say>Here.</Say>")
    caller.dial(LINE)
    caller.call_ends()
    exchange.nothing_else_happens()
    assert application.to("/x")[0].method == "POST"
    assert caller.heard == ["Here."]


@pytest.mark.parametrize(("rule", "times"), [("current document", 2), ("error", 1)])
def test_f03_blank_redirect_is_a_switch(application, rule, times, exchange):
    with Exchange(
        account_sid=exchange.office.account_sid, auth_token="t", start=exchange.now(),
        assumptions=Assumptions(blank_redirect=rule),
    ) as other:  # fmt: skip
        other.line(LINE, voice_url=application.on("/voice", "<Redirect></Redirect>", "<Hangup/>"))
        caller = other.handset("+12025550123")
        caller.dial(LINE)
        caller.call_ends()
        assert len(application.to("/voice")) == times


@pytest.mark.parametrize(("reason", "status"), [("", "no-answer"), (' reason="busy"', "busy")])
def test_f04_reject(exchange, application, caller, reason, status):
    application.on("/voice", f"<Reject{reason}/>")
    caller.dial(LINE)
    caller.call_ends()
    exchange.nothing_else_happens()
    told = application.to("/status")[0].form
    assert (told["CallStatus"], told["CallDuration"]) == (status, "0")


def test_f07_unknown_verb(exchange, application, caller):
    application.on("/voice", "<Foobar/><Say>Still here.</Say>")
    caller.dial(LINE)
    caller.hears("Still here")
    assert alerts(exchange) == [12200]


def test_f08_comments(exchange, application, caller):
    application.on("/voice", "<!-- a --><Say>One <!-- b -->two.</Say><!-- c -->")
    caller.dial(LINE)
    caller.hears("One two.")
    caller.call_ends()
    exchange.nothing_else_happens()


@pytest.mark.parametrize("body", [
    '<!DOCTYPE Response><Response><Say>no</Say></Response>',
    'oops <?xml version="1.0"?><Response><Say>no</Say></Response>',
    "<Say>no</Say>",
    "<Response><Say>no</Response>",
])  # fmt: skip
def test_f09_documents_that_do_not_parse(exchange, application, caller, body):
    application.on("/voice", Reply(body=body))
    caller.dial(LINE)
    caller.hears("application error")
    caller.call_ends()
    assert alerts(exchange) == [12100]


def test_f10_loop_zero(exchange, application, caller):
    application.on("/voice", '<Say loop="0">Wait.</Say>')
    caller.dial(LINE)
    exchange.pass_time(60)
    assert caller.heard.count("Wait.") > 50
    caller.hang_up()
    exchange.nothing_else_happens()


def test_f13_a_bad_answer_in_the_middle(exchange, application, caller):
    application.on("/voice", "<Say>Hello.</Say><Redirect>/broken</Redirect>")
    application.on("/broken", Reply(status=502))
    caller.dial(LINE)
    caller.hears("application error")
    caller.call_ends()
    assert alerts(exchange) == [11200]
    assert application.to("/status")[0].form["CallStatus"] == "completed"


@pytest.mark.parametrize(("hops", "code"), [(10, []), (11, [11215])])
def test_f15_redirects(exchange, application, caller, hops, code):
    application.on("/voice", Reply(status=302, headers={"Location": "/1"}))
    for hop in range(1, hops):
        application.on(f"/{hop}", Reply(status=302, headers={"Location": f"/{hop + 1}"}))
    application.on(f"/{hops}", "<Say>Arrived.</Say>")
    caller.dial(LINE)
    caller.call_ends()
    assert alerts(exchange) == code


def test_f16_body_over_64_kilobytes(exchange, application, caller):
    application.on("/voice", "<!-- " + "x" * 65536 + " -->")
    caller.dial(LINE)
    caller.hears("application error")
    assert alerts(exchange) == [11750]


def test_f17_long_twiml_parameter(exchange):
    login = (exchange.office.account_sid, exchange.office.auth_token)
    address = f"{exchange.api_url}/2010-04-01/Accounts/{login[0]}/Calls.json"
    form = {"To": "+12025550123", "From": LINE, "Twiml": f"<Response><Say>{'x' * 4000}</Say></Response>"}
    refused = requests.post(address, data=form, auth=login, timeout=5)
    assert (refused.status_code, refused.json()["code"]) == (400, 32018)
