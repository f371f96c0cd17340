"""The unmodified official Python library against the emulator's REST API."""

from datetime import UTC, timedelta

import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client

LINE, CALLER, FIRST = "+12025550150", "+12025550123", "+12025550101"


@pytest.fixture
def api(exchange):
    client = Client(exchange.office.account_sid, exchange.office.auth_token, http_client=TwilioHttpClient(timeout=5))
    client.api.base_url = exchange.api_url
    yield client
    client.http_client.session.close()


def refused(call):
    with pytest.raises(TwilioRestException) as error:
        call()
    return error.value.status, error.value.code


def test_a_call_from_queued_to_completed(exchange, application, first, api):
    there = application.on("/outgoing", "<Say>This is your escalation line.</Say>")
    call = api.calls.create(to=FIRST, from_=LINE, url=there)
    assert (call.status, call.direction, call.to, call.duration) == ("queued", "outbound-api", FIRST, None)
    first.answers_after(2)
    first.rings()
    first.hears("your escalation line")
    first.call_ends()
    done = api.calls(call.sid).fetch()
    assert (done.status, int(done.duration)) == ("completed", first.phone.last_leg.seconds())
    assert done.start_time.astimezone(UTC) < done.end_time.astimezone(UTC) <= exchange.now()
    assert application.to("/outgoing")[0].form["CallStatus"] == "in-progress"
    assert api.calls(call.sid).delete() is True
    assert refused(api.calls(call.sid).fetch) == (404, 20404)


def test_a_document_given_with_the_call(exchange, api, first):
    first.answers_after(1)
    api.calls.create(to=FIRST, from_=LINE, twiml="<Response><Say>Inline.</Say></Response>")
    first.hears("Inline")
    first.call_ends()
    exchange.nothing_else_happens()


def test_relative_addresses_need_a_document_with_an_address(exchange, api, first):
    first.answers_after(1)
    api.calls.create(to=FIRST, from_=LINE, twiml='<Response><Gather numDigits="1" action="/r"/></Response>')
    first.rings()
    exchange.pass_time(2)
    first.press("1")
    first.hears("application error")
    assert [alert.code for alert in exchange.debugger] == [15004]


def test_one_call_a_second(exchange, application, api, first, second):
    there = application.on("/outgoing", "")
    calls = [api.calls.create(to=number, from_=LINE, url=there) for number in (FIRST, "+12025550102")]
    assert [call.queue_time for call in calls] == ["0", "1000"]
    first.rings()
    assert second.state == "idle"
    second.rings(within=1.1)
    exchange.pass_time(70)
    assert {api.calls(call.sid).fetch().status for call in calls} == {"no-answer"}


def test_cancel_and_end(exchange, application, api, first):
    there = application.on("/outgoing", "<Pause length='60'/>")
    call = api.calls.create(to=FIRST, from_=LINE, url=there)
    first.rings()
    assert api.calls(call.sid).update(status="canceled").status == "canceled"
    assert first.state == "idle"
    other = api.calls.create(to=FIRST, from_=LINE, url=there)
    first.rings()
    first.answer()
    assert api.calls(other.sid).update(status="completed").status == "completed"
    assert refused(lambda: api.calls(other.sid).update(status="completed")) == (400, 21220)
    exchange.nothing_else_happens()


@pytest.mark.parametrize(("wish", "code"), [
    ({"to": "", "from_": LINE, "url": "http://h/"}, 21201),
    ({"to": FIRST, "from_": "", "url": "http://h/"}, 21213),
    ({"to": "12", "from_": LINE, "url": "http://h/"}, 21211),
    ({"to": FIRST, "from_": "+12025550999", "url": "http://h/"}, 21210),
    ({"to": FIRST, "from_": LINE}, 21205),
    ({"to": FIRST, "from_": LINE, "url": "ftp://h/"}, 21205),
    ({"to": FIRST, "from_": LINE, "twiml": "<Response>"}, 12100),
])  # fmt: skip
def test_calls_that_cannot_be_placed(api, wish, code):
    assert refused(lambda: api.calls.create(**wish)) == (400, code)


def test_a_misspelt_event_means_no_callbacks_at_all(exchange, application, api, first):
    there = application.on("/outgoing", "")
    watcher = application.on("/progress", "")
    first.be_busy()
    kinds = ["initiated answered"]
    api.calls.create(to=FIRST, from_=LINE, url=there, status_callback=watcher, status_callback_event=kinds)
    exchange.pass_time(10)
    assert [alert.code for alert in exchange.debugger] == [21626]
    assert application.to("/progress") == []


@pytest.mark.parametrize(("is_mailbox", "answered_by"), [(True, "machine_start"), (False, "human")])
def test_machine_detection_is_a_hint(exchange, application, api, first, is_mailbox, answered_by):
    there = application.on("/outgoing", "")
    first.be_mailbox() if is_mailbox else first.answers_after(1)
    call = api.calls.create(to=FIRST, from_=LINE, url=there, machine_detection="Enable")
    first.rings()
    exchange.pass_time(30)
    assert application.to("/outgoing")[0].form["AnsweredBy"] == answered_by
    assert api.calls(call.sid).fetch().answered_by == answered_by


def test_machine_detection_beside_the_call(exchange, application, api, first, second):
    there, watcher = application.on("/outgoing", "<Pause length='9'/>"), application.on("/detected", "")
    first.be_mailbox()
    wish = {"from_": LINE, "url": there, "machine_detection": "DetectMessageEnd", "async_amd": "true"}
    api.calls.create(to=FIRST, async_amd_status_callback=watcher, **wish)
    exchange.pass_time(30)
    assert application.to("/detected")[0].form["AnsweredBy"] == "machine_end_beep"
    second.answers_after(1)
    api.calls.create(to=second.number, **wish)
    exchange.pass_time(30)
    assert [alert.code for alert in exchange.debugger] == [21262]


def test_lists_filters_and_pages(exchange, application, api):
    there = application.on("/outgoing", "")
    sids = [api.calls.create(to=f"+1202555020{n}", from_=LINE, url=there).sid for n in range(7)]
    assert [call.sid for call in api.calls.list(page_size=3)] == sids[::-1]
    assert [call.sid for call in api.calls.list(limit=2)] == sids[::-1][:2]
    today, tomorrow = exchange.now().date(), exchange.now().date() + timedelta(days=1)
    assert [message.body for message in api.messages.list(date_sent_after=tomorrow)] == []
    assert api.calls.list(start_time_after=today) == []
    assert [call.to for call in api.calls.list(to="+12025550203")] == ["+12025550203"]
    assert api.calls.list(status="completed") == []
    first_page = api.calls.page(page_size=5)
    assert len(list(first_page)) == 5
    assert len(list(first_page.next_page())) == 2


def test_messages(exchange, application, api, first):
    watcher = application.on("/sms", "")
    sent = api.messages.create(to=FIRST, from_=LINE, body="Please call back", status_callback=watcher)
    assert (sent.status, sent.num_segments) == ("queued", "1")
    assert [message.text for message in first.messages] == ["Please call back"]
    exchange.pass_time(2)
    assert api.messages(sent.sid).fetch().status == "delivered"
    assert [asked.form["MessageStatus"] for asked in application.to("/sms")] == ["sent", "delivered"]
    assert [message.body for message in api.messages.list(to=FIRST)] == ["Please call back"]
    assert len(api.messages.list(date_sent=exchange.now().date())) == 1
    nobody = api.messages.create(to="+12025550777", from_=LINE, body="Hello?")
    exchange.pass_time(2)
    assert api.messages(nobody.sid).fetch().error_code == 30003


@pytest.mark.parametrize(("wish", "code"), [
    ({"to": "", "from_": LINE, "body": "x"}, 21604),
    ({"to": FIRST, "from_": "", "body": "x"}, 21603),
    ({"to": FIRST, "from_": LINE, "body": ""}, 21602),
    ({"to": "12", "from_": LINE, "body": "x"}, 21211),
    ({"to": FIRST, "from_": CALLER, "body": "x"}, 21606),
    ({"to": FIRST, "from_": LINE, "body": "x" * 1601}, 21617),
])  # fmt: skip
def test_messages_that_cannot_be_sent(api, wish, code):
    assert refused(lambda: api.messages.create(**wish)) == (400, code)


def test_recordings(exchange, application, api, caller):
    application.on("/voice", '<Record action="/recorded"/>')
    application.on("/recorded", "")
    caller.dial(LINE)
    caller.hears("(beep)")
    caller.says("My printer is on fire, please call me back.")
    caller.call_ends()
    [recording] = api.recordings.list(call_sid=caller.call_sid)
    assert (recording.source, recording.status, recording.duration) == ("RecordVerb", "completed", "3")
    assert api.recordings(recording.sid).delete() is True
    assert api.recordings.list() == []


def test_queues_and_their_members(exchange, application, api, caller):
    application.on("/voice", '<Enqueue waitUrl="/wait">support</Enqueue>')
    application.on("/wait", "<Pause length='10'/>")
    there = application.on("/taken", "<Say>Taken.</Say>")
    caller.dial(LINE)
    [queue] = api.queues.list()
    assert (queue.friendly_name, queue.current_size) == ("support", 1)
    [member] = api.queues(queue.sid).members.list()
    assert (member.call_sid, member.position) == (caller.call_sid, 1)
    assert refused(api.queues(queue.sid).delete) == (400, 22002)
    api.queues(queue.sid).members("Front").update(url=there)
    caller.hears("Taken")
    caller.call_ends()
    assert api.queues.create(friendly_name="other", max_size=5).max_size == 5
    assert api.queues(queue.sid).delete() is True


def test_incoming_numbers(exchange, application, api, caller):
    [number] = api.incoming_phone_numbers.list(phone_number=LINE)
    there = application.on("/moved", "<Say>Moved.</Say>")
    assert api.incoming_phone_numbers(number.sid).update(voice_url=there).voice_url == there
    caller.dial(LINE)
    caller.hears("Moved")
    caller.call_ends()


def test_a_wrong_token(exchange):
    client = Client(exchange.office.account_sid, "wrong")
    client.api.base_url = exchange.api_url
    assert refused(client.calls("CA" + "0" * 32).fetch) == (401, 20003)
    client.http_client.session.close()
