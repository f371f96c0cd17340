"""Recordings: what was said, how long, and the callback that says it is there."""

import io
import wave
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime
from xml.etree.ElementTree import Element

from ivr.emulator.documents import Page, method_of
from ivr.emulator.legs import Leg
from ivr.emulator.office import Office

RECORDS_DIAL = frozenset({"record-from-answer", "record-from-ringing", "true"} | {
    "record-from-answer-dual", "record-from-ringing-dual", "record-from-start",
})  # fmt: skip


@dataclass(slots=True, eq=False, kw_only=True)
class Recording:
    """One recording; ``words`` is what the microphone heard, for those who read."""

    office: Office
    sid: str
    call_sid: str
    source: str
    channels: int
    begun: datetime
    status: str = "in-progress"
    seconds: int = 0
    words: list[str] = field(default_factory=list)

    @property
    def url(self) -> str:
        """The address without a suffix gives WAV."""
        account = self.office.account_sid
        return f"{self.office.api_url}/2010-04-01/Accounts/{account}/Recordings/{self.sid}"

    def audio(self) -> bytes:
        """A WAV file of the right length; what was said is in ``words``."""
        file = io.BytesIO()
        with wave.open(file, "wb") as track:
            track.setparams((1, 1, 8000, 0, "NONE", "not compressed"))
            track.writeframes(b"\x80" * 8000 * self.seconds)
        return file.getvalue()


@dataclass(frozen=True, slots=True, kw_only=True)
class Listener:
    """Who hears about a recording: recordingStatusCallback and its events (default completed)."""

    url: str
    method: str
    kinds: frozenset[str]

    @classmethod
    def of(cls, element: Element, page: Page) -> "Listener | None":
        """Read the attributes of a verb."""
        url = element.get("recordingStatusCallback", "")
        if not url:
            return None
        kinds = frozenset(element.get("recordingStatusCallbackEvent", "completed").split())
        return cls(url=page.absolute(url), method=method_of(element, "recordingStatusCallbackMethod"), kinds=kinds)


class Recorder:
    """Makes one recording and tells about it."""

    def __init__(self, leg: Leg, listener: Listener | None, source: str, channels: int = 1) -> None:
        office = leg.office
        self._leg, self._listener = leg, listener
        self.recording = Recording(
            office=office, sid=office.sids.new("RE"), call_sid=leg.sid, source=source, channels=channels,
            begun=office.clock.now(),
        )  # fmt: skip
        office.recordings[self.recording.sid] = self.recording
        self._tell()

    def finish(self, seconds: float) -> None:
        """The recording is over; without any sound it is ``absent``."""
        self.recording.seconds = round(seconds)
        self.recording.status = "completed" if self.recording.seconds > 0 else "absent"
        self._tell()

    def _tell(self) -> None:
        recording, listener = self.recording, self._listener
        if listener is None or recording.status not in listener.kinds:
            return
        form = {
            "AccountSid": recording.office.account_sid, "CallSid": recording.call_sid, "RecordingSid": recording.sid,
            "RecordingUrl": recording.url, "RecordingStatus": recording.status,
            "RecordingDuration": str(recording.seconds), "RecordingChannels": str(recording.channels),
            "RecordingStartTime": format_datetime(recording.begun), "RecordingSource": recording.source,
            "RecordingTrack": "both",
        }  # fmt: skip
        office = recording.office
        office.spawn(office.deliver("recording", recording.call_sid, listener.url, listener.method, form))


@dataclass(slots=True, kw_only=True)
class Recorded:
    """What a Dial recorded, if it was asked to."""

    recorder: Recorder | None = None

    def parameters(self) -> dict[str, str]:
        """For the Dial's action."""
        return {"RecordingUrl": self.recorder.recording.url} if self.recorder is not None else {}


@contextmanager
def recording_dial(leg: Leg, dial: Element, page: Page) -> Iterator[Recorded]:
    """Record a Dial for as long as the body runs, if its ``record`` says so. Dual: channel 1 parent, 2 child."""
    how = dial.get("record", "do-not-record")
    if how not in RECORDS_DIAL:
        yield Recorded()
        return
    began = leg.office.clock.elapsed()
    recorder = Recorder(leg, Listener.of(dial, page), "DialVerb", 2 if how.endswith("-dual") else 1)
    try:
        yield Recorded(recorder=recorder)
    finally:
        recorder.finish(leg.office.clock.elapsed() - began)
