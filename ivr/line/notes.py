"""The work note on the ticket when an attempt is over: who was rung and how it ended, in plain English for staff."""

from collections.abc import Sequence
from datetime import datetime

from db.repositories.rings import Ring
from flows.effects import AttemptEnded
from flows.rules.cooldown import Outcome

ENDED = {
    Outcome.REACHED: "the customer talked to the {title}",
    Outcome.EXHAUSTED: "nobody could be reached",
    Outcome.ABANDONED: "the caller hung up while phones were ringing",
    Outcome.LEFT_EARLY: "the caller hung up before any phone rang",
}


def ticket_note(ended: AttemptEnded, title: str, rings: Sequence[Ring], now: datetime) -> str:
    """The note's text; times in UTC."""
    lines = [f"Escalated by phone, {now:%Y-%m-%d %H:%M} UTC: {ENDED[ended.outcome].format(title=title)}."]
    lines += [f"- {ring.title}, {ring.member}: {ring.outcome or 'ringing'}" for ring in rings]
    if ended.quiet_until is not None:
        lines.append(f"Cooldown until {ended.quiet_until:%Y-%m-%d %H:%M} UTC.")
    return "\n".join(lines)


def act_note(name: str, until: datetime | None, now: datetime) -> str:
    """What a manager did to the ticket's cooldown on the manager's line; ``until`` None: it was lifted."""
    at = f"{now:%Y-%m-%d %H:%M} UTC"
    if until is None:
        return f"Cooldown lifted by {name}, by phone, {at}."
    return f"Cooldown until {until:%Y-%m-%d %H:%M} UTC, set by {name}, by phone, {at}."
