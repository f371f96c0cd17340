"""A year of a busy line, for measuring pages: calls, refusals, attempts, rings and promises in believable shares.

The same seed gives the same year. Rows are stored in bulk, past the repositories: taking 100,000 calls turn by turn
would last hours and prove nothing about pages.
"""

import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any, TypeAlias

from sqlalchemy import insert

from db import codec, seed
from db.engine import open_engine
from db.models import AttemptRow, Base, CallRow, PromiseRow, RefusalRow, RingRow, StandingRow, TicketRow, table
from flows.call import EscalationCall
from flows.ticket import Severity, Status, Ticket

Row: TypeAlias = dict[str, Any]

YEAR = timedelta(days=365)
TICKETS = 5_000
AT_ONCE = 5_000
"""Rows in one statement's list."""
REFUSED, TRIED = 0.45, 0.85
"""Shares of calls, cumulated: refused, escalated; the others hang up before either."""
REASONS = (
    ("guaranteed-response",), ("grace", "guaranteed-response"), ("cooling-down",), ("being-rung",),
    ("too-many-attempts",), ("waiting-for-requester",), ("resolved-pending",), ("closed",), ("not-allowed",),
    ("other-path",),
)  # fmt: skip
REASON_WEIGHTS = (34, 18, 16, 3, 3, 11, 6, 4, 4, 1)
OUTCOMES = ("reached", "exhausted", "abandoned", "left-early", "nobody-on-duty")
OUTCOME_WEIGHTS = (72, 14, 8, 4, 2)
STATES, STATE_WEIGHTS = ("kept", "broken", "superseded"), (80, 14, 6)
MISSED = ("no-answer", "declined", "not-accepted", "busy")
HOUR_WEIGHTS = (1, 1, 1, 1, 1, 1, 2, 3, 5, 7, 8, 8, 7, 8, 9, 9, 8, 7, 5, 4, 3, 2, 2, 1)


@dataclass(slots=True)
class Year:
    """The rows of a year, by table."""

    end: datetime
    chance: Random = field(default_factory=lambda: Random(5850))
    rows: dict[type[Base], list[Row]] = field(default_factory=dict)

    def add(self, kind: type[Base], **values: Any) -> int:
        """One more row; the number it has among its kind, from 1."""
        rows = self.rows.setdefault(kind, [])
        rows.append(values)
        return len(rows)

    def one_of(self, choices: tuple[Any, ...], weights: tuple[int, ...] | None = None) -> Any:
        """A choice by weight."""
        return self.chance.choices(choices, weights)[0]


def store_year(url: str, end: datetime, calls: int) -> None:
    """Store ``calls`` calls of the year before ``end`` beside the demo company, which must have been seeded."""
    year = Year(end)
    for number in range(TICKETS):
        _ticket(year, str(100_000 + number))
    for number in range(calls):
        _call(year, number, end - YEAR + YEAR * number / calls)
    for ticket in {row["ticket_number"] for row in year.rows.get(AttemptRow, [])}:
        year.add(StandingRow, ticket_number=ticket, attempt_id=None, leased_until=None, quiet_until=end - YEAR,
                 window_opens_at=None, promised_at=None, promised_until=None, last_talked=0, attempts=1)
    _store(url, year)


def _ticket(year: Year, number: str) -> None:
    opened = year.end - YEAR * year.chance.random()
    year.add(
        TicketRow, number=number, subject=f"Restore job stops at {year.chance.randrange(100)} %",
        organisation=f"Customer {year.chance.randrange(400)}", requester="", program="Premium",
        severity=year.chance.randint(1, 4), status="open", opened_at=opened, updated_at=opened, region="",
        product=year.one_of(("Backup Server", "Mail Gateway", "Endpoint Agent")), contact_numbers="[]", time_zone="",
        account_manager=False,
    )


def _call(year: Year, number: int, day: datetime) -> None:
    hour = year.one_of(tuple(range(24)), HOUR_WEIGHTS)
    minute, second = year.chance.randrange(60), year.chance.randrange(60)
    at = min(day.replace(hour=hour, minute=minute, second=second), year.end - timedelta(hours=1))
    sid, ticket = f"CA{number:032x}", str(100_000 + year.chance.randrange(TICKETS))
    fate = year.chance.random()
    year.add(CallRow, **_leg(year, sid, at, ticket if fate < TRIED else None))
    if fate < REFUSED:
        reasons = year.one_of(REASONS, REASON_WEIGHTS)
        opens = at + timedelta(minutes=year.chance.randint(5, 600)) if len(reasons[0]) > len("closed") else None
        year.add(RefusalRow, call_sid=sid, ticket_number=ticket, reasons=json.dumps(reasons), opens_at=opens,
                 at=at + timedelta(seconds=20))
    elif fate < TRIED:
        _attempt(year, sid, ticket, at + timedelta(seconds=30))


def _leg(year: Year, sid: str, at: datetime, ticket: str | None) -> Row:
    line = seed.ROUTING.lines[0]
    caller = f"+1202555{year.chance.randrange(10_000):04}"
    found = _as_found(year, ticket, at) if ticket else None
    state = EscalationCall(step="greeting", language="en", line=line, caller=caller, ticket=found)
    ended = at + timedelta(seconds=year.chance.randint(15, 900))
    return {
        "sid": sid, "conversation": "escalation_line", "line": line.number, "caller": caller, "ticket_number": ticket,
        "state": codec.state.encode(state), "step": "greeting", "turn": 5, "pending": None, "holds": 0,
        "parent_sid": None, "ring_id": None, "attempt_id": None, "started_at": at, "exit_turn": None,
        "deadline": ended, "ended_at": ended, "routing_version": 1,
    }


def _as_found(year: Year, number: str, at: datetime) -> Ticket:
    opened = at - timedelta(minutes=year.chance.randint(30, 6_000))
    return Ticket(
        number=number, subject="Restore job stops", organisation="A customer", requester="", program="Premium",
        severity=Severity(year.chance.randint(1, 4)), product="Backup Server", status=Status.OPEN, opened_at=opened,
        updated_at=opened,
    )


def _attempt(year: Year, sid: str, ticket: str, at: datetime) -> None:
    outcome = year.one_of(OUTCOMES, OUTCOME_WEIGHTS)
    levels = 0 if outcome in {"left-early", "nobody-on-duty"} else year.one_of((1, 2), (65, 35))
    title = ("Support Operations Manager", "Senior Director of Support")[levels - 1]
    talked = outcome == "reached"
    ended = at + timedelta(minutes=year.chance.randint(1, 20))
    attempt = year.add(
        AttemptRow, ticket_number=ticket, call_sid=sid, channel="phone", started_at=at, ended_at=ended, outcome=outcome,
        reached_rank=levels if talked else None, reached_title=title if talked else None, confirmed_at=None,
        quiet_until=ended + timedelta(hours=1),
    )
    for rank in range(1, levels + 1):
        _ring(year, sid, attempt, rank, at + timedelta(seconds=35 * (rank - 1)), talks=talked and rank == levels)
    if talked and year.chance.random() < 0.4:
        year.add(PromiseRow, ticket_number=ticket, attempt_id=attempt, ring_id=len(year.rows[RingRow]),
                 person=year.rows[RingRow][-1]["person"], promised_at=ended, until=ended + timedelta(hours=2),
                 state=year.one_of(STATES, STATE_WEIGHTS), settled_at=ended + timedelta(hours=2),
                 look_at=ended + timedelta(hours=2), looks=1)


def _ring(year: Year, sid: str, attempt: int, rank: int, at: datetime, *, talks: bool) -> None:
    key = year.one_of(tuple(seed.ROUTING.people))
    person = seed.ROUTING.people[key]
    picked_up = at + timedelta(seconds=year.chance.randint(4, 25)) if talks else None
    year.add(
        RingRow, attempt_id=attempt, call_sid=sid, rank=rank, title=f"Level {rank}", member=person.name, person=key,
        number=person.phones[0], language="en", started_at=at, leg_sid=None, answered_at=picked_up,
        accepted_at=picked_up, declined_at=None, ended_at=at + timedelta(seconds=90),
        outcome="talked" if talks else year.one_of(MISSED), terms=None, terms_until=None, decline_reason=None,
        terms_at=None,
    )


def _store(url: str, year: Year) -> None:
    engine = open_engine(url, patience=timedelta(minutes=5))
    try:
        with engine.begin() as connection:
            for kind in (TicketRow, CallRow, RefusalRow, AttemptRow, RingRow, PromiseRow, StandingRow):
                rows = year.rows.get(kind, [])
                for first in range(0, len(rows), AT_ONCE):
                    connection.execute(insert(table(kind)), rows[first : first + AT_ONCE])
            connection.exec_driver_sql("ANALYZE")
    finally:
        engine.dispose()
