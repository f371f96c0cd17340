"""Whose phone is next: where the hunt goes on, and who is found there once it is known who must not be rung now."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from flows import ladder_hunt
from flows.call import EscalationCall
from flows.effects import Effect, LevelInformed, News, NotifyShiftManager, PassedOver
from flows.heard import StillQuiet
from flows.prompts.spoken import say
from flows.rules.hunt import Hunt, Way
from flows.rules.ladder import Position
from flows.rules.ring_outcome import RingOutcome
from flows.turn import CheckCooldown, Turn, ask


@dataclass(frozen=True, slots=True, kw_only=True)
class Aim:
    """The phones to ring at once, on the ladder as it can be climbed now; none: nobody is left. ``states`` is what has
    become of the attempt on the way: who was passed over, who is told by mail."""

    call: EscalationCall
    hunt: Hunt
    places: tuple[Position, ...]
    states: tuple[Effect, ...]


def start(call: EscalationCall) -> Turn[EscalationCall]:
    """Ring the first level above the last one that talked about this ticket."""
    begun = replace(
        call, position=None, onward=None, rung=(), passed=(), informed=(), second_pass=False, leaving=None
    )
    return ask(begun, CheckCooldown(), goto="before_ring")


def carry_on(call: EscalationCall, outcome: RingOutcome, now: datetime) -> Turn[EscalationCall]:
    """Say how the ring ended, then ring the next member, or the next level, or admit that nobody is left."""
    assert call.position is not None
    told = say(ladder_hunt.NEWS_OF_RING[outcome], title=ladder_hunt.title_of(ladder_hunt.level_of(call)))
    return climb(call, ladder_hunt.hunt(call, now).beyond(call.position), now).after(told)


def next_level(call: EscalationCall, now: datetime) -> Turn[EscalationCall]:
    """Ring the level above the one that just talked, or say that none can be rung now."""
    assert call.position is not None
    above = Position(level=call.position.level + 1, member=0)
    return climb(replace(call, second_pass=False), above, now)


def climb(call: EscalationCall, onward: Position, now: datetime) -> Turn[EscalationCall]:
    """Ring on from this place, if nobody has asked for quiet meanwhile and somebody is left."""
    call = replace(call, onward=onward)
    way, engaged = ladder_hunt.hunt(call, now).onward(onward), was_engaged(call)
    if way.to is None and not way.passed and not engaged and {*way.informed} <= {*call.informed}:
        return ladder_hunt.exhausted(call, now)
    return ask(call, CheckCooldown(), goto="before_ring")


def was_engaged(call: EscalationCall) -> frozenset[str]:
    """The people who were on another call when it was their turn in this attempt, by their keys."""
    assert call.ladder is not None
    return frozenset(
        call.ladder.levels[each.level].members[each.member].person
        for each in call.passed
        if each.why is RingOutcome.ENGAGED
    )


def aim(call: EscalationCall, heard: StillQuiet) -> Aim:
    """Look for the next phone from where the call stands. Whoever was engaged gets a second turn when all others have
    had theirs."""
    ladder = ladder_hunt.hunt(call, heard.at, heard.spared)
    way, second_pass = _way(call, ladder)
    # Whoever was engaged and has gone off duty since is come by twice at once: on this pass, and as it begins again.
    passed = tuple(each for each in dict.fromkeys(way.passed) if each not in call.passed)
    informed = tuple(each for each in way.informed if each not in call.informed)
    found = replace(
        call,
        position=way.to or call.position,
        passed=(*call.passed, *passed),
        informed=(*call.informed, *informed),
        second_pass=second_pass,
    )
    states = _states(call, replace(way, passed=passed, informed=informed))
    places = ladder.together(way.to, was_engaged(found) if second_pass else None) if way.to is not None else ()
    return Aim(call=found, hunt=ladder, places=places, states=tuple(states))


def _way(call: EscalationCall, ladder: Hunt) -> tuple[Way, bool]:
    """The way to the next phone, and whether it belongs to the second pass."""
    if call.second_pass:
        return ladder.back(was_engaged(call), call.onward), True
    way = ladder.start(call.last_talked) if call.onward is None else ladder.onward(call.onward)
    if way.to is not None or not was_engaged(call):
        return way, False
    back = ladder.back(was_engaged(call))
    return replace(back, passed=way.passed + back.passed, informed=way.informed), True


def beginning(call: EscalationCall) -> tuple[Effect, ...]:
    """What an attempt begins with: the mail about every accepted escalation (article 5850)."""
    accepted = NotifyShiftManager(news=News.ESCALATION_ACCEPTED, attempt=call.attempt)
    return (accepted,) if call.onward is None else ()


def _states(call: EscalationCall, way: Way) -> Iterator[Effect]:
    assert call.attempt is not None
    yield from beginning(call)
    for each in way.passed:
        yield PassedOver(attempt=call.attempt, level=each.level, member=each.member, why=each.why)
    for level in way.informed:
        yield LevelInformed(attempt=call.attempt, level=level)
