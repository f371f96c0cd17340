"""Absences: who is off duty until when. Looked at again before every ring."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, delete, select

from db.connection import Connection
from db.models import AbsenceRow, table
from db.repositories.statements import changed, instant, upsert

_T = table(AbsenceRow)
_SET = upsert(
    _T,
    lambda insert: insert.on_conflict_do_update(
        index_elements=[_T.c.person],
        set_={column.name: insert.excluded[column.name] for column in _T.c if not column.primary_key},
    ),
)
_CLEAR = delete(_T).where(_T.c.person == bindparam("person"))
_ALL = select(_T).where(_T.c.until > instant("now")).order_by(_T.c.person)


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence:
    """``person`` (a key of the routing's people) is off duty before ``until``; ``set_by`` said so at ``set_at``."""

    person: str
    until: datetime
    set_at: datetime
    set_by: str


class Absences:
    """The absences of one unit of work."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def set(self, person: str, until: datetime, at: datetime, by: str) -> None:
        """From now on ``person`` is not rung before ``until``; what was set before no longer counts."""
        row = {"person": person, "until": until, "set_at": at, "set_by": by}
        self._connection.execute(_SET[self._connection.dialect.name], row)

    def clear(self, person: str) -> bool:
        """``person`` is on duty again; False when nothing had been set."""
        return changed(self._connection, _CLEAR, {"person": person})

    def off(self, now: datetime) -> Mapping[str, datetime]:
        """Who is off duty at ``now``, by person key, and until when."""
        return {absence.person: absence.until for absence in self.all(now)}

    def all(self, now: datetime) -> list[Absence]:
        """Every absence that lasts at ``now``, by person key."""
        return [Absence(**row._asdict()) for row in self._connection.execute(_ALL, {"now": now})]
