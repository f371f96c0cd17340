"""Messages: what was recorded, and whether somebody is to hear it."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any

from sqlalchemy import bindparam, delete, select, update

from db.connection import Connection
from db.models import MessageRow, table
from db.repositories.statements import changed, upsert


class MessageState(Enum):
    """Open: the caller may still discard it."""

    OPEN = "open"
    KEPT = "kept"
    DISCARDED = "discarded"


_T = table(MessageRow)
_OPEN = _T.c.state == MessageState.OPEN.value
_RECORDING = _T.c.recording_sid == bindparam("recording")
_ADD = upsert(_T, lambda insert: insert.on_conflict_do_nothing(index_elements=[_T.c.recording_sid]).returning(_T.c.id))
_KEEP = (
    update(_T)
    .where(_T.c.call_sid == bindparam("sid"), _OPEN)
    .values(state=MessageState.KEPT.value)
    .returning(_T)
)
_DISCARD = (
    update(_T)
    .where(_T.c.id == bindparam("of"), _OPEN)
    .values(state=MessageState.DISCARDED.value)
    .returning(_T.c.recording_sid)
)
_TRANSCRIBE = update(_T).where(_RECORDING, _T.c.transcription.is_(None)).values(transcription=bindparam("words"))
_FORGET = delete(_T).where(_T.c.call_sid == bindparam("sid")).returning(_T.c.recording_sid)
_READ = select(_T).where(_T.c.id == bindparam("id"))
_BY_RECORDING = select(_T).where(_RECORDING)
_OF_TICKET = select(_T).where(_T.c.ticket_number == bindparam("number")).order_by(_T.c.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredMessage:
    """One recording and what became of it."""

    id: int
    ticket_number: str
    attempt_id: int | None
    call_sid: str
    recording_sid: str
    seconds: int
    language: str
    recorded_at: datetime
    state: MessageState
    transcription: str | None


class Messages:
    """The messages of one unit of work."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def recorded(
        self,
        *,
        recording_sid: str,
        call_sid: str,
        ticket_number: str,
        attempt_id: int | None,
        seconds: int,
        language: str,
        at: datetime,
    ) -> int:
        """Write down a recording; the message's id. Of one that is known, of which the carrier tells again, nothing is
        changed."""
        row = {
            "recording_sid": recording_sid, "call_sid": call_sid, "ticket_number": ticket_number,
            "attempt_id": attempt_id, "seconds": seconds, "language": language, "recorded_at": at,
            "state": MessageState.OPEN.value, "transcription": None,
        }  # fmt: skip
        self._connection.execute(_ADD[self._connection.dialect.name], row)
        return int(self._connection.execute(_BY_RECORDING, {"recording": recording_sid}).first().id)

    def keep(self, call_sid: str) -> list[StoredMessage]:
        """Keep whatever is open of this call; what was kept by this, for telling people about it exactly once."""
        return [_message(row) for row in self._connection.execute(_KEEP, {"sid": call_sid})]

    def discard(self, message_id: int) -> str | None:
        """The caller does not want it heard; the carrier's name for it, None when it is not open (any more)."""
        recording: str | None = self._connection.execute(_DISCARD, {"of": message_id}).scalar()
        return recording

    def forget(self, call_sid: str) -> list[str]:
        """Delete every message of a call; the carrier's names for them."""
        return list(self._connection.execute(_FORGET, {"sid": call_sid}).scalars())

    def transcribed(self, recording_sid: str, words: str) -> bool:
        """Store the carrier's transcription; False for an unknown recording and for a second one."""
        return changed(self._connection, _TRANSCRIBE, {"recording": recording_sid, "words": words})

    def read(self, message_id: int) -> StoredMessage | None:
        """One message."""
        row = self._connection.execute(_READ, {"id": message_id}).first()
        return _message(row) if row else None

    def by_recording(self, recording_sid: str) -> StoredMessage | None:
        """The message that the carrier knows by this name."""
        row = self._connection.execute(_BY_RECORDING, {"recording": recording_sid}).first()
        return _message(row) if row else None

    def of_ticket(self, ticket_number: str) -> list[StoredMessage]:
        """Every recording about a ticket, in order."""
        return [_message(row) for row in self._connection.execute(_OF_TICKET, {"number": ticket_number})]


def _message(row: Any) -> StoredMessage:
    return StoredMessage(**row._asdict() | {"state": MessageState(row.state)})
