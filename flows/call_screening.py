"""The conversation with the manager whose phone rings: the story in ten seconds, then one key.

Silence or a mailbox never accepts: without the stored key press nobody joins the caller.
"""

from dataclasses import replace
from enum import Enum
from typing import assert_never

from flows.call import ScreeningCall
from flows.effects import RingDeclined
from flows.flow import Choice, Flow, Menu, Question
from flows.heard import (
    AcceptAnswer,
    CallerGone,
    Digits,
    Heard,
    HungUp,
    Keyed,
    RingAccepted,
    RingAnswer,
    RingOpen,
    Silence,
    Started,
    TakenByAnother,
)
from flows.prompts.spoken import Count, Prompt, Span, Words, say
from flows.spoken_reasons import SEVERITY
from flows.turn import AcceptRing, Bridge, CheckRing, Listen, Turn, ask, last_words


class Screening(Enum):
    """What a manager may answer."""

    ACCEPT = "accept"
    DECLINE = "decline"
    REPEAT = "repeat"


LONGEST_NAME = 24
"""Characters of a name in the story: with longer ones it would not be told in twelve seconds."""

SCREENING_KEYS = Menu(
    (
        Choice("1", Screening.ACCEPT, "screening.accept"),
        Choice("2", Screening.DECLINE, "screening.decline"),
        Choice("*", Screening.REPEAT, "screening.repeat"),
    )
)


def story(call: ScreeningCall) -> tuple[Prompt, ...]:
    """Severity, product, organisation, how long open, how far past the guaranteed response, earlier escalations."""
    ticket = call.ticket
    told = say(
        "screening.story",
        severity=SEVERITY[ticket.severity],
        product=Words(ticket.product, longest=LONGEST_NAME),
        organisation=Words(ticket.organisation, longest=LONGEST_NAME),
    )
    age, overdue = Span(call.answered_at - ticket.opened_at), Span(call.answered_at - call.response_due)
    clock = say("screening.clock", age=age, overdue=overdue)
    return (told, clock, say("screening.earlier", count=Count(call.earlier))) if call.earlier else (told, clock)


def _ring_the_next(call: ScreeningCall, heard: Heard) -> Turn[ScreeningCall]:
    return last_words(call, say("screening.give_up"))


KEY: Question[ScreeningCall] = Question(
    step="key",
    ask=story,
    menu=lambda call: SCREENING_KEYS,
    nonsense=("screening.nonsense.first", "screening.nonsense.second"),
    silence=("screening.silence.first",),
    give_up=_ring_the_next,
    listen=Listen(digits=1, seconds=5),
)

screening: Flow[ScreeningCall] = Flow("call_screening", start="answered")


@screening.step(leads={"caller_there": CheckRing})
def answered(call: ScreeningCall, heard: Started) -> Turn[ScreeningCall]:
    """Somebody, or something, picked up."""
    return ask(call, CheckRing(), goto="caller_there")


@screening.step(leads={"key": Listen}, ends=True)
def caller_there(call: ScreeningCall, heard: RingAnswer) -> Turn[ScreeningCall]:
    """Tell the story only while somebody waits for the answer."""
    match heard:
        case RingOpen():
            return KEY.asked(call)
        case CallerGone() | TakenByAnother():
            return _too_late(call, heard)
        case _:
            assert_never(heard)


@screening.step(leads={"key": Listen, "accepted": AcceptRing}, ends=True, question=KEY)
def key(call: ScreeningCall, heard: Keyed) -> Turn[ScreeningCall]:
    """Accept, pass on, or hear it again."""
    match heard:
        case Digits(keys=keys):
            return _key_pressed(call, heard, keys)
        case Silence():
            return KEY.not_heard(call, heard)
        case _:
            assert_never(heard)


def _key_pressed(call: ScreeningCall, heard: Digits, keys: str) -> Turn[ScreeningCall]:
    match SCREENING_KEYS.chosen(keys):
        case Screening.ACCEPT:
            return ask(call, AcceptRing(), goto="accepted")
        case Screening.DECLINE:
            return last_words(call, say("screening.declined")).stating(RingDeclined())
        case Screening.REPEAT:
            return KEY.asked(call)
        case None:
            return KEY.not_understood(call, heard)


@screening.step(ends=True)
def accepted(call: ScreeningCall, heard: AcceptAnswer) -> Turn[ScreeningCall]:
    """The key press is stored, or somebody was faster."""
    match heard:
        case RingAccepted():
            return replace(last_words(call, say("screening.joining")), then=Bridge())
        case CallerGone() | TakenByAnother():
            return _too_late(call, heard)
        case _:
            assert_never(heard)


def _too_late(call: ScreeningCall, heard: CallerGone | TakenByAnother) -> Turn[ScreeningCall]:
    gone = isinstance(heard, CallerGone)
    return last_words(call, say("screening.caller_gone") if gone else say("screening.taken"))


@screening.hung_up
def left(call: ScreeningCall, heard: HungUp) -> Turn[ScreeningCall]:
    """The manager hung up; the carrier tells the caller's leg, where the ladder goes on."""
    return last_words(call)
