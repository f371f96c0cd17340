"""Rings: what became of each phone that was rung."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import BindParameter, bindparam, insert, select, update

from db.connection import Connection
from db.errors import StoreConflict
from db.models import AttemptRow, RingRow, table
from db.repositories.statements import changed, instant
from flows.rules.decline import DeclineReason
from flows.rules.ring_outcome import Guess, RingOutcome
from flows.wrap_up import WrapUp

_T = table(RingRow)
_AT = instant("at")
_LEG: BindParameter[str] = bindparam("leg")
_ID: BindParameter[int] = bindparam("id")
_ONE = _T.c.id == bindparam("of")
_OPEN = _T.c.accepted_at.is_(None) & _T.c.declined_at.is_(None) & _T.c.ended_at.is_(None)
_START = insert(_T).returning(_T.c.id)
_PASS_OVER = insert(_T)
_READ = select(_T).where(_T.c.id == _ID)
_ANSWERED = update(_T).where(_ONE, _T.c.answered_at.is_(None)).values(leg_sid=_LEG, answered_at=_AT)
_ACCEPT = update(_T).where(_ONE, _OPEN).values(leg_sid=_LEG, accepted_at=_AT)
_ACCEPTED_BY = select(_T.c.leg_sid).where(_T.c.id == _ID, _T.c.accepted_at.is_not(None), _T.c.ended_at.is_(None))
_DECLINE = update(_T).where(_ONE, _OPEN).values(declined_at=_AT)
_GUESS = update(_T).where(_ONE).values(guess=bindparam("who"))
_EXPLAIN = update(_T).where(_ONE, _T.c.declined_at.is_not(None)).values(decline_reason=bindparam("why"))
_END = update(_T).where(_ONE, _T.c.ended_at.is_(None)).values(outcome=bindparam("how"), ended_at=_AT)
_OF_ATTEMPT = select(_T).where(_T.c.attempt_id == bindparam("attempt")).order_by(_T.c.id)
_OF_CALL = select(_T).where(_T.c.call_sid == bindparam("sid")).order_by(_T.c.id)
_PLACED = update(_T).where(_ONE, _T.c.leg_sid.is_(None)).values(leg_sid=_LEG)
_STATE = update(_T).where(_ONE).values(terms=bindparam("stated"), terms_until=instant("until"), terms_at=_AT)
_STILL_OPEN = (
    select(_T).where(_T.c.attempt_id == bindparam("attempt"), _T.c.ended_at.is_(None)).order_by(_T.c.id)
)
_OPEN_FOR = (
    select(_T)
    .where(_T.c.call_sid == bindparam("sid"), _T.c.ended_at.is_(None))
    .order_by(_T.c.id.desc())
    .limit(1)
)
_ANSWERS = (
    select(_T.c.answered_at)
    .where(_T.c.number == bindparam("phone"), _T.c.answered_at.is_not(None))
    .order_by(_T.c.started_at.desc())
    .limit(1)
)
_A = table(AttemptRow)
_LAST_TALK = (
    select(_T)
    .join(_A, _A.c.id == _T.c.attempt_id)
    .where(_A.c.ticket_number == bindparam("number"), _T.c.outcome == RingOutcome.TALKED.value)
    .order_by(_T.c.id.desc())
    .limit(1)
)
_LATEST_OPEN = _OPEN_FOR.with_only_columns(_T.c.id).scalar_subquery()
_END_FOR = update(_T).where(_T.c.id == _LATEST_OPEN).values(outcome=bindparam("how"), ended_at=_AT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ring:
    """One ring. ``call_sid`` is the caller's leg, ``leg_sid`` the manager's, known once it is answered. ``member`` is
    a name, ``person`` that person's key in the routing."""

    id: int
    attempt_id: int
    call_sid: str
    rank: int
    title: str
    member: str
    person: str
    number: str
    language: str
    started_at: datetime
    leg_sid: str | None
    answered_at: datetime | None
    accepted_at: datetime | None
    declined_at: datetime | None
    ended_at: datetime | None
    outcome: str | None
    terms: str | None
    terms_until: datetime | None
    decline_reason: str | None
    terms_at: datetime | None
    guess: str | None


class Rings:
    """The rings of one unit of work."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def start(
        self,
        attempt_id: int,
        call_sid: str,
        rank: int,
        title: str,
        member: str,
        number: str,
        at: datetime,
        language: str = "en",
        person: str = "",
    ) -> int:
        """Write down that a phone is about to ring; the ring's id. ``language`` is what the member is spoken to in."""
        row = {
            "attempt_id": attempt_id, "call_sid": call_sid, "rank": rank, "title": title, "member": member,
            "number": number, "language": language, "started_at": at, "person": person,
        }
        return int(self._connection.execute(_START, row).scalar_one())

    def pass_over(
        self,
        attempt_id: int,
        call_sid: str,
        rank: int,
        title: str,
        member: str,
        person: str,
        language: str,
        why: RingOutcome,
        at: datetime,
    ) -> None:
        """Write down that somebody was passed over: a ring over at once, without a number, because no phone rang."""
        row = {
            "attempt_id": attempt_id, "call_sid": call_sid, "rank": rank, "title": title, "member": member,
            "number": "", "language": language, "started_at": at, "person": person, "ended_at": at,
            "outcome": why.value,
        }
        self._connection.execute(_PASS_OVER, row)

    def read(self, ring_id: int) -> Ring | None:
        """One ring."""
        row = self._connection.execute(_READ, {"id": ring_id}).first()
        return Ring(**row._asdict()) if row else None

    def answered(self, ring_id: int, leg_sid: str, at: datetime) -> None:
        """Somebody, or some mailbox, picked up. The first answer stays."""
        self._connection.execute(_ANSWERED, {"of": ring_id, "leg": leg_sid, "at": at})

    def placed(self, ring_id: int, leg_sid: str) -> None:
        """The carrier has taken the order: this leg rings."""
        self._connection.execute(_PLACED, {"of": ring_id, "leg": leg_sid})

    def state(self, ring_id: int, wrap_up: WrapUp, at: datetime) -> None:
        """Store the terms that the manager on this ring stated after the talk."""
        row = {"of": ring_id, "stated": wrap_up.terms.value, "until": wrap_up.until, "at": at}
        self._connection.execute(_STATE, row)

    def still_open(self, attempt_id: int) -> list[Ring]:
        """The attempt's rings that have not ended."""
        return [Ring(**row._asdict()) for row in self._connection.execute(_STILL_OPEN, {"attempt": attempt_id})]

    def accept(self, ring_id: int, leg_sid: str, at: datetime) -> bool:
        """Store this leg's key press; whether this leg, and no other, joins the caller.

        Compare-and-set on the ring, and a unique index over the attempt's rings: of two managers who press 1 at the
        same moment one gets False. The same leg pressing again gets True again.
        """
        try:
            with self._connection.guarded():
                won = changed(self._connection, _ACCEPT, {"of": ring_id, "leg": leg_sid, "at": at})
        except StoreConflict:
            return False
        return won or self._connection.execute(_ACCEPTED_BY, {"id": ring_id}).scalar() == leg_sid

    def decline(self, ring_id: int, at: datetime) -> bool:
        """Store that the manager passed the call on; False when the ring was accepted, declined or over before."""
        return changed(self._connection, _DECLINE, {"of": ring_id, "at": at})

    def explain(self, ring_id: int, reason: DeclineReason) -> None:
        """Store why the manager passed the call on."""
        self._connection.execute(_EXPLAIN, {"of": ring_id, "why": reason.value})

    def guess(self, ring_id: int, who: Guess) -> None:
        """Store who the carrier thinks has picked up."""
        self._connection.execute(_GUESS, {"of": ring_id, "who": who.value})

    def end(self, ring_id: int, outcome: RingOutcome, at: datetime) -> bool:
        """Store how the ring ended; False when it had ended before, and then nothing is changed."""
        return changed(self._connection, _END, {"of": ring_id, "how": outcome.value, "at": at})

    def end_for(self, call_sid: str, outcome: RingOutcome, at: datetime) -> None:
        """Store how the ring under way for this caller's leg ended, if there is any."""
        self._connection.execute(_END_FOR, {"sid": call_sid, "how": outcome.value, "at": at})

    def of_attempt(self, attempt_id: int) -> list[Ring]:
        """Every ring of an attempt, in order."""
        return [Ring(**row._asdict()) for row in self._connection.execute(_OF_ATTEMPT, {"attempt": attempt_id})]

    def of_call(self, call_sid: str) -> list[Ring]:
        """Every ring for a caller's leg, in order."""
        return [Ring(**row._asdict()) for row in self._connection.execute(_OF_CALL, {"sid": call_sid})]

    def last_talk(self, ticket_number: str) -> Ring | None:
        """The latest ring of any attempt for the ticket that led to a talk."""
        row = self._connection.execute(_LAST_TALK, {"number": ticket_number}).first()
        return Ring(**row._asdict()) if row else None

    def last_answer(self, number: str) -> datetime | None:
        """When somebody, or some mailbox, last picked up this phone."""
        row = self._connection.execute(_ANSWERS, {"phone": number}).first()
        return row.answered_at if row else None

    def open_for(self, call_sid: str) -> Ring | None:
        """The ring under way for this caller's leg, if any."""
        row = self._connection.execute(_OPEN_FOR, {"sid": call_sid}).first()
        return Ring(**row._asdict()) if row else None
