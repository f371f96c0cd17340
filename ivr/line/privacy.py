"""What is kept about people who call: for how long, shown to them on request, forgotten on request."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import phonenumbers
import structlog
from phonenumbers import NumberParseException, PhoneNumberFormat

from db.unit_of_work import Store, Work
from flows.heard import Digits, Heard
from flows.routing import Routing
from ivr.clock import Clock
from ivr.line import messages
from ivr.line.facts import TOLD_WITHIN
from ivr.logs import masked

ERASED, EXPORTED = "erased a caller's data", "exported a caller's data"
"""What the audit trail calls it."""
FACTS_AT_LEAST = 2 * TOLD_WITHIN
"""As long as a fact could be found again, it must be known that it was told."""
AT_ONCE = 100
"""Calls or letters in one transaction: a webhook must not wait for a clearance of years."""

log = structlog.get_logger()


class StillNeeded(Exception):
    """The number cannot be forgotten now; the message says why, and what to do first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What is kept about a number: its calls word for word with what was recorded on them, callbacks, letters in which
    it stands, tickets whose contact it is."""

    number: str
    calls: tuple[dict[str, Any], ...]
    callbacks: tuple[dict[str, Any], ...]
    letters: tuple[dict[str, Any], ...]
    tickets: tuple[str, ...]

    @property
    def nothing(self) -> bool:
        """Whether nothing at all is kept."""
        return not (self.calls or self.callbacks or self.letters or self.tickets)

    @property
    def forgotten(self) -> str:
        """What has been forgotten with it, in a sentence."""
        counts = {"calls": len(self.calls), "callbacks": len(self.callbacks), "letters": len(self.letters),
                  "contacts of tickets": len(self.tickets)}
        return f"Forgotten: {', '.join(f'{what} {count}' for what, count in counts.items())}."

    def as_json(self) -> str:
        """All of it, for the person it is about."""
        found = {
            "number": self.number, "calls": self.calls, "callbacks": self.callbacks, "letters": self.letters,
            "contact_of": self.tickets,
        }  # fmt: skip
        return json.dumps(found, ensure_ascii=False, indent=2, default=str)


class Retention:
    """Forgets calls, letters and what webhooks were told that are older than ``keep``; None keeps everything."""

    def __init__(self, store: Store, clock: Clock, keep: timedelta | None) -> None:
        self._store = store
        self._clock = clock
        self._keep = keep

    def run_once(self) -> int:
        """Forget some of what is too old; how many rows that were. Looking costs no write lock."""
        if self._keep is None:
            return 0
        before = self._clock() - self._keep
        with self._store.reading() as work:
            calls = work.personal.calls_before(before, AT_ONCE)
            letters = work.personal.letters_before(before, AT_ONCE)
            facts = work.webhook_deliveries.before(min(before, self._clock() - FACTS_AT_LEAST), AT_ONCE)
        if calls or letters or facts:
            self._forget(calls, letters, facts, before)
        return len(calls) + len(letters) + len(facts)

    def _forget(self, calls: list[str], letters: list[int], facts: list[int], before: datetime) -> None:
        with self._store.writing() as work:
            for sid in calls:
                messages.forget(work, sid, self._clock())
                work.personal.forget_call(sid)
            for letter in letters:
                work.personal.forget_letter(letter)
            for fact in facts:
                work.webhook_deliveries.forget(fact)
            work.personal.forget_tries_before(before)
        log.info("forgotten by age", calls=len(calls), letters=len(letters))


def number_meant(text: str) -> str | None:
    """``text`` as E.164; None when it is no international phone number."""
    try:
        parsed = phonenumbers.parse(text.strip())
    except NumberParseException:
        return None
    found = phonenumbers.format_number(parsed, PhoneNumberFormat.E164)
    return found if phonenumbers.is_possible_number(parsed) else None


def kept_about(work: Work, number: str) -> Kept:
    """Everything kept about ``number`` (E.164)."""
    calls = work.personal.calls_of(number)
    return Kept(
        number=number,
        calls=tuple({**call, **_on(work, str(call["sid"]))} for call in calls),
        callbacks=tuple(work.personal.callbacks_to(number)),
        letters=tuple(work.personal.letters_naming(number)),
        tickets=tuple(work.personal.tickets_naming(number)),
    )


def forget(work: Work, routing: Routing, number: str, now: datetime) -> Kept:
    """Forget everything about ``number`` (E.164); what there was. Raises StillNeeded."""
    kept = kept_about(work, number)
    _refuse_what_is_needed(routing, kept)
    for call in kept.calls:
        messages.forget(work, str(call["sid"]), now)
        work.personal.forget_call(str(call["sid"]))
    for each in kept.tickets:
        work.tickets.drop_contact(each, number)
    work.personal.strike(number)
    log.info("forgotten on request", number=masked(number), calls=len(kept.calls))
    return kept


def _refuse_what_is_needed(routing: Routing, kept: Kept) -> None:
    if any(call["ended_at"] is None for call in kept.calls):
        raise StillNeeded("a call from this number goes on right now; try again when it is over")
    owners = routing.people_at(kept.number)
    if owners:
        names = ", ".join(routing.people[key].name for key in owners)
        raise StillNeeded(f"this is a phone of {names} in the routing; take it away there and publish, then try again")


def _on(work: Work, sid: str) -> dict[str, Any]:
    return {"turns": _turns(work, sid), "messages": work.personal.messages_on(sid),
            "talks": work.personal.talks_on(sid)}


def _turns(work: Work, sid: str) -> list[dict[str, Any]]:
    """What the caller keyed and was told; what the line heard beside that is about others."""
    return [
        {"at": turn.at, "keyed": _keyed(turn.heard), "said": [text for _, text in turn.said]}
        for turn in work.turns.of(sid)
    ]


def _keyed(heard: Heard) -> str:
    return heard.keys if isinstance(heard, Digits) else ""
