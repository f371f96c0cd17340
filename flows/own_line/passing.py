"""My duty goes to the next person until the end of the shift; who that is, is read out before it counts."""

from dataclasses import replace
from datetime import datetime
from typing import assert_never

from flows.call import ManagerLineCall
from flows.effects import DutyPassed
from flows.flow import Part
from flows.heard import Digits, DutiesFound, Keyed, Silence
from flows.own_line.questions import BACK, PASS_CONFIRM, YES_OR_BACK, Confirm, back
from flows.prompts.spoken import Moment, Prompt, Words, say
from flows.rules.passing_on import Passable
from flows.turn import AskDuties, Listen, Turn, ask

part: Part[ManagerLineCall] = Part()


@part.step(leads={"pass_confirm": Listen, **BACK})
def duties(call: ManagerLineCall, heard: DutiesFound) -> Turn[ManagerLineCall]:
    """Who would take over what, or why nothing can be passed on."""
    told = tuple(_would(duty, heard.at, call.zone) for duty in heard.duties)
    if not heard.duties:
        return back(call, say("own_pass.not_on_duty") if heard.planned else say("own_pass.no_schedule"))
    takers = tuple(duty for duty in heard.duties if duty.to)
    if not takers:
        return back(call, *told)
    return PASS_CONFIRM.asked(replace(call, duties=takers, news=told))


def _would(duty: Passable, now: datetime, zone: str) -> Prompt:
    title = Words(duty.title)
    if not duty.to:
        return say("own_pass.nobody", duty=title)
    return say("own_pass.would", duty=title, name=Words(duty.name), until=Moment(duty.until, now, zone))


@part.step(leads={"pass_confirm": Listen, "passed": AskDuties, **BACK}, ends=True, question=PASS_CONFIRM)
def pass_confirm(call: ManagerLineCall, heard: Keyed) -> Turn[ManagerLineCall]:
    """Only a key passes anything on, and only what was read out."""
    match heard:
        case Digits(keys=keys):
            match YES_OR_BACK.chosen(keys):
                case Confirm.YES:
                    return ask(call, AskDuties(), goto="passed")
                case Confirm.BACK | Confirm.ANOTHER_TIME:
                    return back(call)
                case None:
                    return PASS_CONFIRM.not_understood(call, heard)
        case Silence():
            return PASS_CONFIRM.not_heard(call, heard)
        case _:
            assert_never(heard)


@part.step(leads={"pass_confirm": Listen, **BACK})
def passed(call: ManagerLineCall, heard: DutiesFound) -> Turn[ManagerLineCall]:
    """While it was read out the plan may have changed: then what is true now is read out."""
    if tuple(duty for duty in heard.duties if duty.to) != call.duties:
        return duties(call, heard).after(say("own_pass.changed"))
    told = (prompt for duty in call.duties for prompt in _done(duty, heard.at, call.zone))
    return back(call, *told).stating(*(DutyPassed(duty=duty) for duty in call.duties))


def _done(duty: Passable, now: datetime, zone: str) -> tuple[Prompt, Prompt]:
    """Whoever takes over should not learn it from a phone that rings."""
    name, until = Words(duty.name), Moment(duty.until, now, zone)
    done = say("own_pass.done", duty=Words(duty.title), name=name, until=until)
    return done, say("own_pass.by_text", name=name) if duty.by_text else say("own_pass.by_mouth", name=name)
