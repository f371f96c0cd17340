"""What is assumed can be assumed otherwise."""

from datetime import UTC, datetime

import pytest

from ivr.emulator.assumptions import Assumptions
from ivr.emulator.exchange import Exchange

LINE, FIRST, SECOND = "+12025550150", "+12025550101", "+12025550102"
SCREENED = f'<Dial action="/after" {{}}><Number url="/whisper">{FIRST}</Number>{{}}</Dial>'


def told(application, assumptions, story, dial=("", "")):
    """Tell a story under these assumptions; what the Dial's action was told."""
    application.on("/voice", SCREENED.format(*dial))
    application.on("/whisper", '<Gather><Say>Press 1.</Say></Gather><Hangup/>')
    application.on("/after", "")
    with Exchange(
        account_sid="AC0", auth_token="t", start=datetime(2026, 3, 2, tzinfo=UTC), assumptions=assumptions
    ) as exchange:  # fmt: skip
        exchange.line(LINE, voice_url=application.url + "/voice")
        caller, first = exchange.handset("+12025550123"), exchange.handset(FIRST)
        second = exchange.handset(SECOND)
        story(caller, first, second)
        exchange.nothing_else_happens()
    return [asked.form for asked in application.to("/after")]


def screened_out(caller, first, second):
    first.answers_after(1)
    second.answers_after(1)
    caller.dial(LINE)
    first.hears("Press 1")
    caller.call_ends()


def given_up(caller, first, second):
    caller.dial(LINE)
    first.rings()
    caller.hang_up()


@pytest.mark.parametrize(("rule", "duration"), [("elapsed", "6"), ("zero", "0"), ("absent", None)])
def test_duration_of_a_screened_out_leg(application, rule, duration):
    [form] = told(application, Assumptions(screened_out_duration=rule), screened_out)
    assert form.get("DialCallDuration") == duration


@pytest.mark.parametrize(("advances", "bridged"), [(True, "true"), (False, "false")])
def test_in_turn_after_a_screened_out_leg(application, advances, bridged):
    assumptions = Assumptions(sequential_advances_after_screen_out=advances)

    def story(caller, first, second):
        first.answers_after(1)
        second.answers_after(1)
        caller.dial(LINE)
        first.hears("Press 1")
        if advances:
            caller.talks_to(second)
            second.hang_up()
        caller.call_ends()

    [form] = told(application, assumptions, story, ('sequential="true"', f"<Number>{SECOND}</Number>"))
    assert form["DialBridged"] == bridged


@pytest.mark.parametrize(("rule", "times"), [("always", 1), ("bridged", 0), ("never", 0)])
def test_the_action_after_the_caller_gave_up(application, rule, times):
    assert len(told(application, Assumptions(dial_action_after_hang_up=rule), given_up)) == times


@pytest.mark.parametrize(("kept", "heard"), [(True, ["7"]), (False, [])])
def test_keys_before_a_gather(application, kept, heard):
    assumptions = Assumptions(keys_buffered_before_gather=kept)
    with Exchange(
        account_sid="AC0", auth_token="t", start=datetime(2026, 3, 2, tzinfo=UTC), assumptions=assumptions
    ) as exchange:  # fmt: skip
        document = '<Pause length="5"/><Gather numDigits="1" action="/r"/>'
        exchange.line(LINE, voice_url=application.on("/voice", document))
        application.on("/r", "")
        caller = exchange.handset("+12025550123")
        caller.dial(LINE)
        caller.press("7")
        caller.call_ends()
    assert [asked.form["Digits"] for asked in application.to("/r")] == heard


@pytest.mark.parametrize(("rule", "digits"), [("empty", ""), ("absent", None)])
def test_digits_of_an_empty_result(application, rule, digits):
    with Exchange(
        account_sid="AC0", auth_token="t", start=datetime(2026, 3, 2, tzinfo=UTC),
        assumptions=Assumptions(empty_digits=rule),
    ) as exchange:  # fmt: skip
        exchange.line(LINE, voice_url=application.on("/voice", '<Gather actionOnEmptyResult="true" action="/r"/>'))
        application.on("/r", "")
        caller = exchange.handset("+12025550123")
        caller.dial(LINE)
        caller.call_ends()
    assert application.to("/r")[0].form.get("Digits") == digits
