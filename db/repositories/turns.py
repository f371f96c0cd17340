"""Turns: the journal of what was heard and said, and the answers to repeat when a webhook comes twice."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, insert, select

from db import codec
from db.connection import Connection
from db.models import TurnRow, table
from flows.heard import Heard

_T = table(TurnRow)
_RECORD = insert(_T)
_ANSWER = select(_T.c.document).where(_T.c.call_sid == bindparam("sid"), _T.c.number == bindparam("number"))
_OF = select(_T).where(_T.c.call_sid == bindparam("sid")).order_by(_T.c.number)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredTurn:
    """One turn as it happened. ``said`` pairs the language of each sentence with its words."""

    call_sid: str
    number: int
    at: datetime
    heard: Heard
    step_from: str
    step_to: str
    said: tuple[tuple[str, str], ...]
    document: str


class Turns:
    """The journal of one unit of work."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def answer(self, sid: str, number: int) -> str | None:
        """The document answered in that turn; None when the turn has not been taken."""
        document: str | None = self._connection.execute(_ANSWER, {"sid": sid, "number": number}).scalar()
        return document

    def record(
        self,
        sid: str,
        number: int,
        at: datetime,
        heard: Heard,
        step_from: str,
        step_to: str,
        said: Sequence[tuple[str, str]],
        document: str,
    ) -> None:
        """Write down a turn. ``said`` is (language, sentence) in order. Raises StoreConflict when it has been taken."""
        row = {
            "call_sid": sid, "number": number, "at": at, "heard": codec.listened.encode(heard), "step_from": step_from,
            "step_to": step_to, "said": codec.sentences_to_text(said), "document": document,
        }
        self._connection.execute(_RECORD, row)

    def of(self, sid: str) -> list[StoredTurn]:
        """Every turn of a leg, in order."""
        return [
            StoredTurn(
                call_sid=row.call_sid, number=row.number, at=row.at, heard=codec.listened.decode(row.heard),
                step_from=row.step_from, step_to=row.step_to, said=codec.sentences_from_text(row.said),
                document=row.document,
            )
            for row in self._connection.execute(_OF, {"sid": sid})
        ]
