"""Climbing the manager ladder for one caller: whom to ring next, and how an attempt ends."""

from dataclasses import replace
from datetime import datetime, timedelta

from flows.call import EscalationCall
from flows.effects import AttemptEnded, News, NotifyShiftManager, RingsStopped
from flows.prompts.spoken import Moment, Prompt, Span, Words, say
from flows.rules.cooldown import Outcome, quiet_after
from flows.rules.ladder import Hunt, Level, Member, Position
from flows.rules.position import agreed
from flows.rules.ring_outcome import RingOutcome
from flows.spoken_reasons import local
from flows.turn import CheckCooldown, Ring, Turn, ask, last_words, turn
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


def hunt(call: EscalationCall, now: datetime) -> Hunt:
    """The ladder as it can be climbed now: never the line's own number, the caller's, or one already rung."""
    assert call.ladder is not None
    barred = frozenset({call.line.number, call.caller})
    return Hunt(ladder=call.ladder, now=now, barred=barred, rung=frozenset(call.rung))


def level_of(call: EscalationCall) -> Level:
    """The level being rung."""
    assert call.ladder is not None
    assert call.position is not None
    return call.ladder.levels[call.position.level]


def title_of(level: Level) -> Words:
    """The level's title, in the caller's language where the ladder has it."""
    return Words(level.title, level.titles)


def start(call: EscalationCall, now: datetime) -> Turn[EscalationCall]:
    """Ring the first level above the last one that talked about this ticket."""
    return climb(call, hunt(call, now).first(call.last_talked), now)


def carry_on(call: EscalationCall, outcome: RingOutcome, now: datetime) -> Turn[EscalationCall]:
    """Say how the ring ended, then ring the next member, or the next level, or admit that nobody is left."""
    assert call.position is not None
    told = say(NEWS_OF_RING[outcome], title=title_of(level_of(call)))
    return climb(call, hunt(call, now).after(call.position), now).after(told)


def next_level(call: EscalationCall, now: datetime) -> Turn[EscalationCall]:
    """Ring the level above the one that just talked, or say that none can be rung now."""
    assert call.position is not None
    above = hunt(call, now).above(call.position)
    if above is None:
        return exhausted(call, now, say("after_talk.top_level", title=title_of(level_of(call))))
    return climb(call, above, now)


def ring(call: EscalationCall, now: datetime) -> Turn[EscalationCall]:
    """Ring the phone at the present position from the caller's own leg, and say so."""
    assert call.position is not None
    member = _member(call, call.position)
    wait = Span(hunt(call, now).wait_at(call.position), at_most=True)
    ringing = say("ring.ringing", title=title_of(level_of(call)), wait=wait)
    rung = replace(call, rung=(*call.rung, member.number), ringing=(), leaving=None)
    return turn(rung, phone(call, call.position), ringing, goto="rang")


def phone(call: EscalationCall, position: Position) -> Ring:
    """The ring of the phone at ``position``."""
    assert call.ladder is not None
    level, member = call.ladder.levels[position.level], call.ladder.member_at(position)
    return Ring(
        number=member.number,
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
        return reached(call, now, *words, opens, say("ways.farewell"))
    sorry = say("exhausted.sorry") if call.rung else say("exhausted.nobody")
    return _nobody_reached(call, now, *words, sorry, say("exhausted.notified"), opens)


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


def _member(call: EscalationCall, position: Position) -> Member:
    assert call.ladder is not None
    return call.ladder.member_at(position)


def _outcome(call: EscalationCall) -> Outcome:
    return Outcome.REACHED if call.talked else Outcome.EXHAUSTED


def climb(call: EscalationCall, position: Position | None, now: datetime) -> Turn[EscalationCall]:
    """Ring on at ``position``, if nobody has asked for quiet meanwhile; None: nobody is left."""
    if position is None:
        return exhausted(call, now)
    return ask(replace(call, position=position), CheckCooldown(), goto="before_ring")


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
