"""Drafts: the routing as it is being edited. Saving compares revisions, so that nobody's edit is lost unseen."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, delete, select, update

from db.connection import Connection
from db.models import DraftRow, table
from db.repositories.statements import changed, inserted, instant, upsert

THE_ONE = 1

_T = table(DraftRow)
_READ = select(_T.c.text, _T.c.base, _T.c.revision, _T.c.edited_by, _T.c.edited_at)
_BEGIN = upsert(_T, lambda insert: insert.on_conflict_do_nothing(index_elements=[_T.c.id]).returning(_T.c.id))
_SAVE = (
    update(_T)
    .where(_T.c.revision == bindparam("seen"))
    .values(text=bindparam("now_says"), revision=_T.c.revision + 1, edited_by=bindparam("by"), edited_at=instant("at"))
)
_DISCARD = delete(_T).where(_T.c.revision == bindparam("seen"))


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredDraft:
    """The draft. ``base`` is the published version it was begun from, ``revision`` counts its saves from 1."""

    text: str
    base: int
    revision: int
    edited_by: str
    edited_at: datetime


class Drafts:
    """The draft of one unit of work."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def read(self) -> StoredDraft | None:
        """The draft, if one was begun."""
        row = self._connection.execute(_READ).first()
        return StoredDraft(**row._asdict()) if row else None

    def save(self, text: str, *, base: int, seen: int, by: str, at: datetime) -> bool:
        """Save what somebody made of revision ``seen`` (0: of the published version ``base``). False, and nothing is
        changed, when another revision has been saved meanwhile."""
        if seen == 0:
            row = {"id": THE_ONE, "text": text, "base": base, "revision": 1, "edited_by": by, "edited_at": at}
            return inserted(self._connection, _BEGIN, row)
        return changed(self._connection, _SAVE, {"seen": seen, "now_says": text, "by": by, "at": at})

    def discard(self, seen: int) -> bool:
        """Drop the draft as of revision ``seen``; False when another revision has been saved meanwhile."""
        return changed(self._connection, _DISCARD, {"seen": seen})
