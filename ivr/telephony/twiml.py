"""Answers as TwiML. Text is reduced to what XML 1.0 can carry and every document is parsed again before it leaves."""

import re
from dataclasses import replace
from typing import Any
from xml.parsers.expat import ExpatError, ParserCreate
from xml.sax.saxutils import escape, quoteattr

from twilio.twiml import TwiML
from twilio.twiml.voice_response import Dial, Enqueue, Gather, VoiceResponse

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
    Watch,
)
from ivr.line.answer import Answer, OneMoment
from ivr.line.links import SOUND, Link, Links, Page
from ivr.line.speech import Spoken
from ivr.line.voices import voice

NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters outside XML 1.0: one of them in a ticket's subject would end the call."""


class IllegalDocument(Exception):
    """A document that is not well-formed; it never leaves."""


class TwimlRenderer:
    """Renders answers with absolute URLs under ``base_url``; relative ones are unreliable in some places."""

    def __init__(self, base_url: str, links: Links, ring_tone: str = "us") -> None:
        """``links`` are where the carrier finds messages that are played."""
        self._base = base_url.rstrip("/")
        self._links = links
        self._ring_tone = ring_tone

    def document(self, answer: Answer) -> str:
        """The TwiML document of ``answer``."""
        response = VoiceResponse()
        if isinstance(answer.wait, Listen | ListenOnHold):
            self._listen(response, answer, answer.wait)
        elif isinstance(answer.wait, Watch) or (isinstance(answer.wait, Hold) and answer.on_hold):
            self._music(response, answer, answer.wait)
        else:
            self._speak(response, answer)
            self._wait(response, answer)
        return written(response)

    def goodbye(self) -> str:
        """The document that ends a call which has nothing left to say."""
        response = VoiceResponse()
        response.hangup()
        return written(response)

    def _wait(self, response: VoiceResponse, answer: Answer) -> None:
        match answer.wait:
            case Ring() as ring:
                response.append(self._ring(answer, ring))
            case Forward() as forward:
                response.append(self._forward(answer, forward))
            case OneMoment():
                response.redirect(self._next(answer), method="POST")
            case Hold():
                response.append(self._enqueue(answer))
            case LeaveHold():
                response.leave()
            case Record() as record:
                self._record(response, answer, record)
            case JoinCaller() as join:
                response.append(self._join(answer, join))
            case AwaitRingEnd() | AwaitTalkEnd() | HangUp():
                response.hangup()
            case Bridge():
                pass  # a screening document that ends normally lets the carrier bridge the leg
            case Listen() | ListenOnHold() | Watch():
                raise AssertionError("rendered by _listen and _music")

    def _enqueue(self, answer: Answer) -> Enqueue:
        """Into the queue of this attempt; what is heard there is asked for under the next turn."""
        action = f"{self._base}/voice/turn/{answer.exit_turn}"
        return Enqueue(answer.queue, action=action, method="POST", wait_url=self._next(answer), wait_url_method="POST")

    def _music(self, response: VoiceResponse, answer: Answer, hold: Hold | Watch) -> None:
        """Words, then music; a key interrupts either, and without one the same address is asked again."""
        gather = Gather(
            action=self._next(answer), method="POST", input="dtmf", timeout=1, num_digits=1, finish_on_key=""
        )
        self._speak(gather, answer)
        if hold.seconds:
            gather.play(f"{self._base}/static/hold-music-{hold.seconds}.wav")
        response.append(gather)
        response.redirect(self._next(answer), method="POST")

    def _join(self, answer: Answer, join: JoinCaller) -> Dial:
        dial = Dial(
            action=self._next(answer),
            method="POST",
            timeout=EMPTY_QUEUE_SECONDS,
            time_limit=int(join.talk_limit.total_seconds()),
            hangup_on_star=True,
            **self._recording(answer) if join.recorded else {},
        )
        dial.queue(answer.queue)
        return dial

    def _recording(self, answer: Answer) -> dict[str, str]:
        """The manager is heard on one channel, the customer on the other."""
        return {
            "record": "record-from-answer-dual",
            "recording_status_callback": f"{self._base}/voice/talk/{answer.ring}",
            "recording_status_callback_method": "POST",
        }

    def _record(self, response: VoiceResponse, answer: Answer, record: Record) -> None:
        """Where nothing was said the carrier goes on with what follows; else the action has the last word."""
        transcription = {"transcribe": True, "transcribe_callback": f"{self._base}/voice/transcription"}
        response.record(
            action=self._next(answer),
            method="POST",
            timeout=int(record.silence.total_seconds()),
            finish_on_key="#",
            max_length=int(record.longest.total_seconds()),
            play_beep=True,
            recording_status_callback=f"{self._base}/voice/recording",
            recording_status_callback_method="POST",
            **(transcription if record.transcribe else {}),
        )
        response.redirect(self._next(answer), method="POST")

    def _listen(self, response: VoiceResponse, answer: Answer, listen: Listen | ListenOnHold) -> None:
        gather = Gather(
            action=self._next(answer),
            method="POST",
            input="dtmf",
            timeout=listen.seconds,
            finish_on_key=listen.finish_on,
            action_on_empty_result=True,
            **({"num_digits": listen.digits} if listen.digits else {}),
        )
        self._speak(gather, answer)
        response.append(gather)
        response.redirect(self._next(answer), method="POST")

    def _ring(self, answer: Answer, ring: Ring) -> Dial:
        dial = self._dial(answer, ring.ring_seconds, int(ring.talk_limit.total_seconds()))
        dial.number(
            ring.number,
            url=f"{self._base}/voice/screening/{answer.ring}",
            method="POST",
            status_callback=f"{self._base}/voice/status",
            status_callback_method="POST",
            status_callback_event="completed",
        )
        return dial

    def _forward(self, answer: Answer, forward: Forward) -> Dial:
        dial = self._dial(answer, forward.ring_seconds, FORWARD_LIMIT_SECONDS)
        dial.number(forward.number)
        return dial

    def _dial(self, answer: Answer, ring_seconds: int, limit_seconds: int) -> Dial:
        return Dial(
            action=self._next(answer),
            method="POST",
            caller_id=answer.line,
            timeout=ring_seconds,
            time_limit=limit_seconds,
            answer_on_bridge=True,
            ring_tone=self._ring_tone,
        )

    def _speak(self, parent: Any, answer: Answer) -> None:
        for spoken in _sentences(answer.said):
            if spoken.sound:
                parent.play(f"{self._base}/sounds/{spoken.sound}.wav")
            else:
                known = voice(spoken.language, answer.voices.get(spoken.language, ""))
                parent.say(NOT_XML.sub("", spoken.text), language=known.locale, voice=known.name)
            if spoken.recording:
                parent.play(f"{self._links.url(Link(page=Page.LISTEN, about=spoken.recording))}/{SOUND}")

    def _next(self, answer: Answer) -> str:
        place = f"screening/{answer.ring}/turn" if answer.screening else "turn"
        return f"{self._base}/voice/{place}/{answer.next_turn}"


FORWARD_LIMIT_SECONDS = 3600
EMPTY_QUEUE_SECONDS = 5
"""A manager who accepts just as the caller leaves waits no longer than this."""


def _sentences(said: tuple[Spoken, ...]) -> list[Spoken]:
    """Neighbouring sentences in one language become one Say: fewer verbs, and one natural flow of speech."""
    joined: list[Spoken] = []
    for spoken in said:
        if joined and joined[-1].language == spoken.language and not (
            joined[-1].recording or joined[-1].sound or spoken.sound
        ):
            joined[-1] = replace(spoken, text=f"{joined[-1].text} {spoken.text}")
        else:
            joined.append(spoken)
    return joined


def written(response: VoiceResponse) -> str:
    """The text of a document, checked. It is written here because the library builds a second tree of every document
    to write it down (57 µs instead of 25). Raises IllegalDocument."""
    return checked(f'<?xml version="1.0" encoding="UTF-8"?>{_element(response)}')


def _element(verb: TwiML) -> str:
    attributes = "".join([f" {name}={quoteattr(_value(value))}" for name, value in sorted(verb.attrs.items())])
    inside = escape(verb.value or "") + "".join([_element(each) for each in verb.verbs])
    return f"<{verb.name}{attributes}>{inside}</{verb.name}>" if inside else f"<{verb.name}{attributes} />"


def _value(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def checked(document: str) -> str:
    """``document``, if it is well-formed and declares nothing. Raises IllegalDocument."""
    parser = ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse
    try:
        parser.Parse(document, True)
    except ExpatError as error:
        raise IllegalDocument(str(error)) from error
    return document


def _refuse(*_: object) -> None:
    raise IllegalDocument("a document type is declared")
