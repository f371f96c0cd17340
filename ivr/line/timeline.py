"""The timeline of an escalation: what happened about a ticket, in order, over all its attempts.

It is derived from what was written down when it happened, and is no second truth.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from db.history import AttemptHistory, TicketHistory
from db.repositories.acts import Act
from db.repositories.callbacks import Callback, CallbackState
from db.repositories.interventions import Kind as Intervened
from db.repositories.outbox import Message
from db.repositories.promises import Promise
from db.repositories.rings import Ring
from flows.rules.promise import State
from flows.rules.ring_outcome import PASSED_OVER, Guess, RingOutcome
from flows.wrap_up import Terms
from ivr.line.timeline_events import Event, Kind
from ivr.logs import masked

TALKED = RingOutcome.TALKED.value
NOT_RUNG = {outcome.value for outcome in PASSED_OVER}

# A promise has a row of its own, which also tells of promises that were made again.
STATED = {
    Terms.RESOLVED.value: Kind.RESOLVED,
    Terms.HANDED_UP.value: Kind.HANDED_UP,
    Terms.QUIET.value: Kind.QUIET_ASKED,
}
SETTLED = {
    State.KEPT: Kind.PROMISE_KEPT,
    State.BROKEN: Kind.PROMISE_BROKEN,
    State.SUPERSEDED: Kind.PROMISE_SUPERSEDED,
    State.GONE: Kind.PROMISE_GONE,
}
INTERVENED = {
    Intervened.COOLDOWN_SET: Kind.COOLDOWN_SET,
    Intervened.COOLDOWN_LIFTED: Kind.COOLDOWN_LIFTED,
    Intervened.DE_ESCALATED: Kind.DE_ESCALATED,
}
CALLED_BACK = {
    CallbackState.ANSWERED: Kind.CALLBACK_ANSWERED,
    CallbackState.TOLD: Kind.TOLD_WHEN_OPEN,
    CallbackState.CANCELLED: Kind.CALLBACK_CANCELLED,
    CallbackState.NOT_NEEDED: Kind.CALLBACK_NOT_NEEDED,
    CallbackState.GIVEN_UP: Kind.CALLBACK_GIVEN_UP,
}
ACTED = {Act.COOLDOWN_SET: Kind.COOLDOWN_SET, Act.COOLDOWN_LIFTED: Kind.COOLDOWN_LIFTED}


def timeline(history: TicketHistory) -> list[Event]:
    """What happened about the ticket, in order."""
    rings = {ring.id: ring for each in history.attempts for ring in each.rings}
    events = [event for each in history.attempts for event in _attempt(each)]
    events += [event for each in history.promises for event in _promise(each, rings.get(each.ring_id))]
    events += [
        Event(at=each.at, kind=INTERVENED[each.kind], until=each.until, who=each.by, why=each.why)
        for each in history.interventions
    ]
    events += [
        Event(at=each.at, kind=ACTED[each.act], until=each.until, who=each.person)
        for each in history.acts
        if each.act in ACTED
    ]
    events += [
        Event(at=each.at, kind=Kind.REFUSED, until=each.opens_at, why=", ".join(each.reasons))
        for each in history.refusals
    ]
    events += [event for each in history.callbacks for event in _callback(each)]
    events += [_letter(each) for each in history.letters]
    return sorted(events, key=lambda event: event.at)


def _attempt(history: AttemptHistory) -> Iterator[Event]:
    attempt = history.attempt
    yield Event(at=attempt.started_at, kind=Kind.CLAIMED, attempt=attempt.id, who=masked(history.caller))
    for ring in history.rings:
        yield from _ring(ring)
    if attempt.confirmed_at is not None:
        yield Event(at=attempt.confirmed_at, kind=Kind.CONFIRMED, attempt=attempt.id)
    if attempt.ended_at is None:
        return
    yield Event(
        at=attempt.ended_at,
        kind=Kind.ATTEMPT_ENDED,
        attempt=attempt.id,
        rank=attempt.reached_rank,
        title=attempt.reached_title or "",
        outcome=attempt.outcome or "",
        seconds=_seconds(attempt.started_at, attempt.ended_at),
    )
    if attempt.quiet_until is not None:
        yield Event(at=attempt.ended_at, kind=Kind.COOLDOWN_BEGAN, attempt=attempt.id, until=attempt.quiet_until)


def _ring(ring: Ring) -> Iterator[Event]:
    if ring.outcome in NOT_RUNG:
        yield _of(ring, ring.started_at, Kind.PASSED_OVER, outcome=ring.outcome)
        return
    yield _of(ring, ring.started_at, Kind.RANG, outcome=ring.outcome or "", began=ring.started_at, ended=ring.ended_at)
    if ring.accepted_at is not None and ring.outcome in {TALKED, None}:
        yield _of(ring, ring.accepted_at, Kind.TALK_BEGAN)
    if ring.accepted_at is not None and ring.outcome == TALKED and ring.ended_at is not None:
        yield _of(ring, ring.ended_at, Kind.TALK_ENDED, began=ring.accepted_at, ended=ring.ended_at)
    if ring.terms in STATED and ring.terms_at is not None:
        yield _of(ring, ring.terms_at, STATED[ring.terms], until=ring.terms_until)


def _promise(promise: Promise, ring: Ring | None) -> Iterator[Event]:
    """``ring`` is None when its attempt is too old to be told."""
    made = Event(
        at=promise.promised_at,
        kind=Kind.PROMISE_MADE,
        attempt=promise.attempt_id,
        rank=ring.rank if ring is not None else None,
        title=ring.title if ring is not None else "",
        name=ring.member if ring is not None else promise.person,
        until=promise.until,
    )
    yield made
    if promise.settled_at is not None:
        yield replace(made, at=promise.settled_at, kind=SETTLED[promise.state])


def _callback(callback: Callback) -> Iterator[Event]:
    wanted = Kind.TEXT_WANTED if callback.by_text else Kind.CALLBACK_WANTED
    asked = Event(at=callback.asked_at, kind=wanted, who=masked(callback.number))
    yield asked
    if callback.closed_at is not None:
        yield replace(asked, at=callback.closed_at, kind=CALLED_BACK[callback.state])


def _letter(letter: Message) -> Event:
    about, error = _subject(letter), masked(letter.last_error or "")
    if letter.dead_at is not None:
        return Event(at=letter.dead_at, kind=Kind.LETTER_DEAD, letter=about, why=error)
    if letter.sent_at is not None:
        return Event(at=letter.sent_at, kind=Kind.LETTER_SENT, letter=about)
    return Event(at=letter.created_at, kind=Kind.LETTER_WAITING, letter=about, why=error)


def _subject(letter: Message) -> str:
    """What a letter is about: the news it brings, or its kind; texts say in their key what they are for."""
    if letter.kind == "text":
        return f"text/{letter.key.rpartition('/')[2]}"
    return str(letter.body.get("news") or letter.kind)


def _of(
    ring: Ring,
    at: datetime,
    kind: Kind,
    *,
    outcome: str = "",
    until: datetime | None = None,
    began: datetime | None = None,
    ended: datetime | None = None,
) -> Event:
    return Event(
        at=at,
        kind=kind,
        attempt=ring.attempt_id,
        rank=ring.rank,
        title=ring.title,
        name=ring.member,
        outcome=outcome,
        until=until,
        why=_remark(ring) if kind is Kind.RANG else "",
        seconds=_seconds(began, ended) if began is not None and ended is not None else None,
    )


def _remark(ring: Ring) -> str:
    """Why it was declined; or, of one that nobody accepted, that the carrier thinks of a mailbox."""
    mailbox = ring.outcome == RingOutcome.NOT_ACCEPTED.value and ring.guess == Guess.MACHINE.value
    return ring.decline_reason or ("a mailbox, the carrier thinks" if mailbox else "")


def _seconds(began: datetime, ended: datetime) -> int:
    return round((ended - began).total_seconds())
