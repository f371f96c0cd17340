"""Whose phone is next: found when nobody has asked for quiet, and it is known who must not be rung at this moment."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from flows.call import EscalationCall
from flows.effects import Effect, LevelInformed, News, NotifyShiftManager, PassedOver
from flows.heard import StillQuiet
from flows.ladder_hunt import hunt, was_engaged
from flows.rules.hunt import Hunt, Way
from flows.rules.ladder import Position


@dataclass(frozen=True, slots=True, kw_only=True)
class Aim:
    """The phone to ring, on the ladder as it can be climbed now; None: nobody is left. ``states`` is what has become of
    the attempt on the way: who was passed over, who is told by mail."""

    call: EscalationCall
    hunt: Hunt
    place: Position | None
    states: tuple[Effect, ...]


def aim(call: EscalationCall, heard: StillQuiet) -> Aim:
    """Look for the next phone from where the call stands. Whoever was engaged gets a second turn when all others have
    had theirs."""
    ladder = hunt(call, heard.at, heard.spared)
    way, second_pass = _way(call, ladder)
    passed = tuple(each for each in way.passed if each not in call.passed)
    informed = tuple(each for each in way.informed if each not in call.informed)
    found = replace(
        call,
        position=way.to or call.position,
        passed=(*call.passed, *passed),
        informed=(*call.informed, *informed),
        second_pass=second_pass,
    )
    states = _states(call, replace(way, passed=passed, informed=informed))
    return Aim(call=found, hunt=ladder, place=way.to, states=tuple(states))


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
