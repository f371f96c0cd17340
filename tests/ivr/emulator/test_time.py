"""Simulated and real time."""

import threading
import time
from datetime import UTC, datetime, timedelta

import pytest
import requests

from ivr.emulator.audio import speaking_seconds
from ivr.emulator.clock import Clock
from ivr.emulator.exchange import Exchange

LINE, FIRST = "+12025550150", "+12025550101"


def test_half_an_hour_in_under_a_second(exchange, application, caller, first):
    application.on("/voice", f"<Dial>{FIRST}</Dial>")
    first.answers_after(2)
    began = time.monotonic()
    caller.dial(LINE)
    caller.talks_to(first)
    for _ in range(60):
        caller.says("And another thing that must be told at some length, before I forget it again.")
        exchange.pass_time(25)
    caller.hang_up()
    exchange.nothing_else_happens()
    assert first.phone.last_leg.seconds() >= 1800
    assert time.monotonic() - began < 1.0


def test_time_stands_still_between_the_steps_of_a_story(exchange):
    before = exchange.now()
    threading.Event().wait(0.02)
    assert exchange.now() == before
    exchange.pass_time(90)
    assert exchange.now() - before == timedelta(seconds=90)


def test_time_stands_still_while_the_application_thinks(exchange, application, caller):
    def slow(asked):
        threading.Event().wait(0.05)
        return f"<Say>{exchange.now().isoformat()}</Say>"

    application.on("/voice", slow)
    caller.dial(LINE)
    assert (exchange.now() - datetime(2026, 3, 2, 9, 0, tzinfo=UTC)).total_seconds() == pytest.approx(1.0)


def test_the_application_may_use_the_api_in_the_middle_of_a_webhook(exchange, application, caller, first):
    login = (exchange.office.account_sid, exchange.office.auth_token)
    address = f"{exchange.api_url}/2010-04-01/Accounts/{login[0]}/Messages.json"

    def text_somebody(asked):
        form = {"From": LINE, "To": FIRST, "Body": "Call me"}
        return f"<Say>{requests.post(address, data=form, auth=login, timeout=60).status_code}</Say>"

    application.on("/voice", text_somebody)
    caller.dial(LINE)
    caller.hears("201")
    caller.call_ends()
    exchange.pass_time(1)
    assert [message.text for message in first.messages] == ["Call me"]


def test_real_time_at_any_speed(application):
    with Exchange(account_sid="AC0", auth_token="t", start=datetime(2026, 3, 2, tzinfo=UTC), speed=200.0) as exchange:
        exchange.line(LINE, voice_url=application.on("/voice", '<Pause length="5"/><Say>Hello there.</Say>'))
        caller = exchange.handset("+12025550123")
        caller.dial(LINE)
        caller.hears("Hello there")
        caller.call_ends()
        assert (exchange.now() - datetime(2026, 3, 2, tzinfo=UTC)).total_seconds() > 5


@pytest.mark.parametrize(("text", "seconds"), [("", 0.5), ("4 8 2 1 3", 5 * 0.4 + 4 / 15), ("x" * 30, 2.0)])
def test_how_long_it_takes_to_say(text, seconds):
    assert speaking_seconds(text) == pytest.approx(seconds)


def test_naive_times_and_bad_speeds_are_refused():
    with pytest.raises(ValueError, match="aware"):
        Clock(datetime(2026, 1, 1), None)  # noqa: DTZ001
    with pytest.raises(ValueError, match="positive"):
        Clock(datetime(2026, 1, 1, tzinfo=UTC), 0)


def test_a_taken_port_is_an_error_and_leaves_nothing_behind(exchange):
    port = int(exchange.api_url.rpartition(":")[2])
    other = Exchange(account_sid="AC0", auth_token="t", start=exchange.now(), port=port)
    with pytest.raises(OSError, match="in use"):
        other.start()
