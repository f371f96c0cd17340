"""When a ticket may ring managers: reckoned attempt by attempt from what happened, never from the ticket's standing."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy import Row

from tests.faults.books import Page
from tests.faults.company import TERMS

RESTS = {
    "reached": TERMS.after_reached,
    "exhausted": TERMS.after_exhausted,
    "abandoned": TERMS.after_abandoned,
    "left-early": timedelta(),
    "nobody-on-duty": timedelta(),
    "lost": timedelta(),
}
MUST_REST = frozenset({"cooling-down", "too-many-attempts", "being-rung"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What a manager has keyed after a talk: a promise, or quiet, until a time."""

    ticket: str
    at: datetime
    terms: str
    until: datetime


@dataclass(slots=True)
class Reckoning:
    """One ticket's rest as events come in, in the order of time."""

    starts: list[datetime] = field(default_factory=list)
    is_open: bool = False
    rests_until: datetime | None = None
    asked_until: datetime | None = None
    promise: Statement | None = None

    def begins(self, at: datetime) -> None:
        """An attempt begins: whatever opened the ticket is spent."""
        self.starts.append(at)
        self.is_open = True
        self.rests_until = self.asked_until = self.promise = None

    def ends(self, at: datetime, outcome: str) -> None:
        """An attempt ends. A promise counts instead of the usual hour; nothing shortens a quiet that was asked for."""
        self.is_open = False
        if outcome == "left-early":
            self.starts.pop()  # no phone rang: it takes no room among the attempts of the day
        until = at + RESTS[outcome]
        if outcome == "reached" and self.promise is not None and self.promise.until > at:
            until = self.promise.until
        self.rests_until = max(until, self.asked_until or until)

    def stated(self, statement: Statement) -> None:
        """A manager keys terms."""
        if statement.terms == "quiet":
            self.asked_until = max(statement.until, self.asked_until or statement.until)
            self.rests_until = max(statement.until, self.rests_until or statement.until)
        else:
            self.promise = statement
            if not self.is_open:
                self.rests_until = max(statement.until, self.asked_until or statement.until)

    def closed_until(self, now: datetime, moved: Sequence[datetime]) -> datetime | None:
        """Until when the ticket must rest, seen from ``now``; ``moved``: when the ticket was worked on."""
        found = [self._window(now)]
        if not self._promise_is_broken(now, moved):
            found.append(self.rests_until)
        return max((each for each in found if each is not None and each > now), default=None)

    def _window(self, now: datetime) -> datetime | None:
        recent = [start for start in self.starts if start + TERMS.window > now]
        return recent[-TERMS.max_attempts] + TERMS.window if len(recent) >= TERMS.max_attempts else None

    def _promise_is_broken(self, now: datetime, moved: Sequence[datetime]) -> bool:
        promise = self.promise
        return promise is not None and promise.until <= now and not any(promise.at < at <= now for at in moved)


def reckoned(
    attempts: Sequence[Row[Any]], statements: Sequence[Statement], ticket: str, until: datetime
) -> Reckoning:
    """How the ticket stood after ``attempts`` and what managers had stated ``until`` then."""
    events: list[tuple[datetime, int, Callable[[Reckoning], None]]] = [
        (one.at, -1, partial(Reckoning.stated, statement=one)) for one in statements if one.ticket == ticket
    ]
    for place, row in enumerate(attempts):
        events.append((row.started_at, 2 * place, partial(Reckoning.begins, at=row.started_at)))
        if row.ended_at is not None:
            ended = partial(Reckoning.ends, at=row.ended_at, outcome=row.outcome)
            events.append((row.ended_at, 2 * place + 1, ended))
    reckoning = Reckoning()
    for at, _, happens in sorted(events, key=lambda event: event[:2]):
        if at <= until:
            happens(reckoning)
    return reckoning


def begun_too_early(
    page: Page, statements: Sequence[Statement], moved: dict[str, list[datetime]], since: datetime
) -> Iterator[tuple[Row[Any], datetime]]:
    """Attempts begun since then although their ticket was to rest, and until when it was."""
    for row in page.attempts:
        if row.started_at >= since:
            earlier = [one for one in page.attempts if one.ticket_number == row.ticket_number and one.id < row.id]
            before = reckoned(earlier, statements, row.ticket_number, row.started_at)
            until = before.closed_until(row.started_at, moved.get(row.ticket_number, []))
            if until is not None:
                yield row, until


def refused_without_reason(
    page: Page, statements: Sequence[Statement], moved: dict[str, list[datetime]], since: datetime
) -> Iterator[Row[Any]]:
    """Refusals since then for a rest, while nothing made the ticket rest."""
    for row in page.refusals:
        if row.at >= since and any(reason in row.reasons for reason in MUST_REST):
            earlier = [one for one in page.attempts if one.ticket_number == row.ticket_number]
            before = reckoned(earlier, statements, row.ticket_number, row.at)
            if not before.is_open and before.closed_until(row.at, moved.get(row.ticket_number, [])) is None:
                yield row
