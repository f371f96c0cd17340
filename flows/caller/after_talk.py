"""The talk with a manager is over: resolved, or the next level?"""

from typing import assert_never

from flows import ladder_hunt, next_ring
from flows.call import EscalationCall
from flows.caller_questions import AFTER_TALK, AfterTalk, after_talk_keys
from flows.flow import Part
from flows.heard import Digits, Keyed, Silence
from flows.ladder_hunt import CLIMB
from flows.prompts.spoken import say
from flows.turn import Listen, Turn

part: Part[EscalationCall] = Part()


@part.step(leads={"after_talk": Listen, **CLIMB}, ends=True, question=AFTER_TALK)
def after_talk(call: EscalationCall, heard: Keyed) -> Turn[EscalationCall]:
    """Resolved, or the next level? "Work through the levels until you get resolution to your satisfaction"."""
    match heard:
        case Digits(keys=keys):
            match after_talk_keys(call).chosen(keys):
                case AfterTalk.RESOLVED:
                    return ladder_hunt.confirmed(call, heard.at, say("after_talk.glad"))
                case AfterTalk.NEXT_LEVEL:
                    return next_ring.next_level(call, heard.at)
                case AfterTalk.REPEAT:
                    return AFTER_TALK.asked(call)
                case None:
                    return AFTER_TALK.not_understood(call, heard)
        case Silence():
            return AFTER_TALK.not_heard(call, heard)
        case _:
            assert_never(heard)
