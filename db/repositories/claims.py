"""Claims: who may ring managers about a ticket now, and when it must rest.

Source: design.md section 3, Claim and Cooldown.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import BindParameter, Boolean, and_, bindparam, case, null, or_, update

from db.connection import Connection
from db.models import StandingRow, table
from db.repositories.attempts import Attempts
from db.repositories.standings import Standings
from db.repositories.statements import changed, instant, upsert
from flows.rules.cooldown import CooldownTerms, Outcome, Standing, window_opens_at
from flows.rules.position import START

_T = table(StandingRow)
_NOW = instant("now")
_UPDATED = instant("ticket_updated_at")
_PROMISE_BROKEN = and_(_T.c.promised_until <= _NOW, _T.c.promised_at >= _UPDATED)
_OPEN = and_(
    or_(_T.c.leased_until.is_(None), _T.c.leased_until <= _NOW),
    or_(_T.c.quiet_until.is_(None), _T.c.quiet_until <= _NOW, _PROMISE_BROKEN),
    or_(_T.c.window_opens_at.is_(None), _T.c.window_opens_at <= _NOW),
)
_CLAIM = upsert(
    _T,
    lambda insert: insert.on_conflict_do_update(
        index_elements=[_T.c.ticket_number],
        set_={
            "leased_until": insert.excluded.leased_until,
            "attempts": _T.c.attempts + 1,
            # Whatever was open at this moment is spent: a broken promise opens one attempt, not every later one.
            "quiet_until": None,
            "promised_at": None,
            "promised_until": None,
        },
        where=_OPEN,
    ).returning(_T.c.attempt_id, _T.c.attempts, _T.c.last_talked),
)
_HOLD = (
    update(_T)
    .where(_T.c.ticket_number == bindparam("number"))
    .values(attempt_id=bindparam("attempt"), window_opens_at=instant("window"))
)
_RENEW = update(_T).where(_T.c.attempt_id == bindparam("attempt")).values(leased_until=instant("until"))
_UNTIL = instant("until")
_LONGER = case((or_(_T.c.quiet_until.is_(None), _T.c.quiet_until < _UNTIL), _UNTIL), else_=_T.c.quiet_until)
_TALKED: BindParameter[int] = bindparam("talked")
_OVER = (
    update(_T)
    .where(_T.c.attempt_id == bindparam("attempt"))
    .values(
        attempt_id=None,
        leased_until=None,
        # The rule of flows.rules.position, on the row's latest value: somebody may have de-escalated meanwhile.
        last_talked=case(
            (bindparam("agreed", type_=Boolean()), START),
            (_T.c.last_talked < _TALKED, _TALKED),
            else_=_T.c.last_talked,
        ),
        # There was room for this attempt when it began, so without it there is room again.
        window_opens_at=case((bindparam("uncounted", type_=Boolean()), null()), else_=_T.c.window_opens_at),
    )
)
_RELEASE = _OVER.returning(_T.c.ticket_number)
_RELEASE_TO_REST = _OVER.values(quiet_until=_LONGER).returning(_T.c.ticket_number)


@dataclass(frozen=True, slots=True, kw_only=True)
class Won:
    """This call may ring managers. ``earlier`` counts the ticket's attempts before; ``last_talked`` is the rank of the
    highest level that has talked (0: none)."""

    attempt_id: int
    earlier: int
    last_talked: int
    window_opens_at: datetime | None


class Claims(Standings):
    """Claims and cooldowns of tickets, in one unit of work."""

    def __init__(self, connection: Connection, attempts: Attempts) -> None:
        super().__init__(connection)
        self._attempts = attempts

    def claim(
        self,
        ticket_number: str,
        call_sid: str,
        now: datetime,
        leased_until: datetime,
        terms: CooldownTerms,
        ticket_updated_at: datetime,
        channel: str = "phone",
    ) -> Won | Standing:
        """Take the right to ring managers about a ticket, or learn what stands against it.

        One statement decides: it inserts the ticket's row or, where lease, cooldown and window on it are open, updates
        it. Both databases run it under that row's lock against the row's latest version, so of any number of callers
        at the same moment exactly one gets a row back. Reading first and writing after would let several win
        (performance.md: 63 of 64). Everything it asks lies on the row: the window is worked out here, when an attempt
        begins, and stored as the instant at which it opens, because counting attempts cannot be part of an atomic
        statement. Hence changed terms take effect with the next attempt; ``lift`` opens a ticket at once.

        A lease that ran out no longer protects its attempt, which is written off as lost. ``now`` may be a little old
        when the row was waited for; that can only refuse.
        """
        row = {
            "ticket_number": ticket_number, "leased_until": leased_until, "last_talked": 0, "attempts": 1,
            "now": now, "ticket_updated_at": ticket_updated_at,
        }
        won = self._connection.execute(_CLAIM[self._connection.dialect.name], row).first()
        if won is None:
            return self.standing(ticket_number)
        if won.attempt_id is not None:
            self._attempts.lose(won.attempt_id, now)
        attempt_id = self._attempts.begin(ticket_number, call_sid, channel, now)
        earlier = won.attempts > 1
        starts = self._attempts.starts(ticket_number, now - terms.window, terms.max_attempts) if earlier else [now]
        window = window_opens_at(starts, terms, now)
        self._connection.execute(_HOLD, {"number": ticket_number, "attempt": attempt_id, "window": window})
        return Won(attempt_id=attempt_id, earlier=won.attempts - 1, last_talked=won.last_talked, window_opens_at=window)

    def renew(self, attempt_id: int, leased_until: datetime) -> bool:
        """Prolong the lease; False when the attempt no longer holds the claim."""
        return changed(self._connection, _RENEW, {"attempt": attempt_id, "until": leased_until})

    def end(
        self,
        attempt_id: int,
        outcome: Outcome,
        quiet_until: datetime | None,
        talked: int,
        now: datetime,
        reached_title: str | None = None,
        *,
        confirmed: bool = False,
        agreed: bool = False,
    ) -> bool:
        """End the attempt, release the claim, begin the cooldown; False when the attempt had ended or was lost.

        ``talked`` is the rank of the highest level that talked in this attempt (0: none did), ``confirmed`` whether the
        caller said that it is resolved, ``agreed`` whether manager and caller both did: then the next escalation
        begins at the start of the ladder. An attempt that ended before any phone rang takes no room in the window.
        A cooldown that runs longer, because somebody asked for it, is never shortened. The claim is released before
        the attempt is closed: the same order as in ``claim``, so that the two cannot wait for each other.
        """
        uncounted = outcome is Outcome.LEFT_EARLY
        row = {"attempt": attempt_id, "talked": talked, "agreed": agreed, "uncounted": uncounted}
        if quiet_until is None:
            released = self._connection.execute(_RELEASE, row)
        else:
            released = self._connection.execute(_RELEASE_TO_REST, {**row, "until": quiet_until})
        if released.first() is None:
            return False
        self._attempts.end(
            attempt_id,
            outcome,
            now,
            reached_rank=talked if outcome is Outcome.REACHED else None,
            reached_title=reached_title or None,
            confirmed=confirmed,
            quiet_until=quiet_until,
        )
        return True
