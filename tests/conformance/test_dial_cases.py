"""Dial and screening, case by case (twiml_cases.json)."""

from ivr.emulator.happenings import Rang

LINE, CALLER, FIRST, SECOND, THIRD = "+12025550150", "+12025550123", "+12025550101", "+12025550102", "+12025550103"
WATCHED = (
    f'<Dial action="/after"><Number statusCallback="/progress" {{}}>{FIRST}</Number></Dial>'
)
SCREENED = f'<Dial action="/after"><Number url="/whisper">{FIRST}</Number></Dial>'
WHISPER = '<Gather action="/accept" numDigits="1"><Say>Press 1.</Say></Gather><Hangup/>'


def ends(exchange, application, caller):
    """What the Dial's action was told, once the story is over."""
    caller.call_ends()
    exchange.nothing_else_happens()
    return application.to("/after")[0].form


def test_d02_defaults(exchange, application, caller, first):
    application.on("/voice", f'<Dial action="/after">{FIRST}</Dial>')
    application.on("/after", "")
    first.no_answer()
    caller.dial(LINE)
    first.rings()
    assert first.phone.last_leg.sender == CALLER
    began = exchange.now()
    first.stops_ringing()
    assert 30 <= (exchange.now() - began).total_seconds() <= 35
    assert ends(exchange, application, caller)["DialCallStatus"] == "no-answer"


def test_d07_caller_id(exchange, application, caller, first):
    exchange.line("+12025550199", voice_url=application.url + "/voice")
    application.on("/voice", f'<Dial action="/after" callerId="+12025550199">{FIRST}</Dial>')
    application.on("/after", "")
    first.declines_after(1)
    caller.dial(LINE)
    assert ends(exchange, application, caller)["DialCallStatus"] == "busy"
    assert [rang.caller for rang in exchange.happenings if isinstance(rang, Rang)] == ["+12025550199"]


def test_d07_a_foreign_caller_id_is_refused(exchange, application, caller, first):
    application.on("/voice", f'<Dial action="/after" callerId="+12025550999">{FIRST}</Dial>')
    application.on("/after", "")
    caller.dial(LINE)
    exchange.expect_alert(13214)
    assert ends(exchange, application, caller)["DialCallStatus"] == "failed"


def test_d09_no_answer(exchange, application, caller, first):
    application.on("/voice", f'<Say>Please hold.</Say><Dial action="/after" timeout="10">{FIRST}</Dial>')
    application.on("/after", "")
    first.no_answer()
    caller.dial(LINE)
    told = ends(exchange, application, caller)
    assert (told["DialCallStatus"], told["DialBridged"], told["CallStatus"]) == ("no-answer", "false", "in-progress")
    assert told["DialCallSid"].startswith("CA")
    assert "DialCallDuration" not in told


def test_d10_busy(exchange, application, caller, first):
    application.on("/voice", f'<Dial action="/after">{FIRST}</Dial>')
    application.on("/after", "")
    first.be_busy()
    caller.dial(LINE)
    assert ends(exchange, application, caller)["DialCallStatus"] == "busy"


def test_d11_unroutable(exchange, application, caller):
    application.on("/voice", '<Dial action="/after">+12025550666</Dial>')
    application.on("/after", "")
    caller.dial(LINE)
    assert ends(exchange, application, caller)["DialCallStatus"] == "failed"


def test_d14_one_dial_after_another(exchange, application, caller, first, second):
    third = exchange.handset(THIRD)
    application.on("/voice", "".join(f'<Dial timeout="3">{number}</Dial>' for number in (FIRST, SECOND, THIRD)))
    first.no_answer()
    caller.dial(LINE)
    first.rings()
    second.rings()
    second.answer()
    caller.talks_to(second)
    caller.hang_up()
    exchange.nothing_else_happens()
    assert third.call_sid is None


def test_d16_hang_up_on_star(exchange, application, caller, first):
    application.on("/voice", f'<Dial action="/after" hangupOnStar="true">{FIRST}</Dial>')
    application.on("/after", "<Say>And now?</Say>")
    first.answers_after(1)
    caller.dial(LINE)
    caller.talks_to(first)
    caller.press("23*45")
    assert first.state == "idle"
    caller.hears("And now")
    assert ends(exchange, application, caller)["DialCallStatus"] == "completed"


def test_d18_all_progress(exchange, application, caller, first):
    application.on("/voice", WATCHED.format('statusCallbackEvent="initiated ringing answered completed"'))
    application.on("/progress", "")
    application.on("/after", "")
    first.answers_after(2)
    caller.dial(LINE)
    caller.talks_to(first)
    first.hang_up()
    ends(exchange, application, caller)
    told = sorted((asked.form for asked in application.to("/progress")), key=lambda form: form["SequenceNumber"])
    assert [form["CallStatus"] for form in told] == ["initiated", "ringing", "in-progress", "completed"]
    assert [form["SequenceNumber"] for form in told] == ["0", "1", "2", "3"]
    assert {form["ParentCallSid"] for form in told} == {caller.call_sid}
    assert {form["CallbackSource"] for form in told} == {"call-progress-events"}
    assert [("CallDuration" in form) for form in told] == [False, False, False, True]


def test_d19_only_completed(exchange, application, caller, first):
    application.on("/voice", WATCHED.format(""))
    application.on("/progress", "")
    application.on("/after", "")
    first.be_busy()
    caller.dial(LINE)
    ends(exchange, application, caller)
    told = [asked.form for asked in application.to("/progress")]
    assert [(form["CallStatus"], form["SequenceNumber"]) for form in told] == [("busy", "0")]


def test_s02_accepting(exchange, application, caller, first):
    application.on("/voice", SCREENED)
    application.on("/whisper", WHISPER)
    application.on("/accept", "")
    application.on("/after", "")
    first.answers_after(2)
    caller.dial(LINE)
    first.hears("Press 1")
    first.press("1")
    caller.talks_to(first)
    first.hang_up()
    told = ends(exchange, application, caller)
    assert (told["DialBridged"], told["DialCallStatus"]) == ("true", "completed")
    screening = application.to("/whisper")[0].form
    assert (screening["Direction"], screening["ParentCallSid"]) == ("outbound-dial", told["CallSid"])
    assert screening["CallSid"] == told["DialCallSid"]


def test_s04_no_dial_while_screening(exchange, application, caller, first, second):
    application.on("/voice", SCREENED)
    application.on("/whisper", f"<Dial>{SECOND}</Dial>")
    application.on("/after", "")
    first.answers_after(2)
    caller.dial(LINE)
    exchange.expect_alert(13201)
    assert ends(exchange, application, caller)["DialBridged"] == "false"
    assert 13201 in [alert.code for alert in exchange.debugger]
    assert second.call_sid is None


def test_s06_a_mailbox_wins_a_simultaneous_hunt(exchange, application, caller, first, second):
    nouns = "".join(f'<Number url="/whisper">{number}</Number>' for number in (FIRST, SECOND))
    application.on("/voice", f'<Dial action="/after">{nouns}</Dial>')
    application.on("/whisper", WHISPER)
    application.on("/after", "")
    first.be_mailbox(after=1)
    caller.dial(LINE)
    second.rings()
    first.hears("Press 1")
    assert second.state == "idle"
    told = ends(exchange, application, caller)
    assert (told["DialCallStatus"], told["DialBridged"]) == ("completed", "false")
