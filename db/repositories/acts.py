"""Acts: what managers did on their line, and tries to get in that failed."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from sqlalchemy import Executable, bindparam, func, insert, select

from db.connection import Connection
from db.models import ActRow, table
from db.repositories.statements import instant

COUNTED_AT_MOST = 100
"""Counting stops here: no throttle needs more, and a flood must not make the count slow."""


class Act(Enum):
    """What somebody did."""

    CAME_IN = "came-in"                    # keyed the right PIN
    WRONG_PIN = "wrong-pin"
    OFF_DUTY = "off-duty"
    ON_DUTY = "on-duty"
    DUTY_PASSED = "duty-passed"
    COOLDOWN_LIFTED = "cooldown-lifted"
    COOLDOWN_SET = "cooldown-set"


_T = table(ActRow)
_RECORD = insert(_T)
_OF_CALL = select(_T).where(_T.c.call_sid == bindparam("of")).order_by(_T.c.id)
_OF_TICKET = select(_T).where(_T.c.ticket_number == bindparam("of")).order_by(_T.c.id)
_LATEST = (
    select(_T.c.id)
    .where(_T.c.line == bindparam("line"), _T.c.act == bindparam("act"), _T.c.at > instant("since"))
    .limit(COUNTED_AT_MOST)
    .subquery()
)
_ON_LINE = select(func.count()).select_from(_LATEST)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredAct:
    """One act. ``person`` is empty where nobody has proved to be anybody; ``until`` is when its effect ends."""

    at: datetime
    call_sid: str
    line: str
    person: str
    act: Act
    ticket_number: str | None = None
    until: datetime | None = None
    about: str = ""


class Acts:
    """The acts of one unit of work."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def record(self, act: StoredAct) -> None:
        """Write one down."""
        row = {
            "at": act.at, "call_sid": act.call_sid, "line": act.line, "person": act.person, "act": act.act.value,
            "ticket_number": act.ticket_number, "until": act.until, "about": act.about,
        }
        self._connection.execute(_RECORD, row)

    def of_call(self, sid: str) -> list[StoredAct]:
        """What was done in a call, in order."""
        return self._read(_OF_CALL, sid)

    def of_ticket(self, number: str) -> list[StoredAct]:
        """What was done about a ticket, in order."""
        return self._read(_OF_TICKET, number)

    def on_line(self, line: str, act: Act, since: datetime) -> int:
        """How often it was done on a line after ``since``; at most COUNTED_AT_MOST."""
        asked = {"line": line, "act": act.value, "since": since}
        return int(self._connection.execute(_ON_LINE, asked).scalar_one())

    def _read(self, statement: Executable, of: str) -> list[StoredAct]:
        return [
            StoredAct(
                at=row.at, call_sid=row.call_sid, line=row.line, person=row.person, act=Act(row.act),
                ticket_number=row.ticket_number, until=row.until, about=row.about,
            )
            for row in self._connection.execute(statement, {"of": of})
        ]
