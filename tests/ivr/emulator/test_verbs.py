"""The rest of the verbs' contracts."""

import pytest

from tests.ivr.emulator.scripted import Reply

LINE, OTHER_LINE, FIRST = "+12025550150", "+12025550151", "+12025550101"


def over(exchange, *handsets):
    for handset in handsets:
        handset.call_ends()
    exchange.nothing_else_happens()


def test_the_call_token_comes_only_with_post(exchange, application, caller):
    application.on("/voice", '<Redirect method="GET">/next</Redirect>')
    application.on("/next", "")
    caller.dial(LINE)
    over(exchange, caller)
    assert "CallToken" in application.to("/voice")[0].form
    assert "CallToken" not in application.to("/next")[0].query
    assert application.to("/next")[0].query["CallSid"] == caller.call_sid


def test_a_pause_first_delays_the_answer(exchange, application, caller):
    application.on("/voice", '<Pause length="4"/><Say>Hello.</Say>')
    caller.dial(LINE)
    exchange.pass_time(3)
    assert caller.state == "calling"
    caller.begins_to_hear("Hello")
    assert caller.state == "talking"
    over(exchange, caller)


def test_a_hangup_first_still_answers(exchange, application, caller):
    application.on("/voice", "<Hangup/>")
    caller.dial(LINE)
    over(exchange, caller)
    assert application.to("/status")[0].form["CallStatus"] == "completed"


def test_a_reject_that_is_not_first_hangs_up(exchange, application, caller):
    application.on("/voice", "<Say>Hello.</Say><Reject/>")
    caller.dial(LINE)
    over(exchange, caller)
    assert application.to("/status")[0].form["CallStatus"] == "completed"


def test_tones(exchange, application, caller):
    application.on("/voice", '<Play digits="12w3"/>')
    caller.dial(LINE)
    caller.hears("(tones 12w3)")
    over(exchange, caller)


@pytest.mark.parametrize(("voice", "characters", "is_fine"), [
    ("man", 4096, True), ("man", 4097, False), ("Polly.Joanna", 3000, True), ("Polly.Joanna", 3001, False),
    ("Google.en-US-Standard-C", 5000, True), ("Google.en-US-Standard-C", 5001, False),
])  # fmt: skip
def test_how_much_a_voice_says(exchange, application, caller, voice, characters, is_fine):
    application.on("/voice", f'<Say voice="{voice}">{"x" * characters}</Say>')
    caller.dial(LINE)
    exchange.pass_time(500)
    assert [alert.code for alert in exchange.debugger] == ([] if is_fine else [13521])


def test_a_number_that_is_none(exchange, application, caller):
    application.on("/voice", '<Dial action="/after"><Number>the boss</Number></Dial>')
    application.on("/after", "")
    exchange.expect_alert(13223)
    caller.dial(LINE)
    over(exchange, caller)
    assert application.to("/after")[0].form["DialCallStatus"] == "failed"


def test_a_national_number_is_completed(exchange, application, caller, first):
    application.on("/voice", "<Dial>(202) 555-0101</Dial>")
    caller.dial(LINE)
    first.rings()
    caller.hang_up()
    exchange.nothing_else_happens()


def test_an_empty_recording_asks_for_nothing(exchange, application, caller):
    application.on("/voice", '<Record action="/recorded"/><Say>I heard nothing.</Say>')
    caller.dial(LINE)
    caller.hears("I heard nothing")
    over(exchange, caller)
    assert application.to("/recorded") == []


def test_hanging_up_ends_a_recording(exchange, application, caller):
    application.on("/voice", '<Record action="/recorded" recordingStatusCallback="/ready"/>')
    application.on("/recorded", "<Say>Never heard.</Say>")
    application.on("/ready", "")
    caller.dial(LINE)
    caller.hears("(beep)")
    caller.says("My printer is on fire.")
    caller.hang_up()
    exchange.nothing_else_happens()
    assert application.to("/recorded")[0].form["Digits"] == "hangup"
    ready = application.to("/ready")[0].form
    assert (ready["RecordingStatus"], ready["RecordingSource"]) == ("completed", "RecordVerb")
    assert caller.heard == []


def test_a_transcription_is_told_later(exchange, application, caller):
    application.on("/voice", '<Record action="/recorded" transcribe="true" transcribeCallback="/words"/>')
    application.on("/recorded", "<Hangup/>")
    application.on("/words", "")
    caller.dial(LINE)
    caller.hears("(beep)")
    caller.says("My printer is on fire, and so is the desk.")
    caller.press("#")
    exchange.pass_time(20)
    assert application.to("/words") == []
    exchange.pass_time(20)
    (told,) = [request.form for request in application.to("/words")]
    assert (told["TranscriptionStatus"], told["CallSid"]) == ("completed", caller.call_sid)
    assert told["TranscriptionText"] == "My printer is on fire, and so is the desk."
    assert told["RecordingSid"] == application.to("/recorded")[0].form["RecordingSid"]
    exchange.nothing_else_happens()


def test_the_queued_caller_is_told_who_takes_him(exchange, application, caller, first):
    application.on("/voice", "<Enqueue>support</Enqueue><Say>Thank you for waiting.</Say>")
    application.on("/take", '<Dial action="/done"><Queue url="/told">support</Queue></Dial>')
    application.on("/told", "<Say>You are connected to Ada.</Say>")
    application.on("/done", "")
    exchange.line(OTHER_LINE, voice_url=application.url + "/take")
    caller.dial(LINE)
    caller.hears("(hold music)")
    first.dial(OTHER_LINE)
    caller.hears("connected to Ada")
    caller.talks_to(first)
    exchange.pass_time(20)
    first.hang_up()
    caller.hears("Thank you for waiting")
    over(exchange, caller)
    told = application.to("/told")[0].form
    assert (told["CallSid"], told["DequeingCallSid"]) == (caller.call_sid, first.call_sid)


def test_a_talk_out_of_a_queue_ends_at_its_time_limit(exchange, application, caller, first):
    application.on("/voice", "<Enqueue>support</Enqueue><Say>Thank you for waiting.</Say>")
    application.on("/take", '<Dial timeLimit="60" action="/done"><Queue>support</Queue></Dial>')
    application.on("/done", "<Say>That was a minute.</Say>")
    exchange.line(OTHER_LINE, voice_url=application.url + "/take")
    caller.dial(LINE)
    caller.hears("(hold music)")
    first.dial(OTHER_LINE)
    caller.talks_to(first)
    exchange.pass_time(55)
    assert caller.is_talking_to(first)
    caller.hears("Thank you for waiting", within=10)
    first.hears("That was a minute")
    over(exchange, caller)


def test_a_talk_out_of_a_queue_is_recorded_from_the_bridge_on(exchange, application, caller, first):
    application.on("/voice", "<Enqueue>support</Enqueue>")
    record = 'record="record-from-answer-dual" recordingStatusCallback="/recorded"'
    application.on("/take", f'<Say>One moment, I put you through.</Say><Dial {record}><Queue>support</Queue></Dial>')
    application.on("/recorded", "")
    exchange.line(OTHER_LINE, voice_url=application.url + "/take")
    caller.dial(LINE)
    caller.hears("(hold music)")
    first.dial(OTHER_LINE)
    caller.talks_to(first)
    exchange.pass_time(30)
    caller.hang_up()
    over(exchange, caller, first)
    recorded = application.to("/recorded")[0].form
    assert (recorded["RecordingSource"], recorded["RecordingChannels"]) == ("DialVerb", "2")
    assert recorded["RecordingDuration"] == "30"
    assert recorded["CallSid"] == first.call_sid


def test_an_empty_queue_is_waited_for(exchange, application, caller, first):
    application.on("/voice", "<Enqueue>support</Enqueue>")
    application.on("/take", '<Dial timeout="20" action="/done"><Queue>support</Queue></Dial>')
    application.on("/done", "<Say>Nobody waits.</Say>")
    exchange.line(OTHER_LINE, voice_url=application.url + "/take")
    first.dial(OTHER_LINE)
    exchange.pass_time(10)
    caller.dial(LINE)
    caller.talks_to(first)
    caller.hang_up()
    first.hears("Nobody waits")
    first.call_ends()
    first.dial(OTHER_LINE)
    first.hears("Nobody waits")
    over(exchange, first)
    assert [asked.form["DialCallStatus"] for asked in application.to("/done")] == ["completed", "no-answer"]


def test_a_waiting_document_may_gather_and_is_asked_again(exchange, application, caller):
    application.on("/voice", '<Enqueue waitUrl="/wait" action="/out">support</Enqueue>')
    wait = '<Gather numDigits="1" action="/leave" timeout="2"><Say>Press 1 to leave.</Say></Gather>'
    application.on("/wait", wait)
    application.on("/leave", "<Leave/>")
    application.on("/out", "<Say>You left the queue.</Say>")
    caller.dial(LINE)
    caller.hears("Press 1")
    caller.hears("Press 1")
    caller.press("1")
    caller.hears("left the queue")
    over(exchange, caller)
    waited = [asked.form for asked in application.to("/wait")]
    assert [form["QueuePosition"] for form in waited] == ["1"] * len(waited)
    assert int(waited[1]["QueueTime"]) > int(waited[0]["QueueTime"])


def test_a_sip_leg_is_referred(exchange, application):
    desk = exchange.handset("sip:desk@example.com")
    exchange.handset("sip:boss@example.com")
    application.on("/voice", '<Refer action="/referred"><Sip>sip:boss@example.com</Sip></Refer>')
    application.on("/referred", "")
    desk.dial(LINE)
    over(exchange, desk)
    told = application.to("/referred")[0].form
    assert (told["ReferCallStatus"], told["NotifySipResponseCode"]) == ("completed", "200")


def test_only_sip_legs_are_referred(exchange, application, caller):
    application.on("/voice", "<Refer><Sip>sip:boss@example.com</Sip></Refer><Say>Still here.</Say>")
    exchange.expect_alert(12200)
    caller.dial(LINE)
    caller.hears("Still here")
    over(exchange, caller)


def test_a_screening_document_that_fails_accepts_nobody(exchange, application, caller, first):
    application.on("/voice", f'<Dial action="/after"><Number url="/whisper">{FIRST}</Number></Dial>')
    application.on("/whisper", Reply(status=500))
    application.on("/after", "")
    first.answers_after(1)
    exchange.expect_alert(11200)
    caller.dial(LINE)
    first.hears("application error")
    over(exchange, caller, first)
    assert application.to("/after")[0].form["DialBridged"] == "false"
