"""The conversation with the caller: from the greeting to a manager, or to an honest refusal.

Each step reads like the conversation: the question, the answers, nonsense, silence. The steps stand in
``flows.caller``, one file for each part of the conversation, in the order in which a caller meets them; the words
of the questions in ``caller_questions``, how the ladder is climbed in ``ladder_hunt``, what the manager hears in
``call_screening``.
"""

from dataclasses import replace

from flows import ladder_hunt
from flows.call import EscalationCall
from flows.caller import after_talk, asking, deciding, holding, ringing
from flows.effects import RingClosed, RingsStopped
from flows.flow import Flow
from flows.heard import HungUp
from flows.rules.ring_outcome import RingOutcome
from flows.turn import AwaitRingEnd, AwaitTalkEnd, Turn, last_words

ON_HOLD = frozenset({"holding", "choices", "off_hold"})

line: Flow[EscalationCall] = Flow(
    "escalation_line",
    start="greeting",
    parts=(asking.part, deciding.part, ringing.part, holding.part, after_talk.part),
)


@line.hung_up
def left(call: EscalationCall, heard: HungUp) -> Turn[EscalationCall]:
    """The caller is gone: nobody is rung any more. Had a manager just pressed 1, the carrier has the last word."""
    if call.attempt is None:
        return last_words(call)
    if heard.accepted:
        awaited = AwaitTalkEnd() if call.step in ON_HOLD else AwaitRingEnd()
        return Turn(call=replace(call, gone=True, step="holding" if call.step in ON_HOLD else call.step), then=awaited)
    if heard.talked:
        call = replace(call, talked=ladder_hunt.level_of(call).rank)
    gone, closed = ladder_hunt.abandoned(call, heard.at), RingClosed(outcome=RingOutcome.CALLER_LEFT)
    if call.step in ON_HOLD:
        return gone.stating(RingsStopped(outcome=RingOutcome.CALLER_LEFT), closed)
    return gone.stating(closed) if call.step == "rang" else gone
