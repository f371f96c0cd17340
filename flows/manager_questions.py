"""What the line asks managers, with all four parts of each question, and the keys that answer it."""

from enum import Enum

from flows.call import ScreeningCall
from flows.effects import TermsMissing
from flows.flow import Choice, Menu, Question
from flows.heard import Heard
from flows.prompts.spoken import Count, Moment, Prompt, Span, Words, say
from flows.rules.decline import DeclineReason
from flows.spoken_reasons import SEVERITY
from flows.turn import Listen, Turn, last_words


class Screening(Enum):
    """What a manager may answer."""

    ACCEPT = "accept"
    DECLINE = "decline"
    LINK = "link"
    REPEAT = "repeat"


class WrapUpKey(Enum):
    """When the talk is over."""

    RESOLVED = "resolved"
    PROMISE = "promise"
    HAND_UP = "hand-up"
    QUIET = "quiet"
    BACK = "back"


LONGEST_NAME = 24
"""Characters of a name in the story: with longer ones it would not be told in twelve seconds."""

SCREENING_KEYS = Menu(
    (
        Choice("1", Screening.ACCEPT, "screening.accept"),
        Choice("2", Screening.DECLINE, "screening.decline"),
        Choice("5", Screening.LINK, "screening.link"),
        Choice("*", Screening.REPEAT, "screening.repeat"),
    )
)

DECLINE_KEYS = Menu(
    (
        Choice("1", DeclineReason.DRIVING, "screening.driving"),
        Choice("2", DeclineReason.NOT_MINE, "screening.not_mine"),
        Choice("3", DeclineReason.LATER, "screening.later"),
    )
)


def screening_keys(call: ScreeningCall) -> Menu[Screening]:
    """The link is offered only to phones that can be sent a text."""
    offered = (each for each in SCREENING_KEYS.choices if call.texts or each.means is not Screening.LINK)
    return Menu(tuple(offered))


def story(call: ScreeningCall) -> tuple[Prompt, ...]:
    """Severity, product, organisation, how long open, how far past the guaranteed response, earlier escalations, and
    a promise that was not kept."""
    ticket = call.ticket
    told = say(
        "screening.story",
        severity=SEVERITY[ticket.severity],
        product=Words(ticket.product, longest=LONGEST_NAME),
        organisation=Words(ticket.organisation, longest=LONGEST_NAME),
    )
    age, overdue = Span(call.answered_at - ticket.opened_at), Span(call.answered_at - call.response_due)
    clock = say("screening.clock", age=age, overdue=overdue)
    earlier = (say("screening.earlier", count=Count(call.earlier)),) if call.earlier else ()
    owed = (Prompt("screening.owed", {"until": Moment(call.owed, call.answered_at, call.zone)}),) if call.owed else ()
    return (told, clock, *earlier, *owed)


def _ring_the_next(call: ScreeningCall, heard: Heard) -> Turn[ScreeningCall]:
    return last_words(call, say("screening.give_up"))


KEY: Question[ScreeningCall] = Question(
    step="key",
    ask=story,
    menu=screening_keys,
    nonsense=("screening.nonsense.first", "screening.nonsense.second"),
    silence=("screening.silence.first",),
    give_up=_ring_the_next,
    listen=Listen(digits=1, seconds=5),
)


def _ask_why(call: ScreeningCall) -> tuple[Prompt, ...]:
    return (say("screening.why"),)


def _without_reason(call: ScreeningCall, heard: Heard) -> Turn[ScreeningCall]:
    return last_words(call, say("screening.declined"))


WHY: Question[ScreeningCall] = Question(
    step="why",
    ask=_ask_why,
    menu=lambda call: DECLINE_KEYS,
    nonsense=("screening.why_nonsense.first",),
    silence=("screening.why_silence.first",),
    give_up=_without_reason,
    listen=Listen(digits=1, seconds=3),
)
"""Asked after the call has been passed on: nobody waits for the answer."""


def wrap_up_keys(call: ScreeningCall) -> Menu[WrapUpKey]:
    """Only what can be done now is offered: a higher level where there is one, the caller while there is one."""
    offered = [
        Choice("1", WrapUpKey.RESOLVED, "wrap_up.resolved"),
        Choice("2", WrapUpKey.PROMISE, "wrap_up.promise"),
        Choice("3", WrapUpKey.HAND_UP, "wrap_up.hand_up"),
        Choice("9", WrapUpKey.QUIET, "wrap_up.quiet"),
        Choice("*", WrapUpKey.BACK, "wrap_up.back"),
    ]
    absent = set() if call.caller_waits else {WrapUpKey.BACK, WrapUpKey.HAND_UP}
    absent |= set() if call.higher_level else {WrapUpKey.HAND_UP}
    return Menu(tuple(choice for choice in offered if choice.means not in absent))


def _ask_how_it_goes_on(call: ScreeningCall) -> tuple[Prompt, ...]:
    return (say("wrap_up.ask"),)


def _ask_how_long(call: ScreeningCall) -> tuple[Prompt, ...]:
    return (say("wrap_up.how_long"),)


def _nothing_stated(call: ScreeningCall, heard: Heard) -> Turn[ScreeningCall]:
    return last_words(call, say("wrap_up.nothing")).stating(TermsMissing())


def _how_long(step: str) -> Question[ScreeningCall]:
    return Question(
        step=step,
        ask=_ask_how_long,
        nonsense=("wrap_up.how_long_nonsense.first", "wrap_up.how_long_nonsense.second"),
        silence=("wrap_up.how_long_silence.first",),
        give_up=_nothing_stated,
        listen=Listen(),
    )


WRAP_UP: Question[ScreeningCall] = Question(
    step="wrap_up",
    ask=_ask_how_it_goes_on,
    menu=wrap_up_keys,
    nonsense=("wrap_up.nonsense.first", "wrap_up.nonsense.second"),
    silence=("wrap_up.silence.first",),
    give_up=_nothing_stated,
)

PROMISE, QUIET = _how_long("promise"), _how_long("quiet")
