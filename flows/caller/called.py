"""The customer is called back, as was asked for. A mailbox presses no key, and so hears nothing that it should not."""

from enum import Enum
from typing import assert_never

from flows.call import EscalationCall
from flows.effects import CallbackRefused, CallbackTaken
from flows.flow import Choice, Menu, Part, Question
from flows.heard import Digits, Heard, Keyed, Silence, Started
from flows.prompts.spoken import Prompt, Words, say
from flows.turn import FindTicket, Listen, Turn, ask, last_words

part: Part[EscalationCall] = Part()


class Called(Enum):
    """What a customer may answer who is called back."""

    GO_ON = "go-on"
    NO_MORE = "no-more"


CALLED_KEYS = Menu((Choice("1", Called.GO_ON, "called.go_on"), Choice("9", Called.NO_MORE, "called.no_more")))


def _who_calls(call: EscalationCall) -> tuple[Prompt, ...]:
    return (say("called.who", company=Words(call.line.company)),)


def _nobody_there(call: EscalationCall, heard: Heard) -> Turn[EscalationCall]:
    return last_words(call, say("called.goodbye"))


CALLED: Question[EscalationCall] = Question(
    step="called",
    ask=_who_calls,
    menu=lambda call: CALLED_KEYS,
    nonsense=("called.nonsense.first", "called.nonsense.second"),
    silence=("called.silence.first",),
    give_up=_nobody_there,
)


@part.step(leads={"called": Listen}, ends=True)
def picked_up(call: EscalationCall, heard: Started) -> Turn[EscalationCall]:
    """Say who calls, unless there is no need any more."""
    if not call.callback:
        return last_words(call, say("called.not_needed", company=Words(call.line.company)))
    return CALLED.asked(call)


@part.step(leads={"called": Listen, "ticket": FindTicket}, ends=True, question=CALLED)
def called(call: EscalationCall, heard: Keyed) -> Turn[EscalationCall]:
    """Is the customer there? Then the ticket is looked at as if the customer had keyed it just now."""
    match heard:
        case Digits(keys=keys):
            match CALLED_KEYS.chosen(keys):
                case Called.GO_ON:
                    return ask(call, FindTicket(number=call.keyed), goto="ticket").stating(
                        CallbackTaken(callback=call.callback)
                    )
                case Called.NO_MORE:
                    no_more = last_words(call, say("called.stopped"))
                    return no_more.stating(CallbackRefused(callback=call.callback))
                case None:
                    return CALLED.not_understood(call, heard)
        case Silence():
            return CALLED.not_heard(call, heard)
        case _:
            assert_never(heard)
