"""Nobody could be reached: the ways forward."""

from typing import assert_never

from flows.call import EscalationCall
from flows.effects import CallbackWanted
from flows.flow import Part
from flows.heard import Digits, Keyed, Silence
from flows.prompts.spoken import say
from flows.turn import Record, Turn, last_words
from flows.way_forward import OFFER, WAYS, Way, call_back, record, ways_keys

part: Part[EscalationCall] = Part()


@part.step(leads={**OFFER, "message": Record}, ends=True, question=WAYS)
def ways(call: EscalationCall, heard: Keyed) -> Turn[EscalationCall]:
    """What shall be done instead of a talk?"""
    match heard:
        case Digits(keys=keys):
            match ways_keys(call).chosen(keys):
                case Way.MESSAGE:
                    return record(call)
                case Way.CALLBACK:
                    return last_words(call, *call_back(call)).stating(CallbackWanted())
                case Way.GOODBYE:
                    return last_words(call, say("ways.farewell"))
                case None:
                    return WAYS.not_understood(call, heard)
        case Silence():
            return WAYS.not_heard(call, heard)
        case _:
            assert_never(heard)
