"""The conversation with a manager who calls the line: on or off duty, and what a ticket may do to the phones.

A PIN opens it, never the calling number. The steps stand in ``flows.own_line``, one file for each part of the
conversation; star leads back to the main menu from everywhere.
"""

from dataclasses import replace
from datetime import datetime
from typing import assert_never

from flows.call import ManagerLineCall
from flows.flow import Flow
from flows.heard import Digits, DutyFound, HungUp, Keyed, OpenPromise, PromisesFound, Silence
from flows.own_line import duty, entering, passing, resting
from flows.own_line.questions import BACK, DUTY, MENU, OFF_UNTIL, TICKET, Main, back, main_keys
from flows.prompts.spoken import Count, Moment, Prompt, Span, Spelled, say
from flows.turn import AskDuties, AskPromises, Listen, Turn, ask, last_words

MOST_PROMISES = 5

manager_line: Flow[ManagerLineCall] = Flow(
    "manager_line", start="greeting", parts=(entering.part, duty.part, passing.part, resting.part)
)


@manager_line.step(leads={"menu": Listen})
def overview(call: ManagerLineCall, heard: DutyFound) -> Turn[ManagerLineCall]:
    """How things stand, then everything that can be done."""
    off = heard.off_until
    told = say("own_line.off", until=Moment(off, heard.at, call.zone)) if off else say("own_line.as_planned")
    return MENU.asked(replace(call, off_until=off, news=(told,)))


@manager_line.step(
    leads={
        "menu": Listen,
        "duty": Listen,
        "off_until": Listen,
        "duties": AskDuties,
        "promises": AskPromises,
        "ticket_number": Listen,
        **BACK,
    },
    ends=True,
    question=MENU,
)
def menu(call: ManagerLineCall, heard: Keyed) -> Turn[ManagerLineCall]:
    """What is to be done?"""
    match heard:
        case Digits(keys=keys):
            return _chosen(call, heard, keys)
        case Silence():
            return MENU.not_heard(call, heard)
        case _:
            assert_never(heard)


def _chosen(call: ManagerLineCall, heard: Digits, keys: str) -> Turn[ManagerLineCall]:
    match main_keys(call).chosen(keys):
        case Main.DUTY:
            return DUTY.asked(call) if call.off_until else OFF_UNTIL.asked(call)
        case Main.HAND_ON:
            return ask(call, AskDuties(), goto="duties")
        case Main.PROMISES:
            return ask(call, AskPromises(), goto="promises")
        case Main.TICKET:
            return TICKET.asked(call)
        case Main.REPEAT:
            return back(call)
        case None:
            return MENU.not_understood(call, heard)


@manager_line.step(leads=BACK)
def promises(call: ManagerLineCall, heard: PromisesFound) -> Turn[ManagerLineCall]:
    """The promises that end first; all of them at night would be too many to keep in mind."""
    told = tuple(_promised(each, heard.at, call.zone) for each in heard.promises[:MOST_PROMISES])
    more = len(heard.promises) - len(told)
    how_many = say("own_promises.count", count=Count(len(heard.promises))) if told else say("own_promises.none")
    return back(call, how_many, *told, *((say("own_promises.more", count=Count(more)),) if more else ()))


def _promised(promise: OpenPromise, now: datetime, zone: str) -> Prompt:
    ticket = Spelled(promise.number)
    if promise.until <= now:
        return say("own_promises.overdue", ticket=ticket, overdue=Span(now - promise.until))
    return say("own_promises.due", ticket=ticket, until=Moment(promise.until, now, zone))


@manager_line.hung_up
def left(call: ManagerLineCall, heard: HungUp) -> Turn[ManagerLineCall]:
    """Whatever was confirmed has happened; whatever was not, has not."""
    return last_words(call)
