"""Drills: calls that were played, the latest ones."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, delete, insert, select, update

from db.connection import Connection
from db.models import DrillRow, table
from db.repositories.statements import instant

KEPT = 50

_T = table(DrillRow)
_ADD = insert(_T).returning(_T.c.id)
_END = (
    update(_T)
    .where(_T.c.id == bindparam("of"), _T.c.ended_at.is_(None))
    .values(ended_at=instant("at"), played=bindparam("what"), failure=bindparam("why"))
)
_READ = select(_T).where(_T.c.id == bindparam("of"))
_LATEST = select(_T).order_by(_T.c.id.desc()).limit(bindparam("most"))
_RUNNING = select(_T.c.id).where(_T.c.ended_at.is_(None), _T.c.asked_at > instant("since")).limit(1)
_FORGET = delete(_T).where(_T.c.id <= bindparam("up_to"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Drill:
    """One drill: ``about`` what it is, in a sentence; ``played`` what happened, as JSON; ``failure`` why it could not
    be played."""

    id: int
    about: str
    asked_by: str
    asked_at: datetime
    ended_at: datetime | None
    played: str | None
    failure: str | None


class Drills:
    """The drills of one unit of work."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def begin(self, about: str, by: str, at: datetime) -> int:
        """Write down that one is being played; its id. Only the latest ones are kept."""
        row = {"about": about, "asked_by": by, "asked_at": at}
        begun = int(self._connection.execute(_ADD, row).scalar_one())
        self._connection.execute(_FORGET, {"up_to": begun - KEPT})
        return begun

    def end(self, drill_id: int, at: datetime, *, played: str | None = None, failure: str | None = None) -> None:
        """Write down what happened, or why nothing did."""
        self._connection.execute(_END, {"of": drill_id, "at": at, "what": played, "why": failure})

    def read(self, drill_id: int) -> Drill | None:
        """One of them."""
        row = self._connection.execute(_READ, {"of": drill_id}).first()
        return Drill(**row._asdict()) if row else None

    def latest(self, most: int) -> list[Drill]:
        """The latest, the newest first."""
        return [Drill(**row._asdict()) for row in self._connection.execute(_LATEST, {"most": most})]

    def running(self, since: datetime) -> bool:
        """Whether one is being played that was begun after ``since``."""
        return self._connection.execute(_RUNNING, {"since": since}).first() is not None
