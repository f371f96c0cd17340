"""The caller hangs up, at whatever step."""

from dataclasses import replace

from flows import ladder_hunt
from flows.call import EscalationCall
from flows.effects import MessageLeft, RingClosed, RingsStopped
from flows.heard import HungUp
from flows.rules.ring_outcome import RingOutcome
from flows.turn import AwaitRingEnd, AwaitTalkEnd, Turn, last_words

ON_HOLD = frozenset({"holding", "choices", "off_hold"})
RECORDS = frozenset({"message", "review"})


def left(call: EscalationCall, heard: HungUp) -> Turn[EscalationCall]:
    """The caller is gone: nobody is rung any more. Had a manager just pressed 1, the carrier has the last word."""
    if call.attempt is None:
        return _left_without_attempt(call)
    if heard.accepted:
        awaited = AwaitTalkEnd() if call.step in ON_HOLD else AwaitRingEnd()
        return Turn(call=replace(call, gone=True, step="holding" if call.step in ON_HOLD else call.step), then=awaited)
    if heard.talked:
        call = replace(call, talked=ladder_hunt.level_of(call).rank)
    gone, closed = ladder_hunt.abandoned(call, heard.at), RingClosed(outcome=RingOutcome.CALLER_LEFT)
    if call.step in ON_HOLD:
        return gone.stating(RingsStopped(outcome=RingOutcome.CALLER_LEFT), closed)
    return gone.stating(closed) if call.step == "rang" else gone


def _left_without_attempt(call: EscalationCall) -> Turn[EscalationCall]:
    """Whoever hangs up after speaking has left a message; only a key discards it."""
    gone = last_words(call)
    return gone.stating(MessageLeft(awaited=call.step == "message")) if call.step in RECORDS else gone
