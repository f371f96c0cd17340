"""Interventions: what changed a ticket's standing beside its attempts, and who did it."""

from dataclasses import asdict, dataclass
from datetime import datetime
from enum import Enum

from sqlalchemy import bindparam, insert, select

from db.connection import Connection
from db.models import InterventionRow, table

_T = table(InterventionRow)
_RECORD = insert(_T)
_OF_TICKET = (
    select(_T)
    .where(_T.c.ticket_number == bindparam("number"))
    .order_by(_T.c.at.desc(), _T.c.id.desc())
    .limit(bindparam("most"))
)


class Kind(Enum):
    """What was done."""

    COOLDOWN_SET = "cooldown-set"
    COOLDOWN_LIFTED = "cooldown-lifted"
    DE_ESCALATED = "de-escalated"


@dataclass(frozen=True, slots=True, kw_only=True)
class Intervention:
    """One change of a ticket's standing. ``by`` is a person, or the rule that did it; ``until`` where it ends by
    itself."""

    ticket_number: str
    kind: Kind
    at: datetime
    by: str
    why: str
    until: datetime | None = None


class Interventions:
    """The interventions of one unit of work."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def record(self, intervention: Intervention) -> None:
        """Write one down."""
        self._connection.execute(_RECORD, asdict(intervention) | {"kind": intervention.kind.value})

    def of_ticket(self, number: str, limit: int = 200) -> list[Intervention]:
        """What was done about the ticket lately, in order."""
        rows = self._connection.execute(_OF_TICKET, {"number": number, "most": limit})
        found = [
            Intervention(
                ticket_number=row.ticket_number, kind=Kind(row.kind), at=row.at, by=row.by, why=row.why, until=row.until
            )
            for row in rows
        ]
        return found[::-1]
