"""Answers as TwiML: whatever text they carry, documents parse, nest legally, and stay below the carrier's limits."""

import wave
from dataclasses import replace
from datetime import timedelta
from importlib.resources import files
from typing import Any
from xml.etree.ElementTree import Element, canonicalize

import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import given
from hypothesis import strategies as st
from twilio.twiml.voice_response import VoiceResponse

from flows.escalation_line import line
from flows.flow import union_members
from flows.turn import (
    AwaitRingEnd,
    AwaitTalkEnd,
    Bridge,
    Forward,
    HangUp,
    Hold,
    JoinCaller,
    LeaveHold,
    Listen,
    ListenOnHold,
    Record,
    Ring,
    Wait,
    Watch,
)
from ivr.emulator.lint import lint
from ivr.line.answer import Answer, OneMoment
from ivr.line.links import Link, Links, Page
from ivr.line.speech import Spoken, speak
from ivr.line.voices import VOICES
from ivr.telephony.twiml import NOT_XML, IllegalDocument, TwimlRenderer, checked, written
from tests.flows.anything import escalations, unhurried
from tests.flows.test_any_conversation import Walk
from tests.ivr.telephony.site import BASE_URL

LINKS = Links("s" * 32, BASE_URL)
RENDERER = TwimlRenderer(BASE_URL, LINKS)
LARGEST = 64 * 1024
"""Bytes of a document that the carrier accepts."""
LONGEST_SAY = 4096
"""Characters in one Say that the carrier accepts."""

RING = Ring(
    number="+12025550101",
    ring_seconds=25,
    talk_limit=timedelta(minutes=60),
    rank=1,
    title="Level 1",
    name="Dana",
    language="en",
)
RECORD = Record(longest=timedelta(minutes=2), silence=timedelta(seconds=5))
WAITS: list[Wait | OneMoment] = [
    Listen(),
    Listen(digits=1, seconds=4),
    RING,
    Hold(ring=(RING,)),
    RECORD,
    Hold(joining=True),
    Hold(seconds=4),
    ListenOnHold(),
    Watch(),
    Watch(seconds=0),
    LeaveHold(),
    JoinCaller(talk_limit=timedelta(minutes=60)),
    Forward(number="+12025550199"),
    OneMoment(),
    AwaitRingEnd(),
    AwaitTalkEnd(),
    HangUp(),
    Bridge(),
]
words = st.text(st.characters(), max_size=500)
spoken = st.lists(st.builds(Spoken, language=st.sampled_from(sorted(VOICES)), text=words), max_size=6).map(tuple)


def answer(
    wait: Wait | OneMoment, *said: Spoken, screening: bool = False, ring: int | None = 7, on_hold: bool = False
) -> Answer:
    """An answer of turn 3."""
    return Answer(
        said=said,
        wait=wait,
        next_turn=4,
        line="+12025550150",
        ring=ring,
        screening=screening,
        exit_turn=5,
        on_hold=on_hold,
        queue="attempt-9",
    )


def rendered(wait: Wait | OneMoment, *said: Spoken, **others: Any) -> Element:
    """The parsed document."""
    root: Element = fromstring(RENDERER.document(answer(wait, *said, **others)))
    return root


def shape(root: Element) -> list[str]:
    """The verbs in order, nested ones behind a slash."""
    return [path for verb in root for path in [verb.tag, *(f"{verb.tag}/{noun.tag}" for noun in verb)]]


@unhurried
@given(st.sampled_from(WAITS), spoken, st.booleans(), st.booleans())
def test_every_document_parses_and_keeps_to_the_vendors_schema(
    wait: Wait | OneMoment, said: tuple[Spoken, ...], screening: bool, on_hold: bool
) -> None:
    document = RENDERER.document(answer(wait, *said, screening=screening, on_hold=on_hold))

    assert len(document.encode("utf-8")) <= LARGEST
    assert [complaint.text for complaint in lint(fromstring(document))] == []


@unhurried
@given(st.sampled_from(WAITS), spoken, st.booleans())
def test_every_address_in_a_document_is_absolute(
    wait: Wait | OneMoment, said: tuple[Spoken, ...], on_hold: bool
) -> None:
    root = rendered(wait, *said, on_hold=on_hold)

    names = ("action", "url", "statusCallback", "waitUrl")
    addresses = [node.get(name) for node in root.iter() for name in names if node.get(name)]
    addresses += [node.text for node in root.iter("Redirect")]
    assert all(address and address.startswith(f"{BASE_URL}/voice/") for address in addresses)
    assert all((play.text or "").startswith(f"{BASE_URL}/static/") for play in root.iter("Play"))


def test_every_kind_of_waiting_is_among_those_rendered_here() -> None:
    assert {type(wait) for wait in WAITS} == union_members(Wait) | {OneMoment}


IN_A_QUEUE = {"Say", "Play", "Gather", "Redirect", "Leave", "Hangup", "Pause"}
"""Verbs the carrier obeys in a document that is heard in a queue; any other is an error there."""


@unhurried
@given(st.sampled_from([wait for wait in WAITS if isinstance(wait, Hold | ListenOnHold | LeaveHold | HangUp)]), spoken)
def test_on_hold_only_what_a_queue_can_play_is_said(wait: Wait, said: tuple[Spoken, ...]) -> None:
    root = rendered(wait, *said, on_hold=True)

    assert {node.tag for node in root.iter()} - {"Response"} <= IN_A_QUEUE


def test_a_caller_goes_on_hold_into_the_attempts_own_queue() -> None:
    (enqueue,) = rendered(Hold(ring=(RING,)))

    assert enqueue.text == "attempt-9"
    assert enqueue.attrib == {
        "action": f"{BASE_URL}/voice/turn/5",
        "method": "POST",
        "waitUrl": f"{BASE_URL}/voice/turn/4",
        "waitUrlMethod": "POST",
    }


def test_on_hold_words_and_music_can_be_interrupted_by_any_key_and_then_the_line_looks_again() -> None:
    root = rendered(Hold(seconds=4), Spoken("en", "I am still ringing."), on_hold=True)
    gather, redirect = root

    assert shape(root) == ["Gather", "Gather/Say", "Gather/Play", "Redirect"]
    assert gather.attrib == {
        "action": f"{BASE_URL}/voice/turn/4",
        "finishOnKey": "",
        "input": "dtmf",
        "method": "POST",
        "numDigits": "1",
        "timeout": "1",
    }
    assert gather[1].text == f"{BASE_URL}/static/hold-music-4.wav"
    assert redirect.text == f"{BASE_URL}/voice/turn/4"


@pytest.mark.parametrize("seconds", [Hold().seconds, 4])
def test_there_is_music_of_that_length(seconds: int) -> None:
    with wave.open(str(files("ivr.telephony") / "static" / f"hold-music-{seconds}.wav")) as music:
        assert music.getnframes() == seconds * music.getframerate()


def test_on_hold_every_key_even_pound_is_an_answer() -> None:
    gather, redirect = rendered(ListenOnHold(), Spoken("en", "To keep waiting, press 1."), on_hold=True)

    assert (gather.get("finishOnKey"), gather.get("numDigits")) == ("", "1")
    assert gather.get("actionOnEmptyResult") == "true"
    assert redirect.text == f"{BASE_URL}/voice/turn/4"


def test_leaving_hold_is_the_last_verb() -> None:
    assert shape(rendered(LeaveHold(), Spoken("en", "One moment, please."), on_hold=True)) == ["Say", "Leave"]


def test_what_is_said_after_the_tone_is_recorded_and_told_twice_so_that_one_may_be_lost() -> None:
    say, record, redirect = rendered(RECORD, Spoken("en", "What you say now is recorded."))

    assert (say.tag, redirect.tag) == ("Say", "Redirect")
    assert record.attrib == {
        "action": f"{BASE_URL}/voice/turn/4",
        "finishOnKey": "#",
        "maxLength": "120",
        "method": "POST",
        "playBeep": "true",
        "recordingStatusCallback": f"{BASE_URL}/voice/recording",
        "recordingStatusCallbackMethod": "POST",
        "timeout": "5",
    }


def test_a_talk_is_recorded_on_two_channels_only_where_it_was_agreed() -> None:
    (dial,) = rendered(JoinCaller(talk_limit=timedelta(minutes=60)), screening=True, ring=7)
    assert dial.get("record") is None

    (dial,) = rendered(JoinCaller(talk_limit=timedelta(minutes=60), recorded=True), screening=True, ring=7)
    assert dial.get("record") == "record-from-answer-dual"
    assert dial.get("recordingStatusCallback") == f"{BASE_URL}/voice/talk/7"


def test_a_transcription_is_asked_for_only_where_it_is_wanted() -> None:
    _, record, _ = rendered(replace(RECORD, transcribe=True), Spoken("en", "What you say now is recorded."))

    assert record.get("transcribe") == "true"
    assert record.get("transcribeCallback") == f"{BASE_URL}/voice/transcription"


def test_a_recording_is_played_between_the_sentences_from_a_signed_address_of_ours() -> None:
    root = rendered(Listen(), Spoken("en", "This is your message.", 5), Spoken("en", "To keep it, press 1."))

    assert shape(root)[:4] == ["Gather", "Gather/Say", "Gather/Play", "Gather/Say"]
    token = (root[0][1].text or "").removeprefix(f"{BASE_URL}/desk/").removesuffix("/sound.wav")
    assert LINKS.read(token) == Link(page=Page.LISTEN, about=5)


def test_a_manager_joins_the_callers_queue_and_star_brings_the_manager_back() -> None:
    (dial,) = rendered(JoinCaller(talk_limit=timedelta(minutes=60)), screening=True)

    assert dial.attrib == {
        "action": f"{BASE_URL}/voice/screening/7/turn/4",
        "hangupOnStar": "true",
        "method": "POST",
        "timeLimit": "3600",
        "timeout": "5",
    }
    assert [(noun.tag, noun.text, noun.attrib) for noun in dial] == [("Queue", "attempt-9", {})]


@unhurried
@given(st.data(), escalations)
def test_every_turn_of_every_conversation_stays_below_the_carriers_limits(data: st.DataObject, call: Any) -> None:
    walk = Walk(data, line, call)
    walk.wanders()

    for language in VOICES:
        said = tuple(speak(prompt, language) for _, turn in walk.turns[-6:] for prompt in turn.say)
        document = RENDERER.document(answer(Listen(), *said))
        assert len(document.encode("utf-8")) <= LARGEST
        assert all(len(say.text or "") <= LONGEST_SAY for say in fromstring(document).iter("Say"))


@pytest.mark.parametrize(
    "text", ["\x00", "\x07bell", "\ud800", "\udfff\ud800", "￾￿", "\x1b[31m", "]]>", "<Dial>", "&amp;", '"'], ids=ascii
)
def test_text_from_outside_is_only_ever_text(text: str) -> None:
    root = rendered(HangUp(), Spoken("en", f"before{text}after"))

    assert shape(root) == ["Say", "Hangup"]
    said = root[0].text or ""
    assert said.startswith("before")
    assert said.endswith("after")


def test_keys_are_gathered_with_words_inside_so_that_they_interrupt_them() -> None:
    root = rendered(Listen(), Spoken("en", "Please key in your ticket number."))

    assert shape(root) == ["Gather", "Gather/Say", "Redirect"]


def test_a_gather_says_where_keys_and_silence_go_and_a_redirect_follows_for_the_worst() -> None:
    gather, redirect = rendered(Listen(), Spoken("en", "Please."))

    assert gather.attrib == {
        "action": f"{BASE_URL}/voice/turn/4",
        "actionOnEmptyResult": "true",
        "finishOnKey": "#",
        "input": "dtmf",
        "method": "POST",
        "timeout": "6",
    }
    assert redirect.text == f"{BASE_URL}/voice/turn/4"
    assert redirect.get("method") == "POST"


def test_a_menu_ends_with_its_one_key() -> None:
    gather, _ = rendered(Listen(digits=1, seconds=4))

    assert gather.get("numDigits") == "1"
    assert gather.get("timeout") == "4"


def test_a_managers_turns_come_back_to_the_managers_conversation() -> None:
    gather, redirect = rendered(Listen(digits=1), screening=True)

    assert gather.get("action") == redirect.text == f"{BASE_URL}/voice/screening/7/turn/4"


def test_a_ring_dials_one_number_with_caller_id_limits_and_screening() -> None:
    say, dial = rendered(RING, Spoken("en", "Ringing Level 1 now."))
    (number,) = dial

    assert say.tag == "Say"
    assert dial.attrib == {
        "action": f"{BASE_URL}/voice/turn/4",
        "answerOnBridge": "true",
        "callerId": "+12025550150",
        "method": "POST",
        "ringTone": "us",
        "timeLimit": "3600",
        "timeout": "25",
    }
    assert number.text == "+12025550101"
    assert number.attrib == {
        "method": "POST",
        "statusCallback": f"{BASE_URL}/voice/status",
        "statusCallbackEvent": "completed",
        "statusCallbackMethod": "POST",
        "url": f"{BASE_URL}/voice/screening/7",
    }


def test_the_duty_phone_is_dialled_without_screening() -> None:
    (dial,) = rendered(Forward(number="+12025550199"))

    assert dial[0].attrib == {}
    assert dial.get("timeout") == "40"
    assert dial.get("callerId") == "+12025550150"


def test_one_moment_comes_back_to_the_same_question() -> None:
    (redirect,) = rendered(OneMoment())

    assert redirect.text == f"{BASE_URL}/voice/turn/4"


def test_a_manager_who_accepted_is_joined_by_a_document_that_simply_ends() -> None:
    assert shape(rendered(Bridge(), Spoken("en", "Connecting you now."), screening=True)) == ["Say"]


@pytest.mark.parametrize("wait", [HangUp(), AwaitRingEnd(), AwaitTalkEnd()])
def test_the_last_document_hangs_up(wait: Wait) -> None:
    assert shape(rendered(wait)) == ["Hangup"]


def test_goodbye_hangs_up() -> None:
    assert shape(fromstring(RENDERER.goodbye())) == ["Hangup"]


def test_neighbouring_sentences_in_one_language_are_spoken_in_one_breath() -> None:
    said = (Spoken("en", "Hello."), Spoken("en", "Please choose."), Spoken("de", "Bitte wählen."), Spoken("en", "So."))

    root = rendered(HangUp(), *said)

    assert [(say.get("language"), say.text) for say in root.iter("Say")] == [
        ("en-US", "Hello. Please choose."),
        ("de-DE", "Bitte wählen."),
        ("en-US", "So."),
    ]


def test_the_voice_an_admin_has_chosen_speaks_its_own_locale() -> None:
    chosen = replace(answer(HangUp(), Spoken("en", "Hello.")), voices={"en": "Polly.Amy"})

    say = fromstring(RENDERER.document(chosen)).find("Say")

    assert say is not None
    assert (say.get("language"), say.get("voice")) == ("en-GB", "Polly.Amy")


def test_a_voice_that_is_no_longer_there_does_not_silence_the_line() -> None:
    chosen = replace(answer(HangUp(), Spoken("en", "Hello.")), voices={"en": "Polly.Gone"})

    say = fromstring(RENDERER.document(chosen)).find("Say")

    assert say is not None
    assert say.get("voice") == VOICES["en"][0].name


@pytest.mark.parametrize("language", sorted(VOICES))
def test_every_language_has_a_voice_of_its_own_locale(language: str) -> None:
    (say, _) = rendered(HangUp(), Spoken(language, "1"))

    assert (say.get("language") or "").startswith(f"{language}-")
    assert say.get("voice") == VOICES[language][0].name


@pytest.mark.parametrize(
    "document",
    [
        "",
        "<Response>",
        "<Response>\x07</Response>",
        "<Response><Say></Response>",
        "<Response/><Response/>",
        "<Response>&nbsp;</Response>",
        '<!DOCTYPE Response [<!ENTITY a "b">]><Response>&a;</Response>',
        '<!DOCTYPE Response SYSTEM "http://example.com/response.dtd"><Response/>',
    ],
)
def test_what_is_no_document_never_leaves(document: str) -> None:
    with pytest.raises(IllegalDocument):
        checked(document)


@unhurried
@given(st.text(), st.text(), st.one_of(st.booleans(), st.integers(), st.text()))
def test_a_document_says_what_the_library_would_write(said: str, language: str, value: object) -> None:
    response = VoiceResponse()
    said, language = NOT_XML.sub("", said), NOT_XML.sub("", language)
    value = NOT_XML.sub("", value) if isinstance(value, str) else value
    gather = response.gather(action="https://line.example.com/?a=1&b=2", finish_on_key=value)
    gather.say(said, language=language)

    assert canonicalize(written(response)) == canonicalize(str(response))
