"""Nobody is on duty: its own sentence, its own outcome, a mail, and the duty phone where there is one."""

from dataclasses import replace
from datetime import time, timedelta

import pytest

from flows.rules.daily_hours import DailyHours
from flows.rules.ladder import QuietHours
from flows.rules.schedule import Schedule
from tests.calls.company import (
    DANA,
    DIRECTOR,
    MARCUS,
    OPERATIONS,
    current,
    ladder_is,
    level,
    person_is,
    publishes,
)
from tests.calls.stage import Stage

ALL_MORNING = QuietHours(hours=DailyHours(begins=time(6), ends=time(12)))
GAP = Schedule(name="Duty managers", zone="America/New_York")


def no_levels(stage: Stage) -> None:
    ladder_is(stage)


def an_empty_level(stage: Stage) -> None:
    ladder_is(stage, level(OPERATIONS))


def everybody_off_duty(stage: Stage) -> None:
    now = stage.exchange.now()
    with stage.line.parts.store.writing() as work:
        for person in (DANA, MARCUS):
            work.absences.set(person, now + timedelta(hours=2), now, "test")


def everybody_in_quiet_hours(stage: Stage) -> None:
    for person in (DANA, MARCUS):
        person_is(stage, person, quiet=ALL_MORNING)


def gaps_everywhere(stage: Stage) -> None:
    ladder_is(stage, level(OPERATIONS, "shift"), level(DIRECTOR, "shift"), schedules={"shift": GAP})


REASONS = (no_levels, an_empty_level, everybody_off_duty, everybody_in_quiet_hours, gaps_everywhere)


def without_duty_phone(stage: Stage) -> None:
    routing = current(stage)
    publishes(stage, replace(routing, lines=tuple(replace(line, duty_number="") for line in routing.lines)))


@pytest.mark.parametrize("reason", REASONS, ids=lambda reason: str(reason.__name__))
def test_the_caller_is_put_through_to_the_duty_phone(stage: Stage, reason: object) -> None:
    assert callable(reason)
    reason(stage)
    stage.calls_in_english()
    stage.caller.press("48213#")
    stage.caller.begins_to_hear("but nobody is on duty right now")
    stage.caller.press("1")
    stage.caller.hears("Nobody is on duty right now. The shift manager is being told by mail. I am putting you through")
    stage.duty.rings()
    stage.duty.answer()
    stage.caller.talks_to(stage.duty)
    stage.duty.hang_up()
    stage.caller.hears("Thank you for calling")
    stage.caller.call_ends()

    assert (stage.level_1.state, stage.level_2.state) == ("idle", "idle")
    assert stage.outcomes() == ["nobody-on-duty"]
    assert [subject.partition(":")[0] for subject in stage.subjects()] == ["Escalation", "Nobody on duty"]
    stage.ends(mails=2)


def test_without_one_the_caller_hears_to_call_again_later_and_may(stage: Stage) -> None:
    without_duty_phone(stage)
    everybody_off_duty(stage)
    stage.calls_in_english()
    stage.caller.press("48213#")
    stage.caller.begins_to_hear("nobody can be rung by phone at this hour")
    stage.caller.press("1")
    stage.caller.hears("Nobody is on duty right now")
    stage.caller.hears("Please call again later")
    stage.caller.call_ends()
    assert stage.outcomes() == ["nobody-on-duty"]

    stage.exchange.pass_time(2 * 60 * 60)
    stage.escalates()
    stage.level_1.rings()
    stage.caller.hang_up()
    stage.ends(mails=3)


def test_a_duty_phone_that_does_not_answer_is_not_hidden(stage: Stage) -> None:
    everybody_off_duty(stage)
    stage.duty.be_busy()
    stage.calls_in_english()
    stage.caller.press("48213#")
    stage.caller.begins_to_hear("but nobody is on duty right now")
    stage.caller.press("1")
    stage.caller.hears("The duty phone did not answer")
    stage.caller.call_ends()
    stage.ends(mails=2)


def test_a_caller_who_hangs_up_while_the_duty_phone_rings(stage: Stage) -> None:
    everybody_off_duty(stage)
    stage.calls_in_english()
    stage.caller.press("48213#")
    stage.caller.begins_to_hear("but nobody is on duty right now")
    stage.caller.press("1")
    stage.duty.rings()
    stage.caller.hang_up()
    stage.duty.stops_ringing()

    assert stage.outcomes() == ["nobody-on-duty"]
    stage.ends(mails=2)
