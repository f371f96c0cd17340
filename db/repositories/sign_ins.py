"""Sign-ins: which browsers are signed in as whom, kept here so that they can be ended here."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, delete, func, insert, select, update

from db.connection import Connection
from db.models import SignInFailureRow, SignInRow, table
from db.repositories.statements import instant

COUNTED_AT_MOST = 200
"""Counting stops here: no throttle needs more, and a flood must not make the count slow."""

_T, _F = table(SignInRow), table(SignInFailureRow)
_BEGIN = insert(_T)
_READ = select(_T).where(_T.c.key == bindparam("of"))
_SEEN = update(_T).where(_T.c.key == bindparam("of")).values(seen_at=instant("at"))
_END = delete(_T).where(_T.c.key == bindparam("of"))
_END_OTHERS = delete(_T).where(_T.c.user_id == bindparam("user"), _T.c.key != bindparam("but"))
_OF_USER = select(func.count()).select_from(_T).where(_T.c.user_id == bindparam("user"))
_FORGET = delete(_T).where(_T.c.began_at < instant("before"))
_FAILED = insert(_F)
_BY_NAME = (
    select(_F.c.id).where(_F.c.name == bindparam("of"), _F.c.at > instant("since")).limit(COUNTED_AT_MOST).subquery()
)
_BY_ADDRESS = (
    select(_F.c.id).where(_F.c.address == bindparam("of"), _F.c.at > instant("since")).limit(COUNTED_AT_MOST).subquery()
)
_COUNT_BY_NAME = select(func.count()).select_from(_BY_NAME)
_COUNT_BY_ADDRESS = select(func.count()).select_from(_BY_ADDRESS)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredSignIn:
    """One browser's sign-in. ``whole`` says that a second factor, where the user has one, was shown."""

    key: str
    user_id: int
    began_at: datetime
    seen_at: datetime
    whole: bool


class SignIns:
    """The sign-ins of one unit of work."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def begin(self, key: str, user_id: int, at: datetime, *, whole: bool) -> None:
        """Store a new sign-in under the hash of what the browser holds."""
        row = {"key": key, "user_id": user_id, "began_at": at, "seen_at": at, "whole": whole}
        self._connection.execute(_BEGIN, row)

    def read(self, key: str) -> StoredSignIn | None:
        """The sign-in, unless it was ended."""
        row = self._connection.execute(_READ, {"of": key}).first()
        return StoredSignIn(**row._asdict()) if row else None

    def seen(self, key: str, at: datetime) -> None:
        """The browser was here."""
        self._connection.execute(_SEEN, {"of": key, "at": at})

    def end(self, key: str) -> None:
        """Sign out."""
        self._connection.execute(_END, {"of": key})

    def end_others(self, user_id: int, but: str = "") -> None:
        """Sign out every browser of the user, except the one with the key ``but``."""
        self._connection.execute(_END_OTHERS, {"user": user_id, "but": but})

    def count(self, user_id: int) -> int:
        """How many browsers are signed in as the user."""
        return int(self._connection.execute(_OF_USER, {"user": user_id}).scalar_one())

    def forget(self, before: datetime) -> None:
        """Drop sign-ins that began before an instant: they have ended by themselves."""
        self._connection.execute(_FORGET, {"before": before})

    def failed(self, name: str, address: str, at: datetime) -> None:
        """Count a wrong password or code."""
        self._connection.execute(_FAILED, {"name": name, "address": address, "at": at})

    def failures(self, name: str, address: str, since: datetime) -> tuple[int, int]:
        """How many there were for the name, and from the address, after ``since``; at most COUNTED_AT_MOST each."""
        by_name = self._connection.execute(_COUNT_BY_NAME, {"of": name, "since": since}).scalar_one()
        by_address = self._connection.execute(_COUNT_BY_ADDRESS, {"of": address, "since": since}).scalar_one()
        return int(by_name), int(by_address)
