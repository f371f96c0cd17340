"""Calendar imports: which calendar fills a schedule, when it was fetched, and what was wrong with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, or_, select, update

from db import codec
from db.connection import Connection
from db.models import CalendarImportRow, table
from db.repositories.statements import changed, inserted, instant, upsert

_T = table(CalendarImportRow)
_OF = _T.c.schedule == bindparam("of")
_TAKE = upsert(
    _T,
    lambda insert: insert.on_conflict_do_update(
        index_elements=[_T.c.schedule],
        set_={name: insert.excluded[name] for name in ("source", "address", "tried_at")},
        where=or_(_T.c.tried_at <= instant("before"), _T.c.address != insert.excluded.address),
    ).returning(_T.c.schedule),
)
_FROM_FILE = upsert(
    _T,
    lambda insert: insert.on_conflict_do_update(
        index_elements=[_T.c.schedule],
        set_={column.name: insert.excluded[column.name] for column in _T.c if not column.primary_key},
    ),
)
_GOOD = (
    update(_T)
    .where(_OF)
    .values(imported_at=instant("at"), shifts=bindparam("many"), remarks=bindparam("told"), trouble="", failures=0)
)
_FAILED = (
    update(_T).where(_OF).values(trouble=bindparam("why"), failures=_T.c.failures + 1).returning(_T.c.failures)
)
_FORGET = delete(_T).where(_OF)
_ALL = select(_T).order_by(_T.c.schedule)


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarImport:
    """How the calendar of ``schedule`` fares. ``address`` is empty for a file; ``imported_at`` and what follows tell of
    the last good import, ``trouble`` (a sentence) and ``failures`` of the tries since then."""

    schedule: str
    source: str
    address: str
    tried_at: datetime
    imported_at: datetime | None
    shifts: int
    remarks: tuple[str, ...]
    trouble: str
    failures: int


class CalendarImports:
    """The calendar imports of one unit of work."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def take(self, schedule: str, source: str, address: str, now: datetime, before: datetime) -> bool:
        """Whether it is ours to fetch the calendar now: nobody has tried since ``before``, or it has another address.
        Afterwards it is somebody's who asks later."""
        row = self._blank(schedule, source, address, now) | {"before": before}
        return inserted(self._connection, _TAKE, row)

    def good(self, schedule: str, at: datetime, shifts: int, remarks: Sequence[str]) -> None:
        """It was fetched and read: so many shifts, and what is to be said about it."""
        told = codec.words_to_text(tuple(remarks))
        self._connection.execute(_GOOD, {"of": schedule, "at": at, "many": shifts, "told": told})

    def failed(self, schedule: str, trouble: str) -> int:
        """It could not be fetched or read; how often in a row. What was imported before stays."""
        return int(self._connection.execute(_FAILED, {"of": schedule, "why": trouble}).scalar_one())

    def from_file(self, schedule: str, source: str, at: datetime, shifts: int, remarks: Sequence[str]) -> None:
        """The schedule was filled from a file by hand."""
        told = {"imported_at": at, "shifts": shifts, "remarks": codec.words_to_text(tuple(remarks))}
        row = self._blank(schedule, source, "", at) | told
        self._connection.execute(_FROM_FILE[self._connection.dialect.name], row)

    def forget(self, schedule: str) -> bool:
        """No calendar fills the schedule any more; False when none did."""
        return changed(self._connection, _FORGET, {"of": schedule})

    def all(self) -> list[CalendarImport]:
        """Every schedule that a calendar fills, or was to fill."""
        return [_calendar_import(row) for row in self._connection.execute(_ALL)]

    def _blank(self, schedule: str, source: str, address: str, at: datetime) -> dict[str, Any]:
        return {
            "schedule": schedule, "source": source, "address": address, "tried_at": at, "imported_at": None,
            "shifts": 0, "remarks": codec.words_to_text(()), "trouble": "", "failures": 0,
        }  # fmt: skip


def _calendar_import(row: Any) -> CalendarImport:
    return CalendarImport(**{**row._asdict(), "remarks": codec.words_from_text(row.remarks)})
