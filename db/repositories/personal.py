"""What is kept about a person who calls: found by number, and forgotten by number or by age.

A call goes with all its legs, with every word spoken and key pressed. What stays is the work: attempts and rings of a
ticket with their outcomes, without any number.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, String, bindparam, delete, func, literal, or_, select, update

from db.connection import Connection
from db.models import (
    ActRow,
    CallbackRow,
    CallRow,
    MessageRow,
    OutboxRow,
    RefusalRow,
    RingRow,
    TalkRecordingRow,
    TicketRow,
    TurnRow,
    WrongTryRow,
    table,
)
from db.repositories.statements import instant

_C, _T, _O, _W = table(CallRow), table(TurnRow), table(OutboxRow), table(WrongTryRow)
_R, _K, _F, _A = table(RingRow), table(TicketRow), table(RefusalRow), table(ActRow)
_B, _M, _L = table(CallbackRow), table(MessageRow), table(TalkRecordingRow)
_OF: BindParameter[Any] = bindparam("of")
_MOST: BindParameter[int] = bindparam("most")
_QUOTED, _ANYWHERE = bindparam("quoted", type_=String()), bindparam("anywhere", type_=String())

_LEGS = select(_C.c.sid).where(or_(_C.c.sid == _OF, _C.c.parent_sid == _OF))
_OLD_CALLS = (
    select(_C.c.sid)
    .where(_C.c.started_at < instant("before"), _C.c.ended_at.is_not(None), _C.c.parent_sid.is_(None))
    .order_by(_C.c.started_at)
    .limit(_MOST)
)
_CALLS = (
    select(_C.c.sid, _C.c.started_at, _C.c.ended_at, _C.c.line, _C.c.ticket_number)
    .where(_C.c.caller == bindparam("number"), _C.c.parent_sid.is_(None))
    .order_by(_C.c.started_at)
)
_FORGET_CALL = (
    delete(_T).where(_T.c.call_sid.in_(_LEGS)),
    delete(_F).where(_F.c.call_sid == _OF),
    delete(_A).where(_A.c.call_sid == _OF),
    delete(_B).where(_B.c.call_sid == _OF),
    update(_R).where(_R.c.call_sid == _OF).values(number=""),
    delete(_C).where(_C.c.parent_sid == _OF),
    delete(_C).where(_C.c.sid == _OF),
)
# Letters are numbered as they are put in: the first ones are looked at, not all of them at every pass of the worker.
_FIRST_LETTERS = select(_O.c.id, _O.c.created_at).order_by(_O.c.id).limit(_MOST).subquery()
_OLD_LETTERS = (
    select(_FIRST_LETTERS.c.id).where(_FIRST_LETTERS.c.created_at < instant("before")).order_by(_FIRST_LETTERS.c.id)
)
_FORGET_LETTER = delete(_O).where(_O.c.id == _OF)
_FORGET_OLD_TRIES = delete(_W).where(_W.c.at < instant("before"))
_FORGET_CALLBACKS = delete(_B).where(_B.c.number == bindparam("number"))
_CALLBACKS = (
    select(_B.c.asked_at, _B.c.ticket_number, _B.c.state, _B.c.tries, _B.c.closed_at)
    .where(_B.c.number == bindparam("number"))
    .order_by(_B.c.id)
)
_MESSAGES = (
    select(_M.c.recorded_at, _M.c.seconds, _M.c.state, _M.c.transcription)
    .where(_M.c.call_sid == _OF)
    .order_by(_M.c.id)
)
_TALKS = select(_L.c.recorded_at, _L.c.seconds).where(_L.c.call_sid == _OF).order_by(_L.c.id)
_FORGET_TRIES = delete(_W).where(_W.c.caller == bindparam("number"))
_LETTERS = select(_O.c.created_at, _O.c.kind, _O.c.sent_at).where(_O.c.body.like(_ANYWHERE)).order_by(_O.c.id)
_TICKETS = select(_K.c.number).where(_K.c.contact_numbers.like(_ANYWHERE)).order_by(_K.c.number)
_NOTHING = literal('""', String())
_STRIKE = (
    update(_C).where(_C.c.state.like(_ANYWHERE)).values(state=func.replace(_C.c.state, _QUOTED, _NOTHING)),
    update(_O).where(_O.c.body.like(_ANYWHERE)).values(body=func.replace(_O.c.body, _QUOTED, _NOTHING)),
)


class Personal:
    """What one unit of work finds and forgets about callers."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def calls_before(self, before: datetime, limit: int) -> list[str]:
        """SIDs of callers' legs that began before, and are over; the oldest first."""
        return list(self._connection.execute(_OLD_CALLS, {"before": before, "most": limit}).scalars())

    def letters_before(self, before: datetime, limit: int) -> list[int]:
        """Letters put in before, whatever became of them; the oldest first."""
        return list(self._connection.execute(_OLD_LETTERS, {"before": before, "most": limit}).scalars())

    def calls_of(self, number: str) -> list[dict[str, object]]:
        """Every call from ``number`` (E.164): sid, started_at, ended_at (None: it goes on), line, ticket_number."""
        return [row._asdict() for row in self._connection.execute(_CALLS, {"number": number})]

    def letters_naming(self, number: str) -> list[dict[str, object]]:
        """Every letter in which ``number`` stands: created_at, kind, sent_at."""
        return [row._asdict() for row in self._connection.execute(_LETTERS, {"anywhere": _anywhere(number)})]

    def messages_on(self, sid: str) -> list[dict[str, object]]:
        """What was recorded on a call: recorded_at, seconds, state, transcription."""
        return [row._asdict() for row in self._connection.execute(_MESSAGES, {"of": sid})]

    def talks_on(self, sid: str) -> list[dict[str, object]]:
        """What was recorded of a call's talks: recorded_at, seconds."""
        return [row._asdict() for row in self._connection.execute(_TALKS, {"of": sid})]

    def callbacks_to(self, number: str) -> list[dict[str, object]]:
        """Every callback to ``number``: asked_at, ticket_number, state, tries, closed_at."""
        return [row._asdict() for row in self._connection.execute(_CALLBACKS, {"number": number})]

    def tickets_naming(self, number: str) -> list[str]:
        """Tickets of the built-in ticket system of which ``number`` is a contact."""
        return list(self._connection.execute(_TICKETS, {"anywhere": _anywhere(number)}).scalars())

    def forget_call(self, sid: str) -> None:
        """Delete a caller's leg, the managers' legs of that call, all that was said on them and the callback it asked
        for; its rings lose their numbers. Recordings go first, by themselves: the carrier has them too."""
        for statement in _FORGET_CALL:
            self._connection.execute(statement, {"of": sid})

    def forget_letter(self, letter: int) -> None:
        """Delete a letter."""
        self._connection.execute(_FORGET_LETTER, {"of": letter})

    def forget_tries_before(self, before: datetime) -> None:
        """Delete old wrong tries."""
        self._connection.execute(_FORGET_OLD_TRIES, {"before": before})

    def strike(self, number: str) -> None:
        """Forget wrong tries from ``number`` and callbacks to it, and take it out of the letters and of others' calls
        about its tickets."""
        self._connection.execute(_FORGET_TRIES, {"number": number})
        self._connection.execute(_FORGET_CALLBACKS, {"number": number})
        for statement in _STRIKE:
            self._connection.execute(statement, {"anywhere": _anywhere(number), "quoted": f'"{number}"'})


def _anywhere(number: str) -> str:
    """A pattern for texts in which ``number`` stands as a JSON text of its own."""
    return f'%"{number}"%'
