"""The conversation with the manager whose phone rings: the story in ten seconds, then one key.

Silence or a mailbox never accepts: without the stored key press nobody joins the caller.
"""

from dataclasses import replace
from typing import assert_never

from flows.call import ScreeningCall
from flows.effects import DeclineExplained, LinkWanted, RingDeclined, RingsStopped, TalkResumed, TermsMissing, WrappedUp
from flows.flow import Flow, Question
from flows.heard import (
    AcceptAnswer,
    CallerAnswer,
    CallerGone,
    CallerOnHold,
    Digits,
    HungUp,
    Keyed,
    RingAccepted,
    RingAnswer,
    RingOpen,
    Silence,
    Started,
    TakenByAnother,
    TalkEnded,
)
from flows.manager_questions import (
    DECLINE_KEYS,
    KEY,
    PROMISE,
    QUIET,
    WHY,
    WRAP_UP,
    Screening,
    WrapUpKey,
    screening_keys,
    wrap_up_keys,
)
from flows.prompts.spoken import Moment, Prompt, say
from flows.rules.ring_outcome import RingOutcome
from flows.turn import AcceptRing, Bridge, CheckCaller, CheckRing, JoinCaller, Listen, Turn, ask, last_words, turn
from flows.wrap_up import Terms, WrapUp, keyed_length

AFTER_ACCEPTING = frozenset({"talked", "wrap_up", "promise", "quiet"})

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


@screening.step(leads={"key": Listen, "why": Listen, "accepted": AcceptRing}, ends=True, question=KEY)
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
    match screening_keys(call).chosen(keys):
        case Screening.ACCEPT:
            return ask(call, AcceptRing(), goto="accepted")
        case Screening.DECLINE if call.hold:
            return WHY.asked(call).stating(RingDeclined(hunt_goes_on=True))
        case Screening.DECLINE:
            # Dialled from the caller's own leg: the next phone rings only when this leg is over.
            return last_words(call, say("screening.declined")).stating(RingDeclined(hunt_goes_on=False))
        case Screening.LINK:
            return KEY.asked(call, say("screening.link_sent")).stating(LinkWanted())
        case Screening.REPEAT:
            return KEY.asked(call)
        case None:
            return KEY.not_understood(call, heard)


@screening.step(leads={"why": Listen}, ends=True, question=WHY)
def why(call: ScreeningCall, heard: Keyed) -> Turn[ScreeningCall]:
    """Why not? The hunt has gone on already."""
    match heard:
        case Digits(keys=keys):
            reason = DECLINE_KEYS.chosen(keys)
            if reason is None:
                return WHY.not_understood(call, heard)
            return last_words(call, say("screening.declined")).stating(DeclineExplained(reason=reason))
        case Silence():
            return WHY.not_heard(call, heard)
        case _:
            assert_never(heard)


@screening.step(leads={"talked": JoinCaller}, ends=True)
def accepted(call: ScreeningCall, heard: AcceptAnswer) -> Turn[ScreeningCall]:
    """The key press is stored, or somebody was faster."""
    match heard:
        case RingAccepted():
            joining = say("screening.joining")
            if call.hold:
                star = say("screening.star")
                joined = turn(call, _join(call), joining, *_recorded(call), star, goto="talked")
                return joined.stating(RingsStopped(outcome=RingOutcome.TAKEN))
            return replace(last_words(call, joining), then=Bridge())
        case CallerGone() | TakenByAnother():
            return _too_late(call, heard)
        case _:
            assert_never(heard)


@screening.step(leads={"wrap_up": Listen}, ends=True)
def talked(call: ScreeningCall, heard: TalkEnded) -> Turn[ScreeningCall]:
    """The talk is over and this leg is still ours: ask how it goes on. Whoever wanted to go back to a caller who has
    left meanwhile has talked before, and is asked all the same."""
    if heard.talked:
        return WRAP_UP.asked(replace(call, talked=True, caller_waits=heard.caller_waits))
    return _without_caller(call) if call.talked else last_words(call, say("screening.caller_gone"))


@screening.step(
    leads={
        "wrap_up": Listen,
        "promise": Listen,
        "handing_up": CheckCaller,
        "quiet": Listen,
        "talked": JoinCaller,
    },
    ends=True,
    question=WRAP_UP,
)
def wrap_up(call: ScreeningCall, heard: Keyed) -> Turn[ScreeningCall]:
    """Resolved, a promise, the next level, quiet, or back to the caller."""
    match heard:
        case Digits(keys=keys):
            match wrap_up_keys(call).chosen(keys):
                case WrapUpKey.RESOLVED:
                    return _stated(call, WrapUp(terms=Terms.RESOLVED), say("wrap_up.resolved_noted"))
                case WrapUpKey.PROMISE:
                    return PROMISE.asked(call)
                case WrapUpKey.HAND_UP:
                    return ask(call, CheckCaller(), goto="handing_up")
                case WrapUpKey.QUIET:
                    return QUIET.asked(call)
                case WrapUpKey.BACK:
                    back = turn(call, _join(call), say("screening.joining"), *_recorded(call), goto="talked")
                    return back.stating(TalkResumed())
                case None:
                    return WRAP_UP.not_understood(call, heard)
        case Silence():
            return WRAP_UP.not_heard(call, heard)
        case _:
            assert_never(heard)


@screening.step(leads={"wrap_up": Listen}, ends=True)
def handing_up(call: ScreeningCall, heard: CallerAnswer) -> Turn[ScreeningCall]:
    """The next level is rung for a caller who is there; one who has left hold decides alone."""
    match heard:
        case CallerOnHold():
            return _stated(call, WrapUp(terms=Terms.HANDED_UP), say("wrap_up.handed_up"))
        case CallerGone():
            return _without_caller(call)
        case _:
            assert_never(heard)


@screening.step(leads={"promise": Listen}, ends=True, question=PROMISE)
def promise(call: ScreeningCall, heard: Keyed) -> Turn[ScreeningCall]:
    """By when will the manager answer? The promise becomes the cooldown."""
    return _time_keyed(call, heard, PROMISE, Terms.PROMISED, "wrap_up.promised")


@screening.step(leads={"quiet": Listen}, ends=True, question=QUIET)
def quiet(call: ScreeningCall, heard: Keyed) -> Turn[ScreeningCall]:
    """How long shall the phones rest? ("Please stop phoning.")"""
    return _time_keyed(call, heard, QUIET, Terms.QUIET, "wrap_up.quieted")


def _time_keyed(
    call: ScreeningCall, heard: Keyed, question: Question[ScreeningCall], terms: Terms, key: str
) -> Turn[ScreeningCall]:
    match heard:
        case Digits(keys=keys):
            length = keyed_length(keys)
            if length is None:
                return question.not_understood(call, heard)
            until = heard.at + length
            words = Prompt(key, {"until": Moment(until, heard.at, call.zone)})
            return _stated(call, WrapUp(terms=terms, until=until), words)
        case Silence():
            return question.not_heard(call, heard)
        case _:
            assert_never(heard)


def _join(call: ScreeningCall) -> JoinCaller:
    return JoinCaller(talk_limit=call.talk_limit, recorded=call.recorded)


def _recorded(call: ScreeningCall) -> tuple[Prompt, ...]:
    return (say("screening.recorded"),) if call.recorded else ()


def _stated(call: ScreeningCall, wrap_up: WrapUp, words: Prompt) -> Turn[ScreeningCall]:
    return last_words(call, words).stating(WrappedUp(wrap_up=wrap_up))


def _without_caller(call: ScreeningCall) -> Turn[ScreeningCall]:
    return WRAP_UP.asked(replace(call, caller_waits=False), say("wrap_up.caller_left"))


def _too_late(call: ScreeningCall, heard: CallerGone | TakenByAnother) -> Turn[ScreeningCall]:
    gone = isinstance(heard, CallerGone)
    return last_words(call, say("screening.caller_gone") if gone else say("screening.taken"))


@screening.hung_up
def left(call: ScreeningCall, heard: HungUp) -> Turn[ScreeningCall]:
    """The manager hung up; the carrier tells the caller's leg, where the ladder goes on. Whoever has talked, and has
    not said how it goes on, is asked by a link."""
    gone = last_words(call)
    return gone.stating(TermsMissing()) if call.step in AFTER_ACCEPTING else gone
