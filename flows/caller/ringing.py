"""Managers' phones ring: nobody is rung who asked not to be, and each ring's end is told."""

from dataclasses import replace
from typing import assert_never

from flows import ladder_hunt, on_hold
from flows.call import EscalationCall
from flows.caller_questions import AFTER_TALK
from flows.effects import RingClosed
from flows.flow import Part
from flows.heard import CooldownBegan, QuietAnswer, RingEnded, StillQuiet
from flows.ladder_hunt import CLIMB
from flows.rules.ring_outcome import RingOutcome
from flows.turn import Hold, LeaveHold, Listen, Ring, Turn
from flows.way_forward import OFFER

part: Part[EscalationCall] = Part()


@part.step(leads={"rang": Ring, "holding": Hold, **OFFER, "off_hold": LeaveHold}, ends=True)
def before_ring(call: EscalationCall, heard: QuietAnswer) -> Turn[EscalationCall]:
    """Nobody is rung who has asked, a moment ago, not to be."""
    match heard:
        case StillQuiet():
            return on_hold.ring_beside(call, heard.at) if call.hold else ladder_hunt.ring(call, heard.at)
        case CooldownBegan(until=until):
            return ladder_hunt.cooled_down(call, until, heard.at)
        case _:
            assert_never(heard)


@part.step(leads={**CLIMB, **OFFER, "after_talk": Listen}, ends=True)
def rang(call: EscalationCall, heard: RingEnded) -> Turn[EscalationCall]:
    """One ring is over: after a talk ask how it went, else tell why and ring on."""
    closed = RingClosed(outcome=heard.outcome)
    if heard.outcome is RingOutcome.TALKED:
        call = replace(call, talked=ladder_hunt.level_of(call).rank, stated=None)
    if call.gone or heard.caller_left or heard.outcome is RingOutcome.CALLER_LEFT:
        return ladder_hunt.abandoned(call, heard.at).stating(closed)
    if heard.outcome is RingOutcome.TALKED:
        return AFTER_TALK.asked(call).stating(closed)
    return ladder_hunt.carry_on(call, heard.outcome, heard.at).stating(closed)
