"""What was recorded on a call: messages that were left, and talks where the customer has agreed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from io import BytesIO

from flask import abort, send_file
from flask.typing import ResponseReturnValue

from db.repositories.messages import MessageState
from db.unit_of_work import Work
from flows.rules.roles import Right
from ivr.admin.pages import Pages
from ivr.admin.parts import AdminParts
from ivr.line.ports import Rejected, RetryLater


@dataclass(frozen=True, slots=True, kw_only=True)
class CallRecording:
    """One recording, known to the carrier as ``sid``; ``what`` it is, for people."""

    sid: str
    what: str
    at: datetime
    seconds: int
    transcription: str = ""


def recorded_on(work: Work, call_sid: str, ticket_number: str | None) -> list[CallRecording]:
    """The recordings of a customer's call, in order; what the caller has discarded is none."""
    return sorted(_recorded(work, call_sid, ticket_number), key=lambda each: each.at)


def _recorded(work: Work, call_sid: str, ticket_number: str | None) -> Iterator[CallRecording]:
    for message in work.messages.of_ticket(ticket_number) if ticket_number else ():
        if message.call_sid == call_sid and message.state is MessageState.KEPT:
            yield CallRecording(sid=message.recording_sid, what="Message", at=message.recorded_at,
                                seconds=message.seconds, transcription=message.transcription or "")
    members = {ring.id: ring.member for ring in work.rings.of_call(call_sid)}
    for talk in work.talk_recordings.of_call(call_sid):
        yield CallRecording(sid=talk.recording_sid, what=f"Talk with {members.get(talk.ring_id, 'a manager')}",
                            at=talk.recorded_at, seconds=talk.seconds)


def recording_sounds(pages: Pages, parts: AdminParts) -> None:
    """Declare the sound of a recording, fetched from the carrier; the account's login stays here."""

    @pages.page("/calls/<sid>/recordings/<recording>.wav", Right.SUPERVISE)
    def call_recording(sid: str, recording: str) -> ResponseReturnValue:
        with parts.store.reading() as work:
            call = work.calls.read(sid)
            known = recorded_on(work, sid, call.ticket_number) if call else []
        if recording not in {each.sid for each in known}:
            abort(404)
        try:
            audio = BytesIO(parts.heard(recording))
        except Rejected:
            abort(404)
        except RetryLater:
            return "", HTTPStatus.SERVICE_UNAVAILABLE
        return send_file(audio, mimetype="audio/wav", download_name=f"{recording}.wav")
