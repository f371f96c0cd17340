"""Bad days, repeatable."""

from datetime import UTC, datetime

import pytest
import requests

from ivr.emulator.chaos import Chaos, Mischief
from ivr.emulator.exchange import Exchange
from tests.ivr.emulator.scripted import Reply

LINE, FIRST = "+12025550150", "+12025550101"
WATCHED = (
    '<Dial><Number statusCallback="/progress" statusCallbackEvent="initiated ringing answered completed">'
    f"{FIRST}</Number></Dial>"
)


def statuses(application):
    return [asked.form["CallStatus"] for asked in application.to("/progress")]


def a_watched_call(exchange, application, caller, first):
    application.on("/voice", WATCHED)
    application.on("/progress", "")
    first.answers_after(1)
    caller.dial(LINE)
    caller.talks_to(first)
    first.hang_up()
    caller.call_ends()
    exchange.nothing_else_happens()


def test_dropped_callbacks(exchange, application, caller, first):
    exchange.be_unkind(Mischief(drop=1.0))
    a_watched_call(exchange, application, caller, first)
    assert statuses(application) == []


def test_doubled_callbacks(exchange, application, caller, first):
    exchange.be_unkind(Mischief(duplicate=1.0))
    a_watched_call(exchange, application, caller, first)
    assert sorted(statuses(application)) == sorted(["initiated", "ringing", "in-progress", "completed"] * 2)


def test_callbacks_overtake_one_another_and_keep_their_numbers(application):
    orders = set()
    for seed in range(4):
        application.asked.clear()
        with Exchange(account_sid="AC0", auth_token="t", start=datetime(2026, 3, 2, tzinfo=UTC), seed=seed) as exchange:
            exchange.line(LINE, voice_url=application.url + "/voice")
            exchange.be_unkind(Mischief(reorder=0.5))
            a_watched_call(exchange, application, exchange.handset("+12025550123"), exchange.handset(FIRST))
            orders.add(tuple(asked.form["SequenceNumber"] for asked in application.to("/progress")))
    assert {tuple(sorted(order)) for order in orders} == {("0", "1", "2", "3")}
    assert any(order != ("0", "1", "2", "3") for order in orders)


def test_the_same_seed_is_the_same_bad_day():
    mischief = Mischief(delay=5, drop=0.3, duplicate=0.3, reorder=0.3)
    days = []
    for _ in range(2):
        chaos = Chaos(seed=7)
        chaos.set(mischief)
        days.append([chaos.deliveries("CA1") for _ in range(50)])
    assert days[0] == days[1]
    assert {len(one) for one in days[0]} == {0, 1, 2}


def test_only_one_call_has_a_bad_day():
    chaos = Chaos(seed=1)
    chaos.set(Mischief(drop=1.0), "CA1")
    assert (chaos.deliveries("CA1"), chaos.deliveries("CA2")) == ((), (0.0,))


def test_a_lost_leg(exchange, application, caller, first):
    application.on("/voice", WATCHED)
    application.on("/progress", "")
    first.answers_after(1)
    caller.dial(LINE)
    caller.talks_to(first)
    exchange.lose(first)
    caller.call_ends()
    exchange.nothing_else_happens()


def test_retries_are_refused(exchange, application, caller):
    exchange.line(LINE, voice_url=application.url + "/voice#rc=3&rp=5xx")
    application.on("/voice", Reply(status=500), "<Say>Second.</Say>")
    exchange.be_unkind(Mischief(refuse_retry=True))
    caller.dial(LINE)
    caller.hears("application error")


def test_switches_by_rest(exchange, application, caller, first):
    login = (exchange.office.account_sid, exchange.office.auth_token)

    def post(path, **form):
        return requests.post(exchange.api_url + path, data=form, auth=login, timeout=60)

    calls = f"/2010-04-01/Accounts/{login[0]}/Calls.json"
    assert post("/emulator/chaos", rest_failure="1", kill_after="30").status_code == 200
    broken = post(calls, To=FIRST, From=LINE, Url=application.url)
    assert (broken.status_code, broken.json()["code"]) == (500, 20500)
    exchange.be_unkind(Mischief(kill_after=30))
    application.on("/voice", "<Say>Hello.</Say><Pause length='600'/>")
    caller.dial(LINE)
    caller.call_ends(within=40)
    exchange.nothing_else_happens()


@pytest.mark.parametrize("form", [{"nonsense": "1"}, {"drop": "often"}])
def test_wrong_switches(exchange, form):
    login = (exchange.office.account_sid, exchange.office.auth_token)
    refused = requests.post(exchange.api_url + "/emulator/chaos", data=form, auth=login, timeout=60)
    assert (refused.status_code, refused.json()["code"]) == (400, 20001)
