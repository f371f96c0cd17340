"""On duty, or off until a time."""

from dataclasses import replace
from typing import assert_never

from flows.call import ManagerLineCall
from flows.effects import CameOnDuty, WentOffDuty
from flows.flow import Part
from flows.heard import Digits, Keyed, Silence
from flows.own_line.questions import BACK, DUTY, DUTY_KEYS, OFF_CONFIRM, OFF_UNTIL, YES_OR_ANOTHER, Confirm, Duty, back
from flows.prompts.spoken import Moment, say
from flows.rules.keyed_time import keyed_time
from flows.turn import Listen, Turn

part: Part[ManagerLineCall] = Part()


@part.step(leads={"duty": Listen, "off_until": Listen, **BACK}, ends=True, question=DUTY)
def duty(call: ManagerLineCall, heard: Keyed) -> Turn[ManagerLineCall]:
    """Off duty now: back at once, or until another time?"""
    match heard:
        case Digits(keys=keys):
            match DUTY_KEYS.chosen(keys):
                case Duty.COME_BACK:
                    return back(call, say("own_duty.is_back")).stating(CameOnDuty())
                case Duty.ANOTHER_TIME:
                    return OFF_UNTIL.asked(call)
                case Duty.BACK:
                    return back(call)
                case None:
                    return DUTY.not_understood(call, heard)
        case Silence():
            return DUTY.not_heard(call, heard)
        case _:
            assert_never(heard)


@part.step(leads={"off_until": Listen, "off_confirm": Listen, **BACK}, ends=True, question=OFF_UNTIL)
def off_until(call: ManagerLineCall, heard: Keyed) -> Turn[ManagerLineCall]:
    """Off duty until when? What was keyed is read back before it counts."""
    match heard:
        case Digits(keys="*"):
            return back(call)
        case Digits(keys=keys):
            until = keyed_time(keys, heard.at, call.zone)
            if until is None:
                return OFF_UNTIL.not_understood(call, heard)
            told = say("own_duty.would_be_off", until=Moment(until, heard.at, call.zone))
            return OFF_CONFIRM.asked(replace(call, until=until, news=(told,)))
        case Silence():
            return OFF_UNTIL.not_heard(call, heard)
        case _:
            assert_never(heard)


@part.step(leads={"off_confirm": Listen, "off_until": Listen, **BACK}, ends=True, question=OFF_CONFIRM)
def off_confirm(call: ManagerLineCall, heard: Keyed) -> Turn[ManagerLineCall]:
    """Only a key takes anybody off duty."""
    match heard:
        case Digits(keys=keys):
            match YES_OR_ANOTHER.chosen(keys):
                case Confirm.YES:
                    assert call.until is not None
                    return back(call, say("own_line.done")).stating(WentOffDuty(until=call.until))
                case Confirm.ANOTHER_TIME:
                    return OFF_UNTIL.asked(call)
                case Confirm.BACK:
                    return back(call)
                case None:
                    return OFF_CONFIRM.not_understood(call, heard)
        case Silence():
            return OFF_CONFIRM.not_heard(call, heard)
        case _:
            assert_never(heard)
