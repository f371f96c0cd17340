"""<Record>."""

import asyncio
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from ivr.emulator.audio import BEEP, BEEP_SECONDS
from ivr.emulator.documents import NEXT, GoTo, Outcome, Page, action_of, truth, whole
from ivr.emulator.keypad import Key, Words
from ivr.emulator.legs import Leg
from ivr.emulator.program import discard
from ivr.emulator.recordings import Listener, Recorder
from ivr.emulator.transcribing import transcribe

MAX_SECONDS, MAX_TRANSCRIBED_SECONDS = 3600, 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The attributes with their documented defaults."""

    timeout: int
    finish_on_key: str
    max_length: int
    play_beep: bool
    trim: str

    @classmethod
    def of(cls, element: Element) -> "Settings":
        """timeout 5, finishOnKey any key, maxLength 3600 (120 with transcription), playBeep true, trim-silence."""
        transcribed = truth(element, "transcribe", False) or element.get("transcribeCallback") is not None
        most = MAX_TRANSCRIBED_SECONDS if transcribed else MAX_SECONDS
        return cls(
            timeout=whole(element, "timeout", 5),
            finish_on_key=element.get("finishOnKey", "1234567890*#"),
            max_length=whole(element, "maxLength", most, 1, 14400),
            play_beep=truth(element, "playBeep", True),
            trim=element.get("trim", "trim-silence"),
        )


async def record(leg: Leg, element: Element, page: Page) -> Outcome:
    """Record until silence (``timeout`` s, 0 never), a key, ``maxLength`` or hang-up; then the action, or this
    document again.

    The action gets RecordingUrl, RecordingDuration and Digits (the key, or ``hangup``, whose answer is discarded);
    a transcribeCallback the words, later. Verbs after it are reached only if nothing was recorded.

    Contract: https://www.twilio.com/docs/voice/twiml/record
    """
    settings = Settings.of(element)
    if settings.play_beep:
        with leg.sounding(BEEP, BEEP_SECONDS):
            await asyncio.sleep(BEEP_SECONDS)
    leg.keypad.forget()
    recorder, began = Recorder(leg, Listener.of(element, page), "RecordVerb"), leg.office.clock.elapsed()
    try:
        ended_by = await _listen(leg, settings, recorder)
    except asyncio.CancelledError:
        recorder.finish(leg.office.clock.elapsed() - began)
        transcribe(leg, element, page, recorder.recording)
        if not leg.is_live:
            leg.office.spawn(discard(leg, _action(element, page, recorder, "hangup")))
        raise
    silent = settings.timeout if ended_by == "" and settings.trim == "trim-silence" else 0
    recorder.finish(max(0.0, min(settings.max_length, leg.office.clock.elapsed() - began - silent)))
    transcribe(leg, element, page, recorder.recording)
    if silent and not recorder.recording.words:
        return NEXT  # an empty recording requests nothing
    return _action(element, page, recorder, ended_by)


async def _listen(leg: Leg, settings: Settings, recorder: Recorder) -> str:
    """The finishing key; empty when silence or the length ended it."""
    try:
        async with asyncio.timeout(settings.max_length):
            while True:
                given = await _next(leg, settings.timeout)
                match given:
                    case None:
                        return ""
                    case Key(key=key) if key in settings.finish_on_key:
                        return key
                    case Words(text=text):
                        recorder.recording.words.append(text)
                    case Key():
                        pass
    except TimeoutError:
        return ""


async def _next(leg: Leg, timeout: int) -> Key | Words | None:
    while True:
        try:
            async with asyncio.timeout(timeout or None):
                return await leg.keypad.next()
        except TimeoutError:
            if not leg.keypad.speaking:
                return None


def _action(element: Element, page: Page, recorder: Recorder, digits: str) -> GoTo:
    recording = recorder.recording
    return action_of(element, page, {
        "RecordingUrl": recording.url, "RecordingSid": recording.sid, "RecordingDuration": str(recording.seconds),
        "Digits": digits,
    })  # fmt: skip
