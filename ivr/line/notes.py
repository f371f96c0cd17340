"""Work notes on the ticket, in plain English for staff: who was rung and how it ended, and what was promised."""

from collections.abc import Sequence
from datetime import datetime

from db.repositories.promises import Promise
from db.repositories.rings import Ring
from flows.effects import AttemptEnded
from flows.rules.cooldown import Outcome
from flows.wrap_up import Terms, WrapUp

ENDED = {
    Outcome.REACHED: "the customer talked to the {title}",
    Outcome.EXHAUSTED: "nobody could be reached",
    Outcome.ABANDONED: "the caller hung up while phones were ringing",
    Outcome.LEFT_EARLY: "the caller hung up before any phone rang",
    Outcome.NOBODY_ON_DUTY: "nobody was on duty",
}

TERMS = {
    Terms.RESOLVED: "calls it resolved",
    Terms.PROMISED: "promised an answer by {until}",
    Terms.HANDED_UP: "handed up to the next level",
    Terms.QUIET: "asks that phones rest until {until}",
}


def ticket_note(ended: AttemptEnded, title: str, rings: Sequence[Ring], now: datetime) -> str:
    """The note's text; times in UTC."""
    lines = [f"Escalated by phone, {_utc(now)}: {ENDED[ended.outcome].format(title=title)}."]
    lines += [f"- {ring.title}, {ring.member}: {_end_of(ring)}" for ring in rings]
    if ended.quiet_until is not None:
        lines.append(f"Cooldown until {_utc(ended.quiet_until)}.")
    return "\n".join(lines)


def terms_note(ring: Ring, wrap_up: WrapUp, now: datetime) -> str:
    """The note when a manager states terms after the attempt is over."""
    return f"{ring.title}, {ring.member}, {_utc(now)}: {_terms(wrap_up.terms, wrap_up.until)}."


def broken_promise_note(promise: Promise, ring: Ring) -> str:
    """The note when the time of a promise has passed and the ticket has not moved."""
    return (
        f"{ring.title}, {ring.member}, promised an answer by {_utc(promise.until)}, on {_utc(promise.promised_at)}. "
        "The ticket was not updated since: the promise is not kept, and the customer may escalate again."
    )


def act_note(name: str, until: datetime | None, now: datetime) -> str:
    """What a manager did to the ticket's cooldown on the manager's line; ``until`` None: it was lifted."""
    if until is None:
        return f"Cooldown lifted by {name}, by phone, {_utc(now)}."
    return f"Cooldown until {_utc(until)}, set by {name}, by phone, {_utc(now)}."


def _end_of(ring: Ring) -> str:
    ended = ring.outcome or "ringing"
    return f"{ended}; {_terms(Terms(ring.terms), ring.terms_until)}" if ring.terms else ended


def _terms(terms: Terms, until: datetime | None) -> str:
    return TERMS[terms].format(until=_utc(until) if until is not None else "")


def _utc(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC"
