"""The story-teller's telephone: it waits, matches, and complains with the transcript."""

import re

import pytest

from tests.ivr.emulator.scripted import Reply

LINE, FIRST = "+12025550150", "+12025550101"


def test_hearing_goes_on_behind_the_last_match(application, caller):
    application.on("/voice", "<Say>One two one.</Say><Say>One again.</Say>")
    caller.dial(LINE)
    assert caller.hears("one") == "One two one."
    assert caller.hears("ONE") == "One two one."
    assert caller.hears(re.compile(r"One \w+")) == "One again."
    with pytest.raises(AssertionError, match="One again"):
        caller.hears("one")


def test_blanks_between_words_do_not_matter(application, caller):
    application.on("/voice", "<Say>4 8  2\n1 3</Say>")
    caller.dial(LINE)
    caller.hears("4 8 2 1 3")


def test_a_story_that_goes_differently_shows_the_transcript(application, caller):
    application.on("/voice", "<Say>Good morning.</Say>")
    caller.dial(LINE)
    with pytest.raises(AssertionError, match=r"caller: never heard .*evening.*\n.*Good morning"):
        caller.hears("good evening")


def test_actions_that_are_impossible(caller, first):
    with pytest.raises(RuntimeError, match="not on a call"):
        caller.press("1")
    with pytest.raises(RuntimeError, match="not ringing"):
        first.answer()


def test_a_number_not_in_service(caller):
    caller.dial("+12025550999")
    assert caller.state == "idle"


def test_only_real_addresses(exchange):
    with pytest.raises(ValueError, match="client: or sip:"):
        exchange.handset("0221 4711")


def test_a_person_who_presses_by_himself(exchange, application, caller, first):
    application.on("/voice", f'<Dial><Number url="/whisper">{FIRST}</Number></Dial>')
    application.on("/whisper", '<Gather numDigits="1" action="/ok"><Say>Press 1 to accept.</Say></Gather><Hangup/>')
    application.on("/ok", "")
    first.answers_after(2)
    first.when_hears("press 1", press="1")
    caller.dial(LINE)
    caller.talks_to(first)
    caller.says("Thank you.")
    assert first.heard == ["Press 1 to accept.", "Thank you."]
    caller.hang_up()
    exchange.nothing_else_happens()


def test_a_mailbox_listens_and_gives_up(exchange, application, caller, first):
    application.on("/voice", f"<Dial>{FIRST}</Dial>")
    first.be_mailbox("Not here.")
    caller.dial(LINE)
    caller.hears("Not here")
    caller.call_ends()
    exchange.nothing_else_happens()


def test_gather_takes_speech(exchange, application, caller):
    speech = '<Gather input="dtmf speech" action="/r" partialResultCallback="/part"><Say>Your name?</Say></Gather>'
    application.on("/voice", speech)
    application.on("/r", "")
    application.on("/part", "")
    caller.dial(LINE)
    caller.hears("Your name")
    caller.says("Ada Lovelace")
    caller.call_ends()
    assert application.to("/r")[0].form["SpeechResult"] == "Ada Lovelace"
    assert application.to("/part")[0].form["UnstableSpeechResult"] == "Ada Lovelace"
    assert 0 < float(application.to("/r")[0].form["Confidence"]) <= 1


def test_something_else_that_happens_is_noticed(exchange, application, caller):
    application.on("/voice", '<Pause length="600"/>')
    caller.dial(LINE)
    with pytest.raises(AssertionError, match="still live"):
        exchange.nothing_else_happens()
    caller.hang_up()


def test_an_unexpected_alert_is_noticed(exchange, application, caller):
    application.on("/voice", "<Foobar/>")
    caller.dial(LINE)
    caller.call_ends()
    with pytest.raises(AssertionError, match="12200"):
        exchange.nothing_else_happens()
    exchange.expect_alert(12200)
    exchange.nothing_else_happens()


def test_subscribers_are_told_and_may_leave(exchange, application, caller):
    application.on("/voice", "<Say>Hello.</Say>")
    seen = []
    leave = exchange.subscribe(lambda happening: seen.append(type(happening).__name__))
    caller.dial(LINE)
    caller.call_ends()
    exchange.pass_time(1)
    assert seen == ["Dialled", "WebhookMade", "Answered", "Spoke", "Ended", "WebhookMade"]
    leave()
    caller.dial(LINE)
    assert len(seen) == 6
    caller.hang_up()


@pytest.mark.parametrize(("reply", "texts"), [
    ("<Message>One</Message><Message><Body>Two</Body></Message>", ["One", "Two"]), ("", []),
    (Reply(body="Plain", headers={"Content-Type": "text/plain"}), ["Plain"]),
])  # fmt: skip
def test_a_text_message_is_answered(exchange, application, caller, reply, texts):
    exchange.line(LINE, voice_url=application.url, sms_url=application.on("/sms", reply))
    caller.texts(LINE, "Where is my ticket?")
    exchange.nothing_else_happens()
    asked = application.to("/sms")[0]
    assert (asked.form["Body"], asked.form["From"]) == ("Where is my ticket?", caller.number)
    assert [message.text for message in caller.messages] == texts


@pytest.mark.parametrize(("reply", "code"), [(Reply(status=500), 11200), (Reply(body="<oops"), 12100)])
def test_a_text_message_that_cannot_be_answered(exchange, application, caller, reply, code):
    exchange.line(LINE, voice_url=application.url, sms_url=application.on("/sms", reply))
    caller.texts(LINE, "Hello?")
    exchange.expect_alert(code)
    exchange.nothing_else_happens()
    assert caller.messages == []


@pytest.mark.parametrize(("act", "complaint"), [
    (lambda one: one.dial("+12025550150"), r"caller cannot call \+12025550150: it is already on a call\."),
    (lambda one: one.press("12x"), r"A telephone has no key x: 0-9, \*, #, A-D, and w to wait\."),
    (lambda one: one.answer(), r"caller is not ringing: there is nothing to answer or decline\."),
    (lambda one: one.texts("+12025550199", "Hi"), r"caller cannot text \+12025550199: no line of the account has"),
])  # fmt: skip
def test_what_makes_no_sense_is_refused_with_a_sentence(application, caller, act, complaint):
    application.on("/voice", "<Pause length='60'/><Say>Hello?</Say>")
    caller.dial("+12025550150")
    with pytest.raises((RuntimeError, ValueError), match=complaint):
        act(caller)


def test_keys_and_words_without_a_call_are_refused_with_what_was_heard(caller):
    with pytest.raises(RuntimeError, match=r"caller cannot press a key: it is not on a call\. Heard:\n  \(nothing\)"):
        caller.press("1")
    with pytest.raises(RuntimeError, match=r"caller cannot speak: it is not on a call\."):
        caller.says("Hello?")
