"""Machine detection on the nouns of a Dial: a hint beside the call, which never waits for it."""

import pytest

LINE, FIRST = "+12025550150", "+12025550101"
GREETING = "You have reached the mailbox of the second shift. Nobody is at the desk. Please speak after the tone."


@pytest.fixture
def watched(application):
    def dial(attributes, noun=f"<Number {{}}>{FIRST}</Number>"):
        attributes += ' amdStatusCallback="/amd"'
        application.on("/voice", f'<Dial action="/after">{noun.format(attributes)}</Dial>')
        application.on("/after", "")
        application.on("/amd", "")

    return dial


def detected(exchange, application, caller):
    """What the callback was told, a minute later."""
    exchange.pass_time(60)
    caller.hang_up()
    exchange.nothing_else_happens()
    return [asked.form for asked in application.to("/amd")]


def test_a_person(exchange, application, caller, first, watched):
    watched('machineDetection="Enable"')
    first.answers_after(1)
    caller.dial(LINE)
    caller.talks_to(first, within=8)
    [told] = detected(exchange, application, caller)
    assert told == {
        "CallSid": first.call_sid, "AccountSid": exchange.office.account_sid, "AnsweredBy": "human",
        "MachineDetectionDuration": "4000",
    }  # fmt: skip


@pytest.mark.parametrize(("kind", "answered_by", "at_least"), [
    ("Enable", "machine_start", 4.0), ("DetectMessageEnd", "machine_end_beep", 7.0),
])  # fmt: skip
def test_a_mailbox(exchange, application, caller, first, watched, kind, answered_by, at_least):
    watched(f'machineDetection="{kind}"')
    first.be_mailbox(GREETING)
    caller.dial(LINE)
    caller.talks_to(first)
    [told] = detected(exchange, application, caller)
    assert told["AnsweredBy"] == answered_by
    assert int(told["MachineDetectionDuration"]) >= at_least * 1000


def test_a_desk_telephone_asked_by_get(exchange, application, caller, watched):
    desk = exchange.handset("sip:desk@example.com")
    desk.be_mailbox()
    watched('machineDetection="Enable" amdStatusCallbackMethod="GET"', "<Sip {}>sip:desk@example.com</Sip>")
    caller.dial(LINE)
    caller.talks_to(desk)
    exchange.pass_time(60)
    [asked] = application.to("/amd")
    assert (asked.method, asked.query["AnsweredBy"]) == ("GET", "machine_start")


def test_too_little_time_to_tell(exchange, application, caller, first, watched):
    watched('machineDetection="Enable" machineDetectionTimeout="3"')
    first.answers_after(1)
    caller.dial(LINE)
    caller.talks_to(first)
    [told] = detected(exchange, application, caller)
    assert (told["AnsweredBy"], told["MachineDetectionDuration"]) == ("unknown", "3000")


def test_a_call_that_ends_before_anybody_can_tell(exchange, application, caller, first, watched):
    watched('machineDetection="Enable"')
    first.answers_after(1)
    caller.dial(LINE)
    caller.talks_to(first)
    caller.hang_up()
    exchange.nothing_else_happens()
    assert [asked.form["AnsweredBy"] for asked in application.to("/amd")] == ["unknown"]


def test_a_hint_for_nobody_is_a_warning(exchange, application, caller, first):
    application.on("/voice", f'<Dial><Number machineDetection="Enable">{FIRST}</Number></Dial>')
    first.answers_after(1)
    caller.dial(LINE)
    caller.talks_to(first)
    exchange.pass_time(10)
    assert [alert.code for alert in exchange.debugger] == [21262]


def test_nothing_is_detected_that_was_not_asked_for(exchange, application, caller, first, watched):
    watched("")
    first.answers_after(1)
    caller.dial(LINE)
    caller.talks_to(first)
    assert detected(exchange, application, caller) == []
