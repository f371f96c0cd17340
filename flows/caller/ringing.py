"""Managers' phones ring: nobody is rung who asked not to be, and each ring's end is told."""

from dataclasses import replace
from typing import assert_never

from flows import ladder_hunt, next_ring, on_hold
from flows.call import EscalationCall
from flows.caller_questions import AFTER_TALK
from flows.effects import RingClosed, TermsMissing
from flows.flow import Part
from flows.heard import CooldownBegan, QuietAnswer, RingEnded, StillQuiet
from flows.ladder_hunt import CLIMB
from flows.next_ring import Aim
from flows.rules.ring_outcome import RingOutcome
from flows.turn import Forward, Hold, LeaveHold, Listen, Ring, Turn
from flows.way_forward import OFFER

part: Part[EscalationCall] = Part()


@part.step(leads={"rang": Ring, "holding": Hold, "forwarded": Forward, **OFFER, "off_hold": LeaveHold}, ends=True)
def before_ring(call: EscalationCall, heard: QuietAnswer) -> Turn[EscalationCall]:
    """Nobody is rung who has asked, a moment ago, not to be, or who must not be rung at this moment."""
    match heard:
        case StillQuiet():
            return _ring(next_ring.aim(call, heard))
        case CooldownBegan(until=until):
            ended = ladder_hunt.cooled_down(call, until, heard.at)
            return replace(ended, effects=(*next_ring.beginning(call), *ended.effects))
        case _:
            assert_never(heard)


def _ring(aim: Aim) -> Turn[EscalationCall]:
    if not aim.places:
        rung = ladder_hunt.exhausted(aim.call, aim.hunt.now)
    elif aim.call.hold and aim.call.leaving is None:
        rung = on_hold.ring_beside(aim.call, aim.hunt, aim.places)
    else:
        rung = ladder_hunt.ring(aim.call, aim.hunt.now)
    return replace(rung, effects=(*aim.states, *rung.effects))


@part.step(leads={**CLIMB, **OFFER, "after_talk": Listen}, ends=True)
def rang(call: EscalationCall, heard: RingEnded) -> Turn[EscalationCall]:
    """One ring is over: after a talk ask how it went, else tell why and ring on. The manager's leg went with the talk,
    so that manager is asked by a link."""
    closed = RingClosed(outcome=heard.outcome)
    left = call.gone or heard.caller_left
    if heard.outcome is RingOutcome.TALKED:
        call = replace(call, talked=ladder_hunt.level_of(call).rank, stated=None)
        over = ladder_hunt.abandoned(call, heard.at) if left else AFTER_TALK.asked(call)
        return over.stating(closed, TermsMissing())
    if left or heard.outcome is RingOutcome.CALLER_LEFT:
        return ladder_hunt.abandoned(call, heard.at).stating(closed)
    return next_ring.carry_on(call, heard.outcome, heard.at).stating(closed)
