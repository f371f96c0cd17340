"""The cooldown ("please stop phoning") and the claim: how often one ticket may ring managers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum


class Outcome(Enum):
    """How an attempt ended."""

    REACHED = "reached"
    EXHAUSTED = "exhausted"
    ABANDONED = "abandoned"          # the caller left after a phone rang
    LEFT_EARLY = "left-early"        # the caller left before any phone rang
    NOBODY_ON_DUTY = "nobody-on-duty"


@dataclass(frozen=True, slots=True, kw_only=True)
class CooldownTerms:
    """Lengths of the cooldown by outcome, and how many attempts one ticket has per sliding ``window``."""

    after_reached: timedelta = timedelta(minutes=60)
    after_exhausted: timedelta = timedelta(minutes=15)
    after_abandoned: timedelta = timedelta(minutes=5)
    max_attempts: int = 4
    window: timedelta = timedelta(hours=24)

    def __post_init__(self) -> None:
        if min(self.after_reached, self.after_exhausted, self.after_abandoned) < timedelta():
            raise ValueError("a cooldown cannot be negative; use 0 for none")
        if self.max_attempts < 1 or self.window <= timedelta():
            raise ValueError("a ticket needs at least 1 attempt in a window longer than 0")


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What is remembered about one ticket's attempts. Instants are aware UTC; None means "not so".

    ``leased_until``: another call holds the claim until then, for the attempt with the id ``attempt``.
    ``quiet_until``: end of the cooldown. ``window_opens_at``: when the sliding window has room again.
    ``promised_at``: when a manager promised an answer; ``promised_until``: by when. ``last_talked``: rank of the
    highest level that talked.
    """

    leased_until: datetime | None = None
    quiet_until: datetime | None = None
    window_opens_at: datetime | None = None
    promised_at: datetime | None = None
    promised_until: datetime | None = None
    last_talked: int = 0
    attempt: int | None = None


class RefusedBecause(Enum):
    """Why a ticket may not ring managers now."""

    BEING_RUNG = "being-rung"
    COOLING_DOWN = "cooling-down"
    TOO_MANY_ATTEMPTS = "too-many-attempts"


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A ticket that must rest, and until when (UTC)."""

    because: RefusedBecause
    until: datetime


def closed_until(standing: Standing, ticket_updated_at: datetime, now: datetime) -> Refused | None:
    """What stands against an attempt now: a live claim first, else of cooldown and window the one that ends last.

    A promise that passed without an update of the ticket opens the cooldown.
    """
    if standing.leased_until is not None and standing.leased_until > now:
        return Refused(because=RefusedBecause.BEING_RUNG, until=standing.leased_until)
    closed = []
    if standing.quiet_until is not None and not promise_broken(standing, ticket_updated_at, now):
        closed.append(Refused(because=RefusedBecause.COOLING_DOWN, until=standing.quiet_until))
    if standing.window_opens_at is not None:
        closed.append(Refused(because=RefusedBecause.TOO_MANY_ATTEMPTS, until=standing.window_opens_at))
    return max((each for each in closed if each.until > now), key=lambda each: each.until, default=None)


def promise_broken(standing: Standing, ticket_updated_at: datetime, now: datetime) -> bool:
    """Whether a promised answer is overdue and the ticket has not moved since the promise was made."""
    if standing.promised_until is None or standing.promised_at is None:
        return False
    return standing.promised_until <= now and ticket_updated_at <= standing.promised_at


def quiet_after(
    outcome: Outcome, terms: CooldownTerms, now: datetime, promised: timedelta | None = None
) -> datetime | None:
    """When the cooldown that follows ``outcome`` ends; a manager's promise counts instead of ``after_reached``."""
    lengths = {
        Outcome.REACHED: terms.after_reached if promised is None else promised,
        Outcome.EXHAUSTED: terms.after_exhausted,
        Outcome.ABANDONED: terms.after_abandoned,
        Outcome.LEFT_EARLY: timedelta(),
        Outcome.NOBODY_ON_DUTY: timedelta(),
    }
    return now + lengths[outcome] if lengths[outcome] else None


def window_opens_at(starts: Sequence[datetime], terms: CooldownTerms, now: datetime) -> datetime | None:
    """When the sliding window has room for one more attempt, given the attempts' ``starts``; None: it has room now."""
    recent = sorted(start for start in starts if start + terms.window > now)
    return recent[-terms.max_attempts] + terms.window if len(recent) >= terms.max_attempts else None
