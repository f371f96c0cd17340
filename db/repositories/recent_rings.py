"""Recent rings: what is asked about people's phones before one of them rings."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Executable, any_, bindparam, cast, func, select
from sqlalchemy.dialects.postgresql import JSONB

from db import codec
from db.connection import Connection
from db.models import CallRow, RingRow, table
from db.repositories.statements import PerDialect, instant

_T = table(RingRow)
_CALLER = table(CallRow).alias("caller")
_LEG = table(CallRow).alias("leg")


def _since(one_of_them: ColumnElement[bool]) -> Executable:
    return (
        select(
            _T.c.number, _T.c.attempt_id, _T.c.started_at, _T.c.ended_at, _T.c.outcome, _T.c.declined_at,
            (_CALLER.c.sid.is_not(None) & _CALLER.c.ended_at.is_(None)).label("caller_live"),
            (_LEG.c.sid.is_not(None) & _LEG.c.ended_at.is_(None)).label("leg_live"),
        )
        .select_from(
            _T.outerjoin(_CALLER, _CALLER.c.sid == _T.c.call_sid).outerjoin(_LEG, _LEG.c.sid == _T.c.leg_sid)
        )
        .where(one_of_them, _T.c.started_at >= instant("since"))
        .order_by(_T.c.id)
    )  # fmt: skip


# How many numbers there are must not change the statement, which is prepared once: they go in as one JSON list.
_EACH = select(func.json_each(bindparam("numbers")).table_valued("value").c.value)
_EVERY = select(func.jsonb_array_elements_text(cast(bindparam("numbers"), JSONB)).column_valued())
_SINCE: PerDialect = {
    "sqlite": _since(_T.c.number.in_(_EACH)),
    "postgresql": _since(_T.c.number == any_(func.array(_EVERY.scalar_subquery()))),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RecentRing:
    """One ring of a phone. ``live``: it rings, is being screened, talks, or the manager still states terms."""

    number: str
    attempt_id: int
    started_at: datetime
    outcome: str | None
    declined: bool
    live: bool


class RecentRings:
    """The recent rings of one unit of work."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, numbers: Collection[str], since: datetime) -> list[RecentRing]:
        """The rings of these phones that began at ``since`` or later, whatever they were about, in order.

        A ring whose caller is gone is not live, even if nobody has said how it ended.
        """
        values = {"numbers": codec.words_to_text(tuple(numbers)), "since": since}
        rows = self._connection.execute(_SINCE[self._connection.dialect.name], values)
        return [
            RecentRing(
                number=row.number,
                attempt_id=row.attempt_id,
                started_at=row.started_at,
                outcome=row.outcome,
                declined=row.declined_at is not None,
                live=bool((row.ended_at is None and row.caller_live) or row.leg_live),
            )
            for row in rows
        ]
