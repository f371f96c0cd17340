"""Overrides: who is on duty for a time instead of whom the rotations say. Set by hand, or imported from a calendar."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, func, insert, literal, select

from db.connection import Connection
from db.models import OverrideRow, table
from db.repositories.statements import PerDialect, changed, instant
from flows.rules.schedule import Override

_T = table(OverrideRow)
_ONE_AT_A_TIME = 5_850_007
"""Key of the lock under which PostgreSQL lets one transaction at a time put somebody in; any unused number would do."""
_IN_TURN: PerDialect = {
    "postgresql": select(func.pg_advisory_xact_lock(_ONE_AT_A_TIME).label("locked")),
    "sqlite": select(literal(1).label("locked")),  # it has one writer anyway
}
_COLUMNS = [column for column in _T.c if column.name != "set_at"]
_SCHEDULE = _T.c.schedule == bindparam("of")
_BY_TIME = select(*_COLUMNS).order_by(_T.c.starts_at, _T.c.id)
_ADD = insert(_T).returning(_T.c.id)
_PUT = insert(_T)
_REMOVE = delete(_T).where(_T.c.id == bindparam("of"), _T.c.imported.is_(False))
_DROP_IMPORTED = delete(_T).where(_SCHEDULE, _T.c.imported)
_READ = select(*_COLUMNS).where(_T.c.id == bindparam("of"))
_STANDING = _BY_TIME.where(_T.c.starts_at <= instant("at"), _T.c.ends_at > instant("at"))
_NOT_OVER = _BY_TIME.where(_T.c.ends_at > instant("now"))
_FOR_SCHEDULE = _BY_TIME.where(_SCHEDULE, _T.c.ends_at > instant("start"))
_IN_THE_WAY = _BY_TIME.where(
    _SCHEDULE, _T.c.ends_at > instant("start"), _T.c.starts_at < instant("end"), _T.c.imported.is_(False)
).limit(1)


class OverrideClash(Exception):
    """Somebody has been put in for some of the same time already: ``standing``, where ``wanted`` was to be."""

    def __init__(self, wanted: Override, standing: Override) -> None:
        super().__init__(f"override {standing.id} stands at the same time")
        self.wanted = wanted
        self.standing = standing


class Overrides:
    """The overrides of one unit of work."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, override: Override, at: datetime) -> Override:
        """Put somebody, or nobody, in; as it is stored. Raises OverrideClash, and then nothing is changed.

        Two of a swap are added in one unit of work.
        """
        self._connection.execute(_IN_TURN[self._connection.dialect.name]).scalar()
        wanted = {"of": override.schedule, "start": override.starts_at, "end": override.ends_at}
        standing = self._connection.execute(_IN_THE_WAY, wanted).first()
        if standing:
            raise OverrideClash(override, _override(standing))
        stored = self._connection.execute(_ADD, _row(override, at, imported=False)).scalar_one()
        return replace(override, id=int(stored), imported=False)

    def remove(self, override_id: int) -> Override | None:
        """Take out one that was set by hand; what it said. None when there is none such."""
        known = self._connection.execute(_READ, {"of": override_id}).first()
        removed = known and changed(self._connection, _REMOVE, {"of": override_id})
        return _override(known) if removed else None

    def replace_imported(self, schedule: str, shifts: Iterable[Override], at: datetime) -> None:
        """What a calendar says of ``schedule`` is from now on ``shifts`` and nothing else."""
        self._connection.execute(_DROP_IMPORTED, {"of": schedule})
        for shift in shifts:
            self._connection.execute(_PUT, _row(shift, at, imported=True))

    def standing(self, at: datetime) -> dict[str, tuple[Override, ...]]:
        """Every override that counts at ``at``, by schedule; for schedules that have none, nothing."""
        found: defaultdict[str, tuple[Override, ...]] = defaultdict(tuple)
        for row in self._connection.execute(_STANDING, {"at": at}):
            found[row.schedule] += (_override(row),)
        return dict(found)

    def for_schedule(self, schedule: str, start: datetime) -> tuple[Override, ...]:
        """Those of one schedule that are not over at ``start``, imported ones too, by their beginning."""
        rows = self._connection.execute(_FOR_SCHEDULE, {"of": schedule, "start": start})
        return tuple(_override(row) for row in rows)

    def all(self, now: datetime) -> list[Override]:
        """Those of every schedule that are not over at ``now``, imported ones too, by their beginning."""
        return [_override(row) for row in self._connection.execute(_NOT_OVER, {"now": now})]


def _row(override: Override, at: datetime, *, imported: bool) -> dict[str, object]:
    return {
        "schedule": override.schedule, "person": override.person, "starts_at": override.starts_at,
        "ends_at": override.ends_at, "set_at": at, "set_by": override.set_by, "why": override.why, "imported": imported,
    }  # fmt: skip


def _override(row: Any) -> Override:
    return Override(**row._asdict())
