"""May this ticket be escalated now, and does the caller want it? The claim has the last word."""

from dataclasses import replace
from typing import assert_never

from flows import next_ring
from flows.call import EscalationCall
from flows.caller.consenting import CLAIM, escalate
from flows.caller.watching import WATCHING, begin
from flows.caller_questions import ASK_AGAIN, CONFIRM, CONFIRM_KEYS, REFUSED, TICKET, Confirm, Refused, refused_keys
from flows.effects import CallbackWanted
from flows.flow import Part
from flows.heard import ClaimAnswer, Claimed, ClaimRefused, Digits, Keyed, Silence
from flows.ladder_hunt import CLIMB
from flows.prompts.spoken import say
from flows.ticket_found import refuse_claim
from flows.turn import Listen, Turn, last_words
from flows.way_forward import told_when_open

part: Part[EscalationCall] = Part()


@part.step(leads={"refused": Listen, **ASK_AGAIN, **WATCHING}, ends=True, question=REFUSED)
def refused(call: EscalationCall, heard: Keyed) -> Turn[EscalationCall]:
    """What instead? Whoever stays silent has heard the reason and is wished well."""
    match heard:
        case Digits(keys=keys):
            match refused_keys(call).chosen(keys):
                case Refused.WAIT:
                    return begin(call, heard.at)
                case Refused.BE_TOLD:
                    wanted = CallbackWanted(opens_at=call.opens_at, by_text=call.texts)
                    return last_words(call, *told_when_open(call, heard.at)).stating(wanted)
                case Refused.OTHER_TICKET:
                    return TICKET.asked(replace(call, ticket=None, news=()))
                case Refused.REPEAT:
                    return REFUSED.asked(call)
                case None:
                    return REFUSED.not_understood(call, heard)
        case Silence():
            return REFUSED.not_heard(call, heard)
        case _:
            assert_never(heard)


@part.step(leads={"confirm": Listen, **ASK_AGAIN, **CLAIM}, ends=True, question=CONFIRM)
def confirm(call: EscalationCall, heard: Keyed) -> Turn[EscalationCall]:
    """Escalate now? Only a key starts the ladder, never silence."""
    match heard:
        case Digits(keys=keys):
            match CONFIRM_KEYS.chosen(keys):
                case Confirm.ESCALATE:
                    return escalate(call)
                case Confirm.OTHER_TICKET:
                    return TICKET.asked(replace(call, ticket=None, news=()))
                case Confirm.REPEAT:
                    return CONFIRM.asked(call)
                case None:
                    return CONFIRM.not_understood(call, heard)
        case Silence():
            return CONFIRM.not_heard(call, heard)
        case _:
            assert_never(heard)


@part.step(leads={**CLIMB, "refused": Listen})
def claimed(call: EscalationCall, heard: ClaimAnswer) -> Turn[EscalationCall]:
    """The claim decides which of two callers rings the managers; the other one hears why not."""
    match heard:
        case Claimed(attempt=attempt, earlier=earlier, window_opens_at=window):
            call = replace(call, attempt=attempt, earlier=earlier, window_opens_at=window)
            return next_ring.start(call).after(say("claimed.notified"))
        case ClaimRefused():
            return refuse_claim(call, heard)
        case _:
            assert_never(heard)
