"""Sounds: uploaded once, never changed. Published versions name them, so none is ever removed."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy import bindparam, select

from db.connection import Connection
from db.models import SoundRow, table
from db.repositories.statements import upsert

_T = table(SoundRow)
_ADD = upsert(_T, lambda insert: insert.on_conflict_do_nothing(index_elements=[_T.c.digest]))
_AUDIO = select(_T.c.audio).where(_T.c.digest == bindparam("of"))
_ALL = select(_T.c.digest, _T.c.milliseconds, _T.c.uploaded_by, _T.c.uploaded_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sound:
    """What is known of a sound but for its audio."""

    digest: str
    milliseconds: int
    uploaded_by: str
    uploaded_at: datetime


class Sounds:
    """The sounds of one unit of work."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, audio: bytes, milliseconds: int, by: str, at: datetime) -> str:
        """Keep a WAV file; its digest. One that is kept already stays as it is."""
        digest = sha256(audio).hexdigest()
        row = {"digest": digest, "audio": audio, "milliseconds": milliseconds, "uploaded_by": by, "uploaded_at": at}
        self._connection.execute(_ADD[self._connection.dialect.name], row)
        return digest

    def audio(self, digest: str) -> bytes | None:
        """The WAV file; None when there is none such."""
        audio = self._connection.execute(_AUDIO, {"of": digest}).scalar()
        return None if audio is None else bytes(audio)

    def known(self) -> dict[str, Sound]:
        """All of them by digest."""
        return {row.digest: Sound(**row._asdict()) for row in self._connection.execute(_ALL)}
