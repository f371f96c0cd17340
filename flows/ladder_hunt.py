"""Climbing the manager ladder for one caller: whom to ring next, and how an attempt ends."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from flows.call import EscalationCall
from flows.effects import AttemptEnded, News, NotifyShiftManager, RingsStopped
from flows.heard import Spared
from flows.prompts.spoken import Moment, Prompt, Span, Words, say
from flows.rules.cooldown import Outcome, quiet_after
from flows.rules.hunt import Hunt, Passed
from flows.rules.ladder import Level, Position
from flows.rules.position import agreed
from flows.rules.ring_outcome import RingOutcome
from flows.spoken_reasons import local
from flows.turn import CheckCooldown, Forward, Ring, Turn, last_words, turn
from flows.way_forward import offer
from flows.wrap_up import Terms

CLIMB = {"before_ring": CheckCooldown}
"""Where a step leads that lets the ladder be climbed."""

NEWS_OF_RING = {
    RingOutcome.DECLINED: "ring.declined",
    RingOutcome.NOT_ACCEPTED: "ring.not_accepted",
    RingOutcome.NO_ANSWER: "ring.no_answer",
    RingOutcome.BUSY: "ring.busy",
    RingOutcome.FAILED: "ring.failed",
    RingOutcome.NOT_ALLOWED: "ring.failed",
}
"""What the caller is told when a ring did not lead to a talk."""


def hunt(call: EscalationCall, now: datetime, spared: Iterable[Spared] = ()) -> Hunt:
    """The ladder as it can be climbed now: never the line's own number, the caller's, or one already rung."""
    assert call.ladder is not None
    assert call.ticket is not None
    return Hunt(
        ladder=call.ladder,
        now=now,
        severity=call.ticket.severity,
        barred=frozenset({call.line.number, call.caller}),
        rung=frozenset(call.rung),
        spared={each.person: each.why for each in spared},
        beside=call.hold,
    )


def level_of(call: EscalationCall) -> Level:
    """The level being rung."""
    assert call.ladder is not None
    assert call.position is not None
    return call.ladder.levels[call.position.level]


def title_of(level: Level) -> Words:
    """The level's title, in the caller's language where the ladder has it."""
    return Words(level.title, level.titles)


def ring(call: EscalationCall, now: datetime) -> Turn[EscalationCall]:
    """Ring the phone at the present position from the caller's own leg, and say so."""
    assert call.position is not None
    assert call.ladder is not None
    wait = Span(hunt(call, now).wait_at(call.position), at_most=True)
    ringing = say("ring.ringing", title=title_of(level_of(call)), wait=wait)
    rung = replace(call, rung=(*call.rung, call.ladder.number_at(call.position)), ringing=(), leaving=None)
    return turn(rung, phone(call, call.position), ringing, goto="rang")


def phone(call: EscalationCall, position: Position) -> Ring:
    """The ring of the phone at ``position``."""
    assert call.ladder is not None
    level, member = call.ladder.levels[position.level], call.ladder.member_at(position)
    return Ring(
        number=call.ladder.number_at(position),
        ring_seconds=level.ring_seconds,
        talk_limit=call.line.talk_limit,
        rank=level.rank,
        title=level.title,
        name=member.name,
        language=member.language,
        person=member.person,
    )


def reached(call: EscalationCall, now: datetime, *words: Prompt) -> Turn[EscalationCall]:
    """End an attempt in which a manager talked."""
    return _end(call, Outcome.REACHED, now, *words)


def confirmed(call: EscalationCall, now: datetime, *words: Prompt) -> Turn[EscalationCall]:
    """End an attempt after whose last talk the caller says that it is resolved."""
    return _end(call, Outcome.REACHED, now, *words, confirmed=True)


def abandoned(call: EscalationCall, now: datetime) -> Turn[EscalationCall]:
    """The caller left. It counts as reached once somebody talked; before any phone rang, or after the attempt, it costs
    nothing."""
    if call.attempt is None:
        return last_words(call)
    outcome = Outcome.REACHED if call.talked else Outcome.ABANDONED if call.rung else Outcome.LEFT_EARLY
    return _end(call, outcome, now)


def given_up(call: EscalationCall, now: datetime, *words: Prompt) -> Turn[EscalationCall]:
    """The caller chose not to wait for the phones that ring; they stop."""
    ended = _end(call, Outcome.REACHED if call.talked else Outcome.ABANDONED, now, *words)
    return ended.stating(RingsStopped(outcome=RingOutcome.CALLER_LEFT))


def exhausted(call: EscalationCall, now: datetime, *words: Prompt) -> Turn[EscalationCall]:
    """Nobody is left to ring: tell the caller the truth, and the shift manager that nobody talked to this customer."""
    opens = say("exhausted.again", opens=opens_again(call, _outcome(call), now))
    if call.talked:
        return reached(call, now, *words, *_top_level(call), opens, say("ways.farewell"))
    if not call.rung and nobody_on_duty(call.passed):
        return _off_duty(call, now, *words)
    return _nobody_reached(call, now, *words, _sorry(call), say("exhausted.notified"), opens)




def _top_level(call: EscalationCall) -> tuple[Prompt, ...]:
    """Nobody was rung since the talk, because there is nobody above."""
    level = level_of(call)
    return (say("after_talk.top_level", title=title_of(level)),) if level.rank == call.talked else ()


def _sorry(call: EscalationCall) -> Prompt:
    if call.rung:
        return say("exhausted.sorry")
    engaged = any(each.why is RingOutcome.ENGAGED for each in call.passed)
    return say("exhausted.engaged") if engaged else say("exhausted.nobody")


def nobody_on_duty(passed: Iterable[Passed]) -> bool:
    """Whether a hunt that finds nobody to ring has passed over none who is on duty and was only spared."""
    on_duty = {RingOutcome.ENGAGED, RingOutcome.RUNG_ENOUGH}
    return not any(each.why in on_duty for each in passed)


def _off_duty(call: EscalationCall, now: datetime, *words: Prompt) -> Turn[EscalationCall]:
    """Nobody is on duty: the duty phone is for that, where there is one; the shift manager is told at any rate."""
    duty = call.line.duty_number
    how_on = say("exhausted.forwarding") if duty else say("exhausted.off_duty_mailed")
    told = NotifyShiftManager(news=News.NOBODY_ON_DUTY, attempt=call.attempt)
    ended = _end(call, Outcome.NOBODY_ON_DUTY, now)
    words = (*words, say("exhausted.off_duty"), how_on)
    led = turn(ended.call, Forward(number=duty), *words, goto="forwarded") if duty else offer(ended.call, *words)
    return led.stating(*ended.effects, told)


def cooled_down(call: EscalationCall, until: datetime, now: datetime) -> Turn[EscalationCall]:
    """A manager asked for quiet while the ladder rang; that wins over the attempt."""
    assert call.ticket is not None
    words = say("ring.cooldown_began", opens=local(until, now, call.ticket, call.line))
    if call.talked:
        return reached(call, now, words, say("ways.farewell"))
    return _nobody_reached(call, now, words)


def opens_again(call: EscalationCall, outcome: Outcome, now: datetime) -> Moment:
    """When the caller may escalate this ticket again: the cooldown is over and there is room for an attempt."""
    assert call.ticket is not None
    rested = quiet_after(outcome, call.cooldown, now, _promised(call, now)) or now
    asked = _stated(call, Terms.QUIET) or now
    return local(max(rested, asked, call.window_opens_at or now), now, call.ticket, call.line)


def _nobody_reached(call: EscalationCall, now: datetime, *words: Prompt) -> Turn[EscalationCall]:
    """The attempt is over, the caller still there: what else can be done?"""
    ended = _end(call, Outcome.EXHAUSTED, now)
    told = NotifyShiftManager(news=News.NOBODY_REACHED, attempt=call.attempt)
    return offer(ended.call, *words).stating(*ended.effects, told)


def _outcome(call: EscalationCall) -> Outcome:
    return Outcome.REACHED if call.talked else Outcome.EXHAUSTED


def _end(
    call: EscalationCall, outcome: Outcome, now: datetime, *words: Prompt, confirmed: bool = False
) -> Turn[EscalationCall]:
    assert call.attempt is not None
    ended = AttemptEnded(
        attempt=call.attempt,
        outcome=outcome,
        quiet_until=quiet_after(outcome, call.cooldown, now, _promised(call, now)),
        talked=call.talked,
        confirmed=confirmed,
        agreed=agreed(manager_resolved=_resolved(call), caller_resolved=confirmed),
    )
    return last_words(replace(call, attempt=None), *words).stating(ended)


def _promised(call: EscalationCall, now: datetime) -> timedelta | None:
    """How long the manager of the last talk may yet take for the promised answer."""
    until = _stated(call, Terms.PROMISED)
    return until - now if until is not None and until > now else None


def _stated(call: EscalationCall, terms: Terms) -> datetime | None:
    return call.stated.until if call.stated is not None and call.stated.terms is terms else None


def _resolved(call: EscalationCall) -> bool:
    return call.stated is not None and call.stated.terms is Terms.RESOLVED
