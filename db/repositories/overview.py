"""Overview: what the admin lists. Each list is bounded and pages by its newest entry, so that it stays fast."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Executable, Integer, String, and_, bindparam, exists, func, or_, select

from db import codec
from db.connection import Connection
from db.models import AttemptRow, CallRow, PromiseRow, RefusalRow, RingRow, StandingRow, TicketRow, table
from db.repositories.attempts import LOST
from db.repositories.statements import instant
from flows.rules.cooldown import Outcome, RefusedBecause
from flows.rules.ring_outcome import RingOutcome

_C, _A, _F = table(CallRow), table(AttemptRow), table(RefusalRow)
_S, _G, _T, _P = table(StandingRow), table(RingRow), table(TicketRow), table(PromiseRow)
CALLERS = or_(_C.c.conversation == "escalation_line", _C.c.conversation == "customer_call")
"""The conversations that customers have; the others are managers' legs."""
RARE = frozenset({LOST, Outcome.NOBODY_ON_DUTY.value, Outcome.LEFT_EARLY.value})
"""Outcomes of few calls, found from the attempts: walking through all calls for them takes PostgreSQL half a second."""

_TALKED = RingOutcome.TALKED.value
LAST_OUTCOME = (
    select(_A.c.outcome).where(_A.c.call_sid == _C.c.sid).order_by(_A.c.id.desc()).limit(1).scalar_subquery()
)
"""How the last attempt of a call ended; NULL without one."""
_TITLE = (
    select(_A.c.reached_title).where(_A.c.call_sid == _C.c.sid).order_by(_A.c.id.desc()).limit(1).scalar_subquery()
)
_REASONS = (
    select(_F.c.reasons).where(_F.c.call_sid == _C.c.sid).order_by(_F.c.id.desc()).limit(1).scalar_subquery()
)
_CALLS = (
    select(
        _C.c.sid, _C.c.line, _C.c.caller, _C.c.ticket_number, _C.c.step, _C.c.started_at, _C.c.ended_at,
        LAST_OUTCOME.label("outcome"), _TITLE.label("reached"), _REASONS.label("reasons"),
    )
    .where(CALLERS)
    .order_by(_C.c.started_at.desc(), _C.c.sid.desc()).limit(bindparam("most"))
)
_BEFORE, _BEFORE_SID = instant("before"), bindparam("before_sid", type_=String())
_CONDITIONS: Mapping[str, ColumnElement[bool]] = {
    "ticket": _C.c.ticket_number == bindparam("ticket"),
    "caller": _C.c.caller.endswith(bindparam("caller", type_=String())),
    "line": _C.c.line == bindparam("line"),
    "since": _C.c.started_at >= instant("since"),
    "until": _C.c.started_at < instant("until"),
    "reason": _REASONS.contains(bindparam("reason", type_=String())),
    "spoken": exists().where(
        _F.c.call_sid == _C.c.sid, _F.c.reasons.startswith(bindparam("spoken", type_=String()))
    ),
    "repeat": exists().where(
        _F.c.call_sid == _C.c.sid, or_(*(_F.c.reasons.startswith(f'["{each.value}"') for each in RefusedBecause))
    ),
    "sid": _C.c.sid == bindparam("sid", type_=String()),
    "outcome": bindparam("outcome", type_=String()) == LAST_OUTCOME,
    "rare": _C.c.sid.in_(select(_A.c.call_sid).where(_A.c.outcome == bindparam("outcome", type_=String()))),
    "rang": exists().where(_G.c.call_sid == _C.c.sid, _G.c.member == bindparam("rang", type_=String())),
    "talked": exists().where(
        _G.c.call_sid == _C.c.sid, _G.c.rank == bindparam("talked", type_=Integer()), _G.c.outcome == _TALKED
    ),
    "promise": _C.c.sid.in_(
        select(_A.c.call_sid)
        .join(_P, _P.c.attempt_id == _A.c.id)
        .where(_P.c.state == bindparam("promise", type_=String()))
    ),
    "refused": and_(LAST_OUTCOME.is_(None), _REASONS.is_not(None)),
    "none": and_(LAST_OUTCOME.is_(None), _REASONS.is_(None)),
    # The first comparison lets the index begin there; an OR alone would be walked to from the newest call on.
    "before": and_(_C.c.started_at <= _BEFORE, or_(_C.c.started_at < _BEFORE, _C.c.sid < _BEFORE_SID)),
}
_RESTING = (
    select(_S.c.ticket_number, _S.c.leased_until, _S.c.quiet_until, _S.c.promised_until, _S.c.last_talked,
           _S.c.attempts)
    .where(or_(_S.c.quiet_until > instant("now"), _S.c.leased_until > instant("now")))
    .order_by(_S.c.quiet_until).limit(bindparam("most"))
)
_PHONES = select(
    _G.c.call_sid, _G.c.rank, _G.c.title, _G.c.member, _G.c.started_at, _G.c.answered_at, _G.c.accepted_at
).where(_G.c.ended_at.is_(None)).order_by(_G.c.id)
_BEGINS, _HAS = bindparam("begins", type_=String()), bindparam("has", type_=String())
_TICKETS = (
    select(_T.c.number, _T.c.subject, _T.c.organisation, _T.c.program, _T.c.severity, _T.c.product, _T.c.status,
           _T.c.updated_at, _S.c.quiet_until, func.coalesce(_S.c.attempts, 0).label("attempts"))
    .select_from(_T.outerjoin(_S, _S.c.ticket_number == _T.c.number))
    .where(
        _T.c.number > bindparam("after"),
        or_(
            _T.c.number.like(_BEGINS, escape="/"),
            func.lower(_T.c.subject).like(_HAS, escape="/"),
            func.lower(_T.c.organisation).like(_HAS, escape="/"),
        ),
    )
    .order_by(_T.c.number).limit(bindparam("most"))
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CallFilter:
    """Which calls to list; what is None does not matter. ``outcome`` is an attempt's outcome, "refused" or "none";
    ``caller`` the end of the number; ``reason`` one of those of the last refusal, ``spoken`` the one that the caller
    heard in any refusal; ``rang`` the name of somebody whose phone rang, ``talked`` the rank of a level
    that talked, ``promise`` the state of a promise that was made. ``repeat``: refused because its ticket was
    being rung, rested or had been tried often enough."""

    ticket: str | None = None
    caller: str | None = None
    line: str | None = None
    outcome: str | None = None
    reason: str | None = None
    spoken: str | None = None
    rang: str | None = None
    talked: int | None = None
    promise: str | None = None
    repeat: bool | None = None
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CallLine:
    """A customer's call as a list shows it. ``reasons`` are those of its last refusal, the spoken one first."""

    sid: str
    line: str
    caller: str
    ticket_number: str | None
    step: str
    started_at: datetime
    ended_at: datetime | None
    outcome: str | None
    reached: str | None
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Resting:
    """A ticket that holds a claim or rests."""

    ticket_number: str
    leased_until: datetime | None
    quiet_until: datetime | None
    promised_until: datetime | None
    last_talked: int
    attempts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Phone:
    """A telephone that rings, is being screened, or talks."""

    call_sid: str
    rank: int
    title: str
    member: str
    started_at: datetime
    answered_at: datetime | None
    accepted_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketLine:
    """A ticket of the built-in ticket system as a list shows it."""

    number: str
    subject: str
    organisation: str
    program: str
    severity: int
    product: str
    status: str
    updated_at: datetime
    quiet_until: datetime | None
    attempts: int


class Overview:
    """The lists of one unit of work."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def calls(self, wanted: CallFilter, most: int, before: tuple[datetime, str] | None = None) -> list[CallLine]:
        """Customers' calls, the newest first; those before the call with start and SID ``before``."""
        values = {name: value for name, value in asdict(wanted).items() if value is not None}
        if wanted.spoken is not None:
            values["spoken"] = codec.words_to_text((wanted.spoken,))[:-1]
        values.pop("repeat", None)
        conditions = set(values) | ({"before"} if before else set()) | ({"repeat"} if wanted.repeat else set())
        if wanted.outcome in {"refused", "none"}:
            conditions = conditions - {"outcome"} | {values.pop("outcome")}
        elif wanted.outcome in RARE:
            conditions |= {"rare"}
        at, sid = before or (None, None)
        place = {"before": at, "before_sid": sid} if before else {}
        rows = self._connection.execute(_calls(frozenset(conditions)), {**values, "most": most, **place})
        return [_call(row) for row in rows]

    def call(self, sid: str) -> CallLine | None:
        """One customer's call as the list would show it."""
        row = self._connection.execute(_calls(frozenset({"sid"})), {"sid": sid, "most": 1}).first()
        return _call(row) if row else None

    def resting(self, now: datetime, most: int) -> list[Resting]:
        """Tickets whose cooldown runs or whose ladder rings, the soonest to end first."""
        rows = self._connection.execute(_RESTING, {"now": now, "most": most})
        return [Resting(**row._asdict()) for row in rows]

    def phones(self) -> list[Phone]:
        """Every telephone that rings or talks now."""
        return [Phone(**row._asdict()) for row in self._connection.execute(_PHONES)]

    def tickets(self, words: str, most: int, after: str = "") -> list[TicketLine]:
        """Tickets by number; ``words`` is the beginning of a number, or stands in subject or organisation."""
        plain = words.lower().replace("/", "//").replace("%", "/%").replace("_", "/_")
        values = {"begins": f"{plain}%", "has": f"%{plain}%", "after": after, "most": most}
        return [TicketLine(**row._asdict()) for row in self._connection.execute(_TICKETS, values)]


@lru_cache(maxsize=1024)
def _calls(asked: frozenset[str]) -> Executable:
    """The statement for this kind of search: there are few kinds, and each is written once."""
    return _CALLS.where(*(_CONDITIONS[name] for name in sorted(asked)))


def _call(row: Any) -> CallLine:
    columns = row._asdict()
    columns["reasons"] = codec.words_from_text(row.reasons) if row.reasons else ()
    return CallLine(**columns)
