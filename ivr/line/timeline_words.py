"""A timeline in plain English, for staff, and as values for machines."""

from dataclasses import asdict
from datetime import datetime
from enum import Enum
from typing import Any

from ivr.line.timeline_events import Event, Kind

WORDS = {
    Kind.REFUSED: "a caller was refused: {why}",
    Kind.CLAIMED: "escalation {attempt} began; the caller: {who}",
    Kind.RANG: "rang {manager}: {outcome}{because}{length}",
    Kind.PASSED_OVER: "{manager}, was not rung: {outcome}",
    Kind.TALK_BEGAN: "a talk with {manager} began",
    Kind.TALK_ENDED: "the talk with {manager} ended{length}",
    Kind.RESOLVED: "{manager}, called it resolved",
    Kind.PROMISE_MADE: "{manager}, promised an answer by {until}",
    Kind.HANDED_UP: "{manager}, handed up to the next level",
    Kind.QUIET_ASKED: "{manager}, asked that phones rest until {until}",
    Kind.CONFIRMED: "the caller confirmed that it is resolved",
    Kind.ATTEMPT_ENDED: "escalation {attempt} ended: {outcome}{length}",
    Kind.COOLDOWN_BEGAN: "the cooldown began, until {until}",
    Kind.COOLDOWN_SET: "{who} set the cooldown, until {until}{because}",
    Kind.COOLDOWN_LIFTED: "{who} lifted the cooldown{because}",
    Kind.DE_ESCALATED: "de-escalated by {who}{because}; the next escalation begins at the first level",
    Kind.PROMISE_KEPT: "{manager}, kept the promise of an answer by {until}",
    Kind.PROMISE_BROKEN: "{manager}, did not keep the promise of an answer by {until}",
    Kind.PROMISE_SUPERSEDED: "another promise took the place of that of {manager}",
    Kind.PROMISE_GONE: "the ticket is gone; nobody waits for the answer of {manager}",
    Kind.CALLBACK_WANTED: "{who} asked to be called back",
    Kind.CALLBACK_ANSWERED: "{who} was called back and pressed a key",
    Kind.CALLBACK_CANCELLED: "{who} is not called back any more",
    Kind.CALLBACK_NOT_NEEDED: "calling {who} back was no longer needed",
    Kind.CALLBACK_GIVEN_UP: "calling {who} back was given up",
    Kind.TEXT_WANTED: "{who} asked for a text when escalation opens",
    Kind.TOLD_WHEN_OPEN: "escalation opened; {who} is told by a text",
    Kind.LETTER_WAITING: "{letter}: not sent yet{because}",
    Kind.LETTER_SENT: "{letter}: sent",
    Kind.LETTER_DEAD: "{letter}: given up{because}",
}


def sentence(event: Event) -> str:
    """What happened; times in UTC."""
    return WORDS[event.kind].format(
        attempt=event.attempt,
        manager=f"{event.title}, {event.name}" if event.title else event.name,
        outcome=event.outcome or "still going on",
        length=f", after {event.seconds} s" if event.seconds is not None else "",
        until=f"{event.until:%Y-%m-%d %H:%M} UTC" if event.until is not None else "",
        who=event.who or "unknown",
        why=event.why,
        because=f" ({event.why})" if event.why else "",
        letter=event.letter,
    )


def values(event: Event) -> dict[str, Any]:
    """The event as JSON values: what applies to it, under the names of its fields; instants in ISO 8601, UTC."""
    return {name: _plain(value) for name, value in asdict(event).items() if value not in (None, "")}


def _plain(value: Any) -> Any:
    match value:
        case datetime():
            return value.isoformat()
        case Enum():
            return value.value
        case _:
            return value
