"""Recordings of talks: what the carrier keeps of which call."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, delete, select

from db.connection import Connection
from db.models import TalkRecordingRow, table
from db.repositories.statements import upsert

_T = table(TalkRecordingRow)
_ADD = upsert(_T, lambda insert: insert.on_conflict_do_nothing(index_elements=[_T.c.recording_sid]))
_OF_CALL = select(_T).where(_T.c.call_sid == bindparam("sid")).order_by(_T.c.id)
_FORGET = delete(_T).where(_T.c.call_sid == bindparam("sid")).returning(_T.c.recording_sid)


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkRecording:
    """One talk, or a part of it: a manager who goes back to the caller begins another recording."""

    id: int
    ring_id: int
    call_sid: str
    recording_sid: str
    seconds: int
    recorded_at: datetime


class TalkRecordings:
    """The recordings of talks in one unit of work."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, *, ring_id: int, call_sid: str, recording_sid: str, seconds: int, at: datetime) -> None:
        """Write down a recording; one that is known, of which the carrier tells again, stays as it is."""
        row = {
            "ring_id": ring_id, "call_sid": call_sid, "recording_sid": recording_sid, "seconds": seconds,
            "recorded_at": at,
        }  # fmt: skip
        self._connection.execute(_ADD[self._connection.dialect.name], row)

    def of_call(self, call_sid: str) -> list[TalkRecording]:
        """Those of a customer's call, in order."""
        return [TalkRecording(**row._asdict()) for row in self._connection.execute(_OF_CALL, {"sid": call_sid})]

    def forget(self, call_sid: str) -> list[str]:
        """Delete those of a call; the carrier's names for them."""
        return list(self._connection.execute(_FORGET, {"sid": call_sid}).scalars())
