"""Pins: hashes of managers' PINs, and how often they were tried in vain."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Executable, bindparam, delete, select, update

from db.connection import Connection
from db.models import PinRow, table
from db.repositories.statements import changed, upsert

_T = table(PinRow)
_READ = select(_T).where(_T.c.person == bindparam("person"))
_LOCK = _READ.with_for_update()
_ALL = select(_T).order_by(_T.c.person)
_SET = upsert(
    _T,
    lambda insert: insert.on_conflict_do_update(
        index_elements=[_T.c.person],
        set_={each: insert.excluded[each] for each in ("hash", "wrong_tries", "locked_until", "set_at", "set_by")},
    ),
)
_CLEAR = delete(_T).where(_T.c.person == bindparam("of"))
_TRIED = (
    update(_T)
    .where(_T.c.person == bindparam("of"))
    .values(wrong_tries=bindparam("wrong_tries"), locked_until=bindparam("locked_until"))
)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredPin:
    """One person's PIN as it stands."""

    person: str
    hash: str
    wrong_tries: int
    locked_until: datetime | None
    set_at: datetime
    set_by: str

    def is_locked(self, now: datetime) -> bool:
        """Whether not even the right keys open it."""
        return self.locked_until is not None and self.locked_until > now


class Pins:
    """The PINs of one unit of work."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, people: Collection[str]) -> Mapping[str, StoredPin]:
        """The PINs that these people have, by person."""
        return self._read(_READ, people)

    def lock(self, people: Collection[str]) -> Mapping[str, StoredPin]:
        """Like ``of``, with the rows held: of several tries at the same moment each sees what the others did."""
        return self._read(_LOCK, people)

    def all(self) -> list[StoredPin]:
        """Every PIN, by person."""
        return [StoredPin(**row._asdict()) for row in self._connection.execute(_ALL)]

    def set(self, person: str, hash: str, by: str, at: datetime) -> None:
        """Give a person a PIN; the one before, its tries and its lock are forgotten."""
        row = {
            "person": person, "hash": hash, "wrong_tries": 0, "locked_until": None, "set_at": at, "set_by": by,
        }
        self._connection.execute(_SET[self._connection.dialect.name], row)

    def clear(self, person: str) -> bool:
        """Take a person's PIN away; False when there was none."""
        return changed(self._connection, _CLEAR, {"of": person})

    def tried(self, person: str, wrong_tries: int, locked_until: datetime | None) -> None:
        """Store how many wrong tries in a row there are now (0: it was right), and until when they lock the PIN."""
        row = {"of": person, "wrong_tries": wrong_tries, "locked_until": locked_until}
        self._connection.execute(_TRIED, row)

    def _read(self, statement: Executable, people: Collection[str]) -> Mapping[str, StoredPin]:
        """One after the other in the order of their keys, so that no two transactions wait for each other."""
        rows = (self._connection.execute(statement, {"person": person}).first() for person in sorted(people))
        return {row.person: StoredPin(**row._asdict()) for row in rows if row is not None}
