"""The transcription of a recording: what was said as text, told long after the recording is over."""

import asyncio
from xml.etree.ElementTree import Element

from ivr.emulator.documents import Page
from ivr.emulator.legs import Leg
from ivr.emulator.recordings import Recording

SHORTEST, LONGEST = 2, 120
"""Seconds; the vendor transcribes neither shorter nor longer recordings."""


def transcribe(leg: Leg, element: Element, page: Page, recording: Recording) -> None:
    """Tell the transcribeCallback of a Record verb, if it has one, what was said.

    Contract: https://www.twilio.com/docs/voice/twiml/record#transcribe
    """
    url = element.get("transcribeCallback", "")
    if url and recording.seconds > 0:
        leg.office.spawn(_later(leg, page.absolute(url), recording))


async def _later(leg: Leg, url: str, recording: Recording) -> None:
    office = recording.office
    await asyncio.sleep(office.assumptions.transcription_seconds)
    done = SHORTEST < recording.seconds < LONGEST and bool(recording.words)
    sid = office.sids.new("TR")
    form = leg.parameters() | {
        "TranscriptionSid": sid, "TranscriptionStatus": "completed" if done else "failed",
        "TranscriptionText": " ".join(recording.words) if done else "", "TranscriptionType": "fast",
        "TranscriptionUrl": recording.url.replace(f"Recordings/{recording.sid}", f"Transcriptions/{sid}"),
        "RecordingSid": recording.sid, "RecordingUrl": recording.url,
    }  # fmt: skip
    await office.deliver("transcription", recording.call_sid, url, "POST", form)
