"""Standings: what is remembered about each ticket beside its attempts, and what people change about it."""

from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, case, or_, select, update

from db.connection import Connection
from db.models import StandingRow, table
from db.repositories.statements import changed, instant, upsert
from flows.rules.cooldown import Standing
from flows.rules.position import START

_T = table(StandingRow)
_NOW = instant("now")
_QUIET = upsert(
    _T,
    lambda insert: insert.on_conflict_do_update(
        index_elements=[_T.c.ticket_number],
        set_={"quiet_until": insert.excluded.quiet_until},
        where=or_(_T.c.quiet_until.is_(None), _T.c.quiet_until < insert.excluded.quiet_until),
    ),
)
_REST = update(_T).where(_T.c.ticket_number == bindparam("number")).values(quiet_until=bindparam("until"))
_SET_REST = upsert(
    _T,
    lambda insert: insert.on_conflict_do_update(
        index_elements=[_T.c.ticket_number],
        set_={
            "quiet_until": insert.excluded.quiet_until,
            # A promise that is overdue would open what somebody has just closed.
            "promised_until": case((_T.c.promised_until <= _NOW, None), else_=_T.c.promised_until),
        },
    ),
)
_PROMISE = (
    update(_T)
    .where(_T.c.ticket_number == bindparam("number"))
    .values(promised_at=instant("at"), promised_until=instant("until"))
)
_LIFT = (
    update(_T)
    .where(_T.c.ticket_number == bindparam("number"))
    .values(quiet_until=None, window_opens_at=None, promised_at=None, promised_until=None)
)
_DE_ESCALATE = (
    update(_T)
    .where(_T.c.ticket_number == bindparam("number"), _T.c.last_talked != START)
    .values(last_talked=START)
)
_READ = select(_T).where(_T.c.ticket_number == bindparam("number"))


class Standings:
    """The tickets' standings in one unit of work."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def standing(self, ticket_number: str) -> Standing:
        """What is remembered about the ticket; of an unknown one nothing is."""
        row = self._connection.execute(_READ, {"number": ticket_number}).first()
        return _standing(row) if row else Standing()

    def quiet(self, ticket_number: str, until: datetime) -> None:
        """Let nobody be rung about the ticket before ``until``; an attempt under way stops at its next ring.

        A cooldown that runs longer already stays as it is.
        """
        row = {"ticket_number": ticket_number, "quiet_until": until, "last_talked": 0, "attempts": 0}
        self._connection.execute(_QUIET[self._connection.dialect.name], row)

    def rest_until(self, ticket_number: str, until: datetime) -> None:
        """Let the cooldown end at ``until``, be it sooner or later than it would: a promise counts instead."""
        self._connection.execute(_REST, {"number": ticket_number, "until": until})

    def set_rest(self, ticket_number: str, until: datetime, now: datetime) -> None:
        """Let nobody be rung about the ticket before ``until``, whatever was set before; one who sets it at ``now``
        knows of a promise that is overdue, and it opens the ticket no more."""
        row = {"ticket_number": ticket_number, "quiet_until": until, "last_talked": 0, "attempts": 0, "now": now}
        self._connection.execute(_SET_REST[self._connection.dialect.name], row)

    def promise(self, ticket_number: str, at: datetime, until: datetime) -> None:
        """A manager promised at ``at`` an answer by ``until``. Passing without a ticket update opens the cooldown."""
        self._connection.execute(_PROMISE, {"number": ticket_number, "at": at, "until": until})

    def lift(self, ticket_number: str) -> bool:
        """Open the ticket at once: no cooldown, no window, no promise. A claim stays; False for an unknown ticket."""
        return changed(self._connection, _LIFT, {"number": ticket_number})

    def de_escalate(self, ticket_number: str) -> bool:
        """Let the ticket's next escalation begin at the start of the ladder; False when it would have anyway."""
        return changed(self._connection, _DE_ESCALATE, {"number": ticket_number})


def _standing(row: Any) -> Standing:
    return Standing(
        leased_until=row.leased_until,
        quiet_until=row.quiet_until,
        window_opens_at=row.window_opens_at,
        promised_at=row.promised_at,
        promised_until=row.promised_until,
        last_talked=row.last_talked,
        attempt=row.attempt_id,
    )
