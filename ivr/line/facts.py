"""Facts: what other programs are told about a ticket, as its timeline tells it."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from db.history import history
from db.repositories.webhooks import Webhook
from db.unit_of_work import Store, Work
from ivr.clock import Clock
from ivr.line.timeline import timeline
from ivr.line.timeline_events import Event, Kind

NOT_TOLD = frozenset({Kind.LETTER_WAITING, Kind.LETTER_SENT, Kind.LETTER_DEAD})
"""What became of our own letters is no fact about the escalation."""
KINDS = tuple(kind.value for kind in Kind if kind not in NOT_TOLD)
PROMISES = frozenset({
    Kind.PROMISE_MADE, Kind.PROMISE_KEPT, Kind.PROMISE_BROKEN, Kind.PROMISE_SUPERSEDED, Kind.PROMISE_GONE
})  # fmt: skip
TYPE = "escalation."
TEST = TYPE + "test"
TOLD_WITHIN = timedelta(days=7)
"""What is found later than that is not told: what was told a long time ago may have been forgotten meanwhile, and must
not be told again because something else has happened about the ticket."""
TICKETS_AT_ONCE = 20
"""In one transaction: a webhook of the carrier must not wait for a clearance."""


class FactDesk:
    """Looks what has happened about the tickets that something has happened about, and puts it in for every webhook
    that wants to know."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def run_once(self) -> int:
        """Look at some tickets; how many those were. Looking costs no write lock, and nothing where nobody listens."""
        with self._store.reading() as work:
            notes = work.webhooks.touched(TICKETS_AT_ONCE * 10)
            numbers = tuple(dict.fromkeys(number for _, number in notes))[:TICKETS_AT_ONCE]
            told = {number: _events(work, number) for number in numbers}
            webhooks = work.webhooks.all() if told else []
        if told:
            self._put_in(notes, told, webhooks)
        return len(told)

    def _put_in(
        self, notes: list[tuple[int, str]], told: dict[str, list[Event]], webhooks: list[Webhook]
    ) -> None:
        now = self._clock()
        recent = [(number, event) for number, events in told.items() for event in events
                  if event.at >= now - TOLD_WITHIN]
        with self._store.writing() as work:
            for webhook in webhooks:
                for number, event in recent:
                    if webhook.wants(event.kind.value, event.at):
                        work.webhook_deliveries.add(webhook.id, key(number, event), number, fact(number, event), now)
            for note, number in notes:
                if number in told:
                    work.webhooks.noted(note)


def _events(work: Work, number: str) -> list[Event]:
    return [event for event in timeline(history(work, number)) if event.kind not in NOT_TOLD]


def fact(number: str, event: Event) -> str:
    """One fact as JSON: its type, when it happened, and what there is to know; what does not apply is left out."""
    data = {name: _plain(value) for name, value in _values(event) if value not in ("", None)}
    return _json(TYPE + event.kind.value, event.at, {"ticket": number, **data})


def fact_about_nothing(at: datetime) -> str:
    """A fact about nothing, to see whether it arrives."""
    return _json(TEST, at, {"ticket": "", "why": "somebody has pressed Send a test"})


def key(number: str, event: Event) -> str:
    """The name of a fact: the same however often it is found, and another one when more is known of it. What may be
    forgotten later (who called) or is told by age (whose promise it was) is not part of it."""
    named = (number, event.kind.value, event.at, event.attempt, event.outcome, event.until, event.seconds)
    whose = () if event.kind in PROMISES else (event.rank, event.name)
    return "fact_" + hashlib.sha256(repr((*map(str, named), *map(str, whose))).encode()).hexdigest()[:40]


def _values(event: Event) -> Iterator[tuple[str, Any]]:
    for name, value in asdict(event).items():
        if name not in {"at", "kind", "letter"}:
            yield "level" if name == "rank" else name, value


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


def _json(kind: str, at: datetime, data: dict[str, Any]) -> str:
    return json.dumps({"type": kind, "timestamp": at.isoformat(), "data": data}, ensure_ascii=False)
