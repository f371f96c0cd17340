"""Messages that callers leave: stored as the carrier reports them, kept or deleted as the caller wants.

The carrier tells of a recording up to twice, by the next webhook of the call and by a callback of its own; either may
be lost. A caller who hangs up after speaking may be gone before the first report: then the report alone keeps the
message, and should both be lost, the recording is looked for.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from db.repositories.calls import StoredCall
from db.repositories.messages import MessageState, StoredMessage
from db.unit_of_work import Store, Work
from flows.call import EscalationCall
from flows.effects import MessageLeft
from ivr.clock import Clock
from ivr.line.notices import notify_of_message
from ivr.line.ports import Recording, Recordings

REPORT_DUE = timedelta(minutes=1)
"""By then the carrier has told of a recording, or never will."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """A message as somebody may hear it; times are told in ``zone``, the line's."""

    message: StoredMessage
    zone: str


def store(work: Work, stored: StoredCall, recording: Recording, now: datetime) -> int:
    """Enter what was recorded on a call about a ticket; the message's id, 0 for nothing that could be heard."""
    if recording.seconds < 1 or stored.ticket_number is None:
        return 0
    return work.messages.recorded(
        recording_sid=recording.sid,
        call_sid=stored.sid,
        ticket_number=stored.ticket_number,
        attempt_id=stored.attempt_id,
        seconds=recording.seconds,
        language=stored.state.language,
        at=now,
    )


def reported(work: Work, stored: StoredCall, recording: Recording, now: datetime) -> None:
    """The carrier tells of a recording beside the conversation. While the caller is there the conversation decides."""
    if store(work, stored, recording, now) and stored.ended_at is not None:
        keep(work, stored, now)


def leave(work: Work, stored: StoredCall, left: MessageLeft, now: datetime) -> None:
    """The caller leaves whatever was recorded."""
    keep(work, stored, now)
    if left.awaited:
        key, due = f"recordings/{stored.sid}", now + REPORT_DUE
        work.outbox.add("lost-recordings", key, {"call_sid": stored.sid}, now, due_at=due)


def keep(work: Work, stored: StoredCall, now: datetime) -> None:
    """Keep what is open: the shift manager hears of it by mail, the ticket by a note."""
    for message in work.messages.keep(stored.sid):
        assert isinstance(stored.state, EscalationCall)
        notify_of_message(work, stored, stored.state, message, now)
        _put_on_ticket(work, message, "note", _note(message), now)


def discard(work: Work, message_id: int, now: datetime) -> None:
    """The caller does not want it to be heard: the carrier is asked to delete it."""
    recording = work.messages.discard(message_id)
    if recording is not None:
        _delete(work, recording, now)


def forget(work: Work, call_sid: str, now: datetime) -> None:
    """Forget what was recorded on a call: the carrier is asked to delete it."""
    for recording in (*work.messages.forget(call_sid), *work.talk_recordings.forget(call_sid)):
        _delete(work, recording, now)


def _delete(work: Work, recording: str, now: datetime) -> None:
    work.outbox.add("unwanted-recording", f"recording/{recording}/delete", {"recording": recording}, now)


def transcribed(work: Work, recording: str, words: str, now: datetime) -> None:
    """The carrier has made text of a message, long after it was mailed: the ticket gets it as a second note."""
    message = work.messages.by_recording(recording)
    if message is None or message.state is MessageState.DISCARDED or not words:
        return
    if not work.messages.transcribed(recording, words):
        return
    text = f"Transcription of the message of {message.recorded_at:%Y-%m-%d %H:%M} UTC, made by the carrier:\n{words}"
    _put_on_ticket(work, message, "transcription", text, now)


def _put_on_ticket(work: Work, message: StoredMessage, what: str, text: str, now: datetime) -> None:
    body = {"number": message.ticket_number, "text": text}
    work.outbox.add("ticket-note", f"message/{message.id}/{what}", body, now)


def _note(message: StoredMessage) -> str:
    at = f"{message.recorded_at:%Y-%m-%d %H:%M} UTC"
    return f"The caller left a message of {message.seconds} seconds, {at}. The shift manager has it by mail."


class MessageDesk:
    """Asks the carrier about recordings, with no transaction open, and lets people hear them."""

    def __init__(self, store: Store, clock: Clock, recordings: Recordings) -> None:
        self._store = store
        self._clock = clock
        self._recordings = recordings

    def look_for(self, call_sid: str) -> None:
        """Enter what was recorded on a call and never reported. Raises RetryLater or Rejected."""
        for recording in self._recordings.of_call(call_sid):
            self.report(call_sid, recording)

    def report(self, call_sid: str, recording: Recording) -> None:
        """The carrier tells of a recording; for a call that is none of ours it changes nothing."""
        with self._store.writing() as work:
            stored = work.calls.lock(call_sid)
            if stored is not None:
                reported(work, stored, recording, self._clock())

    def transcribe(self, recording: str, words: str) -> None:
        """The carrier has made text of a recording."""
        with self._store.writing() as work:
            transcribed(work, recording, words, self._clock())

    def delete(self, recording: str) -> None:
        """Have a recording deleted. Raises RetryLater or Rejected."""
        self._recordings.delete(recording)

    def heard(self, message_id: int) -> Heard | None:
        """What a page tells about a message; None when there is none (any more)."""
        with self._store.reading() as work:
            message = work.messages.read(message_id)
            if message is None or message.state is MessageState.DISCARDED:
                return None
            call = work.calls.read(message.call_sid)
            line = work.routing.read(call.routing_version).line(call.line) if call else None
        return Heard(message=message, zone=line.zone if line else "UTC")

    def audio(self, recording: str) -> bytes:
        """The sound. Raises RetryLater or Rejected."""
        return self._recordings.audio(recording)
