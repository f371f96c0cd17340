"""What a ticket's standing was at a moment of the past, had another cooldown been in force: for a replay.

What the routing of that time set is reckoned anew with the other terms; what people set stays as they set it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeAlias

from db.repositories.acts import Act, StoredAct
from db.repositories.attempts import LOST, StoredAttempt
from db.repositories.interventions import Intervention, Kind
from db.repositories.promises import Promise
from db.unit_of_work import Work
from flows.call import EscalationCall
from flows.rules.cooldown import CooldownTerms, Outcome, Standing, quiet_after, window_opens_at
from flows.wrap_up import Terms
from ivr.line.deadlines import SPEECH

LOOKED_BACK = 400
"""Attempts of one ticket; a month has no more of them at four a day and a third to spare."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """What is remembered of one ticket; ``attempts`` the newest first, the rest in order."""

    attempts: Sequence[StoredAttempt]
    promises: Sequence[Promise]
    interventions: Sequence[Intervention]
    acts: Sequence[StoredAct]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """The attempt before the moment was over at ``at``, and its cooldown ran until then."""

    at: datetime
    quiet_until: datetime | None
    frees_window: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """Somebody set the cooldown at ``at``, or (None) lifted it."""

    at: datetime
    until: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedFor:
    """A manager asked at ``at`` for quiet until then; what runs longer stays."""

    at: datetime
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Promised:
    """A manager promised at ``at`` an answer by ``until``; ``counts`` as the cooldown, for the attempt was over."""

    at: datetime
    until: datetime
    counts: bool


Event: TypeAlias = Ended | Changed | AskedFor | Promised


def past(work: Work, number: str) -> Past:
    """Everything that a ticket's standing follows from."""
    return Past(
        attempts=work.attempts.of_ticket(number, LOOKED_BACK),
        promises=sorted(work.promises.of_ticket(number, LOOKED_BACK), key=lambda each: each.promised_at),
        interventions=work.interventions.of_ticket(number),
        acts=work.acts.of_ticket(number),
    )


def standing_at(work: Work, of: Past, terms: CooldownTerms, at: datetime) -> Standing:
    """The standing just before ``at``: after the latest attempt that began earlier, and what happened since then."""
    before = [attempt for attempt in of.attempts if attempt.started_at < at]
    last = before[0] if before else None
    if last is not None and (last.ended_at is None or last.ended_at > at):
        return Standing(leased_until=last.ended_at or at + SPEECH, attempt=last.id)
    standing = Standing(window_opens_at=_window(before, terms))
    since = last.started_at if last else None
    happened = [each for each in _happened(work, of, last, terms) if each.at <= at and (not since or each.at >= since)]
    for each in sorted(happened, key=lambda event: event.at):
        standing = _after(standing, each)
    return standing


def _happened(work: Work, of: Past, last: StoredAttempt | None, terms: CooldownTerms) -> Iterator[Event]:
    if last is not None:
        yield from _of_attempt(work, of, last, terms)
    for act in of.acts:
        if act.act in {Act.COOLDOWN_SET, Act.COOLDOWN_LIFTED}:
            yield Changed(at=act.at, until=act.until if act.act is Act.COOLDOWN_SET else None)
    for done in of.interventions:
        if done.kind in {Kind.COOLDOWN_SET, Kind.COOLDOWN_LIFTED}:
            yield Changed(at=done.at, until=done.until if done.kind is Kind.COOLDOWN_SET else None)


def _of_attempt(work: Work, of: Past, last: StoredAttempt, terms: CooldownTerms) -> Iterator[Event]:
    assert last.ended_at is not None
    yield Ended(at=last.ended_at, quiet_until=_rest(work, last, terms),
                frees_window=last.outcome == Outcome.LEFT_EARLY.value)
    for promise in of.promises:
        if promise.attempt_id == last.id:
            late = promise.promised_at >= last.ended_at
            yield Promised(at=promise.promised_at, until=promise.until, counts=late)
    for ring in work.rings.of_attempt(last.id):
        if ring.terms == Terms.QUIET.value and ring.terms_at and ring.terms_until:
            yield AskedFor(at=ring.terms_at, until=ring.terms_until)


def _rest(work: Work, last: StoredAttempt, terms: CooldownTerms) -> datetime | None:
    """The cooldown after the attempt. What differs from the terms of that time was somebody's word: it stays."""
    if last.outcome in {None, LOST} or last.ended_at is None:
        return last.quiet_until
    call = work.calls.read(last.call_sid)
    if call is None or not isinstance(call.state, EscalationCall):
        return last.quiet_until
    outcome = Outcome(last.outcome)
    if last.quiet_until != quiet_after(outcome, call.state.cooldown, last.ended_at):
        return last.quiet_until
    return quiet_after(outcome, terms, last.ended_at)


def _window(before: Sequence[StoredAttempt], terms: CooldownTerms) -> datetime | None:
    """As it was worked out when the latest attempt began: it counts itself, and those before it that rang."""
    if not before:
        return None
    rang = [each.started_at for each in before[1:] if each.outcome != Outcome.LEFT_EARLY.value]
    return window_opens_at([before[0].started_at, *rang], terms, before[0].started_at)


def _after(standing: Standing, event: Event) -> Standing:
    match event:
        case Ended(quiet_until=rest, frees_window=frees):
            window = None if frees else standing.window_opens_at
            return replace(standing, quiet_until=_longer(standing.quiet_until, rest), window_opens_at=window)
        case AskedFor(until=until):
            return replace(standing, quiet_until=_longer(standing.quiet_until, until))
        case Promised(at=at, until=until, counts=counts):
            quiet = until if counts else standing.quiet_until
            return replace(standing, promised_at=at, promised_until=until, quiet_until=quiet)
        case Changed(until=None):
            return Standing()
        case Changed(at=at, until=until):
            overdue = standing.promised_until is not None and standing.promised_until <= at
            return replace(standing, quiet_until=until, promised_until=None if overdue else standing.promised_until)


def _longer(one: datetime | None, other: datetime | None) -> datetime | None:
    return max((each for each in (one, other) if each is not None), default=None)
