"""A call of the account to one of the account's own lines: two legs, one trunk (assumed, see Assumptions)."""

import pytest
import requests

LINE, SECOND_LINE, FIRST = "+12025550150", "+12025550151", "+12025550101"


@pytest.fixture(autouse=True)
def _forwarded(exchange, application):
    exchange.line(SECOND_LINE, voice_url=application.url + "/second", status_callback=application.url + "/status")
    application.on("/voice", f'<Dial action="/after">{SECOND_LINE}</Dial>')
    application.on("/after", "<Say>Back on the first line.</Say>")


def after(application):
    [asked] = application.to("/after")
    return asked.form


def test_the_second_line_is_asked_as_for_any_call(exchange, application, caller):
    application.on("/second", "<Say>This is the second line.</Say>")

    caller.dial(LINE)
    caller.hears("the second line")
    caller.hears("Back on the first")
    caller.call_ends()

    exchange.nothing_else_happens()
    [asked] = application.to("/second")
    known = {"Direction": "inbound", "From": caller.number, "To": SECOND_LINE, "CallStatus": "ringing"}
    assert known.items() <= asked.form.items()
    assert "ParentCallSid" not in asked.form
    assert asked.form["CallSid"] not in (after(application)["DialCallSid"], caller.call_sid)
    assert (after(application)["DialCallStatus"], after(application)["DialBridged"]) == ("completed", "true")


def test_keys_and_words_arrive_there(exchange, application, caller):
    question = '<Gather action="/{0}" input="dtmf speech" numDigits="2"><Say>{0}?</Say></Gather>'
    application.on("/second", question.format("ticket"))
    application.on("/ticket", question.format("name"))
    application.on("/name", "<Say>Thank you.</Say>")

    caller.dial(LINE)
    caller.hears("ticket?")
    caller.press("48")
    caller.hears("name?")
    caller.says("Dana")
    caller.hears("Thank you")
    caller.call_ends()

    assert application.to("/ticket")[0].form["Digits"] == "48"
    assert application.to("/name")[0].form["SpeechResult"] == "Dana"


def test_it_may_ring_somebody_in_turn(exchange, application, caller, first):
    application.on("/second", f"<Dial>{FIRST}</Dial>")

    caller.dial(LINE)
    first.rings()
    first.answer()
    caller.talks_to(first)
    first.talks_to(caller)
    caller.says("Good morning.")
    first.hears("Good morning")
    caller.hang_up()
    first.call_ends(within=1)

    exchange.nothing_else_happens()


@pytest.mark.parametrize(("document", "status"), [
    ('<Reject reason="busy"/>', "busy"), ("<Reject/>", "no-answer"),
])  # fmt: skip
def test_a_line_that_refuses(exchange, application, caller, document, status):
    application.on("/second", document)

    caller.dial(LINE)
    caller.hears("Back on the first")
    caller.call_ends()

    assert after(application)["DialCallStatus"] == status


def test_a_caller_who_leaves_takes_the_second_leg_along(exchange, application, caller):
    application.on("/second", "<Pause length='60'/><Say>Never said.</Say>")

    caller.dial(LINE)
    exchange.pass_time(5)
    caller.hang_up()

    exchange.nothing_else_happens()
    assert len(application.to("/status")) == 2


def test_a_line_that_dials_itself_ends_after_ten_hops(exchange, application, caller):
    application.on("/voice", f'<Dial action="/after" timeout="600">{LINE}</Dial>')

    caller.dial(LINE)
    caller.hears("Back on the first", within=600)
    caller.call_ends(within=600)

    exchange.nothing_else_happens()
    assert len(application.to("/voice")) == 11
    assert application.to("/after")[0].form["DialCallStatus"] == "failed"


def test_a_call_placed_by_the_account_reaches_its_own_line_too(exchange, application):
    office = exchange.office
    application.on("/outgoing", "<Pause length='5'/>")
    application.on("/second", "<Say>Nobody hears this.</Say><Pause length='60'/>")

    placed = requests.post(
        f"{exchange.api_url}/2010-04-01/Accounts/{office.account_sid}/Calls.json",
        data={"From": LINE, "To": SECOND_LINE, "Url": application.url + "/outgoing"},
        auth=(office.account_sid, office.auth_token), timeout=60,
    )  # fmt: skip
    assert placed.status_code == 201
    exchange.pass_time(20)

    exchange.nothing_else_happens()
    assert [leg.status for leg in office.legs.values()] == ["completed", "completed"]
    assert application.paths()[:2] == ["/second", "/outgoing"]


def test_a_conference_is_heard_through_the_trunk(exchange, application, caller, first, second):
    conference = "<Dial><Conference>team</Conference></Dial>"
    application.on("/second", conference)
    application.on("/voice", f'<Dial action="/after">{SECOND_LINE}</Dial>', conference)

    caller.dial(LINE)
    first.dial(LINE)
    first.talks_to(caller)
    second.dial(LINE)
    caller.hears("(beep)")
    second.says("Hello, team.")
    caller.hears("Hello, team")
    for handset in (second, first, caller):
        handset.hang_up()

    exchange.nothing_else_happens()
