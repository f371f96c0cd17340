"""The beginning of the manager's line: whose phone this is, the PIN, or the customer's conversation after all.

A calling number can be forged, so it opens nothing: it only decides who is asked for a PIN.
"""

from dataclasses import replace
from typing import assert_never

from flows.call import ManagerLineCall
from flows.flow import Part
from flows.heard import Digits, Keyed, PinAnswer, PinRight, PinWrong, Silence, Started
from flows.own_line.questions import BACK, PIN, as_customer, back
from flows.prompts.spoken import Words, say
from flows.rules.pin import PinTerms, could_be_pin
from flows.turn import CheckPin, Listen, Turn, ask, last_words

part: Part[ManagerLineCall] = Part()


@part.step(leads={"pin": Listen}, ends=True)
def greeting(call: ManagerLineCall, heard: Started) -> Turn[ManagerLineCall]:
    """Say who answers and ask for the PIN; whoever has none is told how to get one, and served as a customer."""
    if not call.has_pin:
        return as_customer(call, heard).after(say("own_pin.none"))
    return PIN.asked(call, say("greeting.welcome", company=Words(call.line.company)))


@part.step(leads={"pin": Listen, "pin_checked": CheckPin}, ends=True, question=PIN)
def pin(call: ManagerLineCall, heard: Keyed) -> Turn[ManagerLineCall]:
    """The PIN. The pound key alone is heard as silence; both lead to the customer's conversation, unless something was
    keyed before: then the next keys may be the PIN."""
    match heard:
        case Digits(keys="*"):
            return PIN.asked(call)
        case Digits(keys=keys) if could_be_pin(keys):
            return ask(call, CheckPin(people=call.people, keys=keys), goto="pin_checked")
        case Digits():
            return PIN.not_understood(call, heard, say("own_pin.six_digits"))
        case Silence():
            tried = call.tries or call.wrong_pins
            return PIN.not_heard(call, heard) if tried else as_customer(call, heard)
        case _:
            assert_never(heard)


@part.step(leads={"pin": Listen, **BACK}, ends=True)
def pin_checked(call: ManagerLineCall, heard: PinAnswer) -> Turn[ManagerLineCall]:
    """From here on, and not before, the person is known."""
    match heard:
        case PinRight(person=person, language=language, zone=zone):
            known = replace(call, person=person, language=language, zone=zone, wrong_pins=0)
            return back(known, say("own_line.welcome", name=Words(heard.name)))
        case PinWrong():
            return _wrong(replace(call, wrong_pins=call.wrong_pins + 1), heard)
        case _:
            assert_never(heard)


def _wrong(call: ManagerLineCall, heard: PinWrong) -> Turn[ManagerLineCall]:
    if call.wrong_pins >= PinTerms().in_a_call:
        return last_words(call, say("own_pin.wrong"), say("own_pin.give_up"))
    return PIN.not_understood(call, heard, say("own_pin.wrong"))
