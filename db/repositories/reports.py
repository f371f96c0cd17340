"""Reports: what became of the calls of a period. Rows without words, for whoever counts them."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, Protocol

from sqlalchemy import ColumnElement, Select, String, and_, bindparam, or_, select

from db import codec
from db.connection import Connection
from db.models import AttemptRow, CallRow, PromiseRow, RefusalRow, RingRow, table
from db.repositories.overview import CALLERS
from db.repositories.statements import instant
from flows.rules.ring_outcome import LONGEST_CALL

_C, _A, _F = table(CallRow), table(AttemptRow), table(RefusalRow)
_G, _P = table(RingRow), table(PromiseRow)
_LATER_CALL = _C.alias("later_call")
_ANY_LINE = bindparam("line", type_=String())
_ON_LINE = or_(_ANY_LINE == "", _C.c.line == _ANY_LINE)


def _in_period(column: ColumnElement[datetime]) -> ColumnElement[bool]:
    return and_(column >= instant("since"), column < instant("until"))


def _of_period(statement: Select[Any], column: ColumnElement[datetime]) -> Select[Any]:
    return statement.where(_in_period(column), _ON_LINE)


_CALLS = _of_period(
    select(_C.c.sid, _C.c.started_at).where(CALLERS), _C.c.started_at
)
# Joined, not asked for call by call: one look at both tables is a third of the time of 25,000 looks at one.
_OUTCOMES = _of_period(
    select(_A.c.call_sid, _A.c.outcome).select_from(_A.join(_C, _C.c.sid == _A.c.call_sid)).where(CALLERS),
    _C.c.started_at,
).order_by(_A.c.id)
_RINGS = select(
    _G.c.call_sid, _G.c.member, _G.c.rank, _G.c.title, _G.c.outcome, _G.c.started_at, _G.c.accepted_at
).where(_in_period(_G.c.started_at))
_REFUSALS = select(_F.c.call_sid, _F.c.reasons).where(_in_period(_F.c.at))
_PROMISES = _of_period(
    select(_P.c.state).select_from(
        _P.join(_A, _A.c.id == _P.c.attempt_id).join(_C, _C.c.sid == _A.c.call_sid)
    ),
    _P.c.promised_at,
)
_LATER = (
    _of_period(
        select(_F.c.ticket_number, _F.c.at, _A.c.call_sid, _LATER_CALL.c.state).select_from(
            _F.join(_C, _C.c.sid == _F.c.call_sid)
            .join(_A, and_(_A.c.ticket_number == _F.c.ticket_number, _A.c.started_at >= _F.c.opens_at))
            .join(_LATER_CALL, _LATER_CALL.c.sid == _A.c.call_sid)
        ),
        _F.c.at,
    )
    .where(_F.c.reasons.contains(bindparam("reason", type_=String())))
    .order_by(_F.c.at.desc(), _F.c.id.desc())    # in the order of the index: the latest are found without the others
    .limit(bindparam("most"))
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """From ``since`` to before ``until`` (aware), on one ``line`` (E.164) or, empty, on all of them."""

    since: datetime
    until: datetime
    line: str = ""


class CallBegun(Protocol):
    """A customer's call. It is the row itself, for a quarter has tens of thousands of them."""

    sid: str
    started_at: datetime


class RingMade(Protocol):
    """A ring; the row itself."""

    call_sid: str
    member: str
    rank: int
    title: str
    outcome: str | None
    started_at: datetime
    accepted_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Escalated:
    """A refused ticket (``refused_at``) that was escalated later, by the call with this SID; ``state`` is how that call
    ended."""

    ticket_number: str
    refused_at: datetime
    call_sid: str
    state: codec.StoredState


class Reports:
    """What reports are made of, in one unit of work."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def calls(self, period: Period) -> list[CallBegun]:
        """Every customer's call of the period."""
        return list(self._connection.execute(_CALLS, _values(period)))

    def outcomes(self, period: Period) -> dict[str, str | None]:
        """How the last attempt of each call of the period ended, by the call's SID; calls without one are left out."""
        return {row.call_sid: row.outcome for row in self._connection.execute(_OUTCOMES, _values(period))}

    def rings(self, period: Period) -> list[RingMade]:
        """Every ring of the calls of the period, on any line, and who was passed over; some of later calls as well."""
        return list(self._connection.execute(_RINGS, _until_all_ended(period)))

    def refusals(self, period: Period) -> list[tuple[str, tuple[str, ...]]]:
        """Every refusal in calls of the period, on any line, and some in later calls: the call's SID and the reasons,
        the spoken one first."""
        rows = self._connection.execute(_REFUSALS, _until_all_ended(period))
        return [(row.call_sid, _reasons(row.reasons)) for row in rows]

    def promises(self, period: Period) -> list[str]:
        """What became of each answer promised in the period: values of flows' promise State."""
        return list(self._connection.execute(_PROMISES, _values(period)).scalars())

    def escalated_later(self, period: Period, reason: str, most: int) -> list[Escalated]:
        """Refusals of the period for ``reason`` whose tickets were escalated once it was over, the latest first."""
        rows = self._connection.execute(_LATER, {**_values(period), "reason": reason, "most": most})
        return [
            Escalated(ticket_number=row.ticket_number, refused_at=row.at, call_sid=row.call_sid,
                      state=codec.state.decode(row.state))
            for row in rows
        ]


@lru_cache(maxsize=256)
def _reasons(text: str) -> tuple[str, ...]:
    """There are few combinations, and thousands of refusals."""
    return codec.words_from_text(text)


def _until_all_ended(period: Period) -> dict[str, Any]:
    """A call that begins before midnight has rings after it."""
    return {"since": period.since, "until": period.until + LONGEST_CALL}


def _values(period: Period) -> dict[str, Any]:
    return {"since": period.since, "until": period.until, "line": period.line}
