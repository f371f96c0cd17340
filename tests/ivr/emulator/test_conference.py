"""The hold pattern and all that a conference can do by REST, through the official Python library."""

import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.rest import Client

LINE, CALLER, FIRST = "+12025550150", "+12025550123", "+12025550101"
HOLD = '<Dial action="/after"><Conference startConferenceOnEnter="false" waitUrl="/wait" {}>hold</Conference></Dial>'
NOTICES = (
    'endConferenceOnExit="true" statusCallback="/room" '
    'statusCallbackEvent="start end join leave mute hold modify announcement"'
)


@pytest.fixture
def api(exchange):
    client = Client(exchange.office.account_sid, exchange.office.auth_token)
    client.api.base_url = exchange.api_url
    yield client
    client.http_client.session.close()


@pytest.fixture
def held(exchange, application, caller, api):
    """The caller waits in a conference of his own."""
    application.on("/voice", HOLD.format(NOTICES))
    application.on("/wait", "<Say>We are looking for somebody.</Say><Play>/music.mp3</Play><Redirect/>")
    application.on("/room", "")
    application.on("/after", "<Say>Was it resolved?</Say>")
    caller.dial(LINE)
    caller.hears("looking for somebody")
    return api.conferences.list(friendly_name="hold", status="init")[0]


def test_the_manager_is_called_in_and_the_caller_goes_on_afterwards(exchange, application, caller, first, api, held):
    called = api.conferences(held.sid).participants.create(
        from_=LINE, to=FIRST, label="Level 1", end_conference_on_exit=True, beep="false"
    )
    assert (called.conference_sid, called.status) == (held.sid, "queued")
    first.rings()
    first.answer()
    caller.talks_to(first)
    assert api.conferences(held.sid).fetch().status == "in-progress"
    first.says("I am on it.")
    caller.hears("I am on it")
    first.hang_up()
    caller.hears("resolved")
    caller.call_ends()
    exchange.nothing_else_happens()
    kinds = [asked.form["StatusCallbackEvent"] for asked in application.to("/room")]
    assert kinds == [
        "participant-join", "participant-join", "conference-start",
        "participant-leave", "participant-leave", "conference-end",
    ]  # fmt: skip
    numbers = [asked.form["SequenceNumber"] for asked in application.to("/room")]
    assert numbers == [str(number) for number in range(6)]
    over = application.to("/room")[-1].form
    assert over["ReasonConferenceEnded"] == "participant-with-end-conference-on-exit-left"
    assert over["CallSidEndingConference"] == called.call_sid


def test_progress_words_and_another_document_while_holding(exchange, application, caller, api, held):
    application.on("/words", "<Say>We are calling Level 2 now.</Say>")
    application.on("/sorry", "<Say>Nobody could be reached.</Say>")
    api.conferences(held.sid).update(announce_url=application.url + "/words")
    caller.hears("Level 2 now")
    api.calls(caller.call_sid).update(url=application.url + "/sorry")
    caller.hears("Nobody could be reached")
    caller.call_ends()
    exchange.nothing_else_happens()
    assert "announcement-end" in [asked.form["StatusCallbackEvent"] for asked in application.to("/room")]


def test_a_placed_call_is_screened_by_its_own_document_before_it_joins(exchange, application, caller, first, api, held):
    application.on("/whisper", '<Gather numDigits="1" action="/join"><Say>Press 1 to join.</Say></Gather><Hangup/>')
    application.on("/join", "<Dial><Conference>hold</Conference></Dial>")
    application.on("/progress", "")
    call = api.calls.create(
        to=FIRST, from_=LINE, url=application.url + "/whisper", timeout=20,
        status_callback=application.url + "/progress",
        status_callback_event=["initiated", "ringing", "answered", "completed"],
    )  # fmt: skip
    assert call.status == "queued"
    first.rings()
    assert api.calls(call.sid).fetch().status == "ringing"
    first.answer()
    first.hears("Press 1")
    first.press("1")
    caller.talks_to(first)
    caller.hang_up()
    first.call_ends()
    exchange.nothing_else_happens()
    told = [asked.form["CallStatus"] for asked in application.to("/progress")]
    assert told == ["initiated", "ringing", "in-progress", "completed"]
    assert application.to("/whisper")[0].form["Direction"] == "outbound-api"


def test_mute_hold_and_show_out(exchange, application, caller, first, api, held):
    application.on("/hold", "<Say>Please hold the line.</Say>")
    api.conferences(held.sid).participants.create(from_=LINE, to=FIRST, label="boss")
    first.answers_after(1)
    first.rings()
    caller.talks_to(first)
    room = api.conferences(held.sid)
    assert room.participants("boss").update(muted=True).muted is True
    assert caller.is_talking_to(first) is False
    assert first.is_talking_to(caller) is True
    room.participants("boss").update(muted=False)
    assert room.participants(caller.call_sid).update(hold=True, hold_url=application.url + "/hold").hold is True
    caller.hears("hold the line")
    assert first.is_talking_to(caller) is False
    room.participants(caller.call_sid).update(hold=False)
    caller.talks_to(first)
    assert [one.label for one in room.participants.list()] == [None, "boss"]
    assert room.participants("boss").delete() is True
    first.call_ends()
    caller.hang_up()
    exchange.nothing_else_happens()
    with pytest.raises(TwilioRestException) as nobody:
        room.participants("boss").fetch()
    assert (nobody.value.status, nobody.value.code) == (404, 20404)


def test_a_label_in_use_is_refused(exchange, caller, first, api, held):
    with pytest.raises(TwilioRestException) as missing:
        api.conferences(held.sid).participants.create(from_=LINE, to="not a number")
    assert missing.value.code == 21211
    api.conferences(held.sid).participants.create(from_=LINE, to=FIRST, label="boss")
    first.rings()
    first.answer()
    caller.talks_to(first)
    with pytest.raises(TwilioRestException) as taken:
        api.conferences(held.sid).participants.create(from_=LINE, to="+12025550102", label="boss")
    assert taken.value.code == 16025
    assert api.conferences(held.sid).update(status="completed").status == "completed"
    caller.hears("resolved")
    caller.call_ends()
    exchange.nothing_else_happens()


@pytest.mark.parametrize(("document", "code"), [("<Dial>+12025550102</Dial>", 13238), (None, 11200)])
def test_a_wait_document_that_is_no_use_ends_the_wait(exchange, application, caller, document, code):
    application.on("/voice", HOLD.format("") + "<Say>Never: the action is asked.</Say>")
    if document is not None:
        application.on("/wait", document)
    application.on("/after", "<Say>After.</Say>")
    exchange.expect_alert(code)
    caller.dial(LINE)
    caller.hears("After")
    caller.call_ends()
    exchange.nothing_else_happens()


def test_star_leaves_a_conference(exchange, application, caller, first):
    room = '<Dial hangupOnStar="true" action="/after"><Conference>open</Conference></Dial>'
    application.on("/voice", room)
    application.on("/after", "<Say>You left.</Say>")
    caller.dial(LINE)
    first.dial(LINE)
    caller.talks_to(first)
    caller.press("*")
    caller.hears("You left")
    first.press("*")
    first.hears("You left")
    caller.call_ends()
    first.call_ends()
    exchange.nothing_else_happens()


def test_a_coach_is_heard_by_one_only(exchange, application, caller, first, second):
    boss = exchange.handset("+12025550103", name="boss")
    application.on("/voice", "<Dial><Conference>sales</Conference></Dial>")
    application.on("/coach", lambda asked: f'<Dial><Conference coach="{first.call_sid}">sales</Conference></Dial>')
    exchange.line("+12025550151", voice_url=application.url + "/coach")
    caller.dial(LINE)
    first.dial(LINE)
    caller.talks_to(first)
    boss.dial("+12025550151")
    exchange.pass_time(1)
    boss.says("Offer a discount.")
    assert first.heard[-1] == "Offer a discount."
    assert "Offer a discount." not in caller.heard
    for handset in (boss, caller, first):
        handset.hang_up()
    exchange.nothing_else_happens()
