"""The caller on hold: phones ring beside, any key brings choices, and the hold ends in a talk or without one."""

from dataclasses import replace
from typing import assert_never

from flows import ladder_hunt, next_ring, on_hold
from flows.call import EscalationCall, Leaving
from flows.caller_questions import AFTER_TALK
from flows.choices_on_hold import CHOICES, OnHold, on_hold_keys, wait_on
from flows.effects import CallbackWanted, RingClosed, RingsStopped
from flows.flow import Part
from flows.heard import Digits, HoldEnded, HoldNews, StillWaiting
from flows.ladder_hunt import CLIMB
from flows.prompts.spoken import say
from flows.rules.ring_outcome import RingOutcome
from flows.turn import AwaitTalkEnd, Hold, LeaveHold, Listen, ListenOnHold, Record, Turn
from flows.way_forward import OFFER, WAYS, call_back, leave_hold, record

part: Part[EscalationCall] = Part()


@part.step(
    leads={
        "holding": (Hold, AwaitTalkEnd),
        "choices": ListenOnHold,
        **CLIMB,
        "off_hold": LeaveHold,
        "after_talk": Listen,
    },
    ends=True,
)
def holding(call: EscalationCall, heard: HoldNews) -> Turn[EscalationCall]:
    """Phones ring while the caller waits; any key brings the choices."""
    match heard:
        case StillWaiting():
            return on_hold.after_leaving(call, heard) if call.gone else on_hold.wait_on(call, heard)
        case Digits():
            return CHOICES.asked(call)
        case HoldEnded():
            return _off_hold(call, heard)
        case _:
            assert_never(heard)


@part.step(
    leads={"holding": (Hold, AwaitTalkEnd), "choices": ListenOnHold, "off_hold": LeaveHold, "after_talk": Listen},
    ends=True,
    question=CHOICES,
)
def choices(call: EscalationCall, heard: HoldNews) -> Turn[EscalationCall]:
    """Keep waiting, a message, mail only, or goodbye; a manager who accepts meanwhile ends the question."""
    match heard:
        case Digits(keys=keys):
            match on_hold_keys(call).chosen(keys):
                case OnHold.KEEP_WAITING:
                    return wait_on(call, heard)
                case OnHold.MESSAGE:
                    stopped = RingsStopped(outcome=RingOutcome.CALLER_LEFT)
                    return leave_hold(call, Leaving.TO_RECORD, say("hold.stopped")).stating(stopped)
                case OnHold.CALLBACK:
                    words = (say("hold.stopped"), *call_back(call))
                    return ladder_hunt.given_up(call, heard.at, *words).stating(CallbackWanted())
                case OnHold.MAIL_ONLY:
                    return ladder_hunt.given_up(call, heard.at, say("hold.mailed"))
                case OnHold.GOODBYE:
                    return ladder_hunt.given_up(call, heard.at, say("refused.goodbye"))
                case None:
                    return CHOICES.not_understood(call, heard)
        case StillWaiting():
            return CHOICES.not_heard(call, heard)
        case HoldEnded():
            return _off_hold(call, heard)
        case _:
            assert_never(heard)


def _off_hold(call: EscalationCall, heard: HoldEnded) -> Turn[EscalationCall]:
    stopped = RingsStopped(outcome=RingOutcome.CALLER_LEFT)
    if not heard.talked and heard.accepted:
        return Turn(call=replace(call, step="holding", gone=True), then=AwaitTalkEnd()).stating(stopped)
    if not heard.talked:
        lost = RingClosed(outcome=RingOutcome.CALLER_LEFT)
        return ladder_hunt.abandoned(call, heard.at).stating(stopped, lost)
    talked = replace(call, talked=ladder_hunt.level_of(call).rank)
    closed = RingClosed(outcome=RingOutcome.TALKED)
    if heard.caller_left or call.gone:
        return ladder_hunt.abandoned(talked, heard.at).stating(closed)
    if heard.manager_left:
        return AFTER_TALK.asked(replace(talked, ringing=(), stated=None)).stating(closed)
    return on_hold.talk_over(talked, heard).stating(closed)


@part.step(leads={**CLIMB, "after_talk": Listen, **OFFER, "message": Record}, ends=True)
def off_hold(call: EscalationCall, heard: HoldEnded) -> Turn[EscalationCall]:
    """Taken off hold on purpose, unless the caller has left, or a manager was quicker."""
    why = call.leaving
    call = replace(call, on_hold=False, leaving=None)
    if heard.caller_left:
        return ladder_hunt.abandoned(call, heard.at)
    match why:
        case Leaving.TO_DIAL:
            assert call.position is not None
            return next_ring.climb(replace(call, leaving=why), call.position, heard.at)
        case Leaving.TO_OFFER:
            return WAYS.asked(call)
        case Leaving.TO_RECORD if not heard.talked:
            ended = ladder_hunt.given_up(call, heard.at)
            return record(ended.call).stating(*ended.effects)
        case Leaving.TO_RECORD:
            talked = replace(call, talked=ladder_hunt.level_of(call).rank)
            return AFTER_TALK.asked(talked).stating(RingClosed(outcome=RingOutcome.TALKED))
        case Leaving.TO_ASK | None:
            return AFTER_TALK.asked(call)
        case _:
            assert_never(why)
