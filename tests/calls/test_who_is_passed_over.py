"""Quiet hours, off duty, on another call, rung often enough tonight: who must not be rung is passed over, visibly."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from click.testing import CliRunner

from flows.rules.daily_hours import DailyHours
from flows.rules.ladder import QuietHours
from flows.rules.restraint import Restraint
from flows.rules.schedule import DAY, Rotation, Schedule
from ivr.commands.calls import calls
from tests.calls.company import (
    COLLEAGUE,
    DANA,
    DIRECTOR,
    MARCUS,
    OPERATIONS,
    current,
    ladder_is,
    level,
    nobody_answers,
    person_is,
    publishes,
    show,
    ticket_is,
    ticket_is_urgent,
)
from tests.calls.stage import Stage

MORNINGS = QuietHours(hours=DailyHours(begins=time(9), ends=time(11)))
"""It is ten o'clock in New York when the stories begin."""

NAMES = {OPERATIONS: "Dana Whitfield", DIRECTOR: "Marcus Oyelaran"}


def gives_up(stage: Stage) -> None:
    """The caller waits until Level 2 rings, and leaves."""
    stage.level_2.rings(within=60)
    stage.caller.hang_up()


def off_duty(stage: Stage, person: str, hours: int = 2) -> None:
    now = stage.exchange.now()
    with stage.line.parts.store.writing() as work:
        work.absences.set(person, now + timedelta(hours=hours), now, person)


def passed_over(why: str) -> list[tuple[str, str | None]]:
    return [(OPERATIONS, why), (DIRECTOR, "caller-left")]


def test_in_quiet_hours_the_next_level_is_rung(stage: Stage) -> None:
    person_is(stage, DANA, quiet=MORNINGS)
    stage.escalates()
    gives_up(stage)

    assert stage.level_1.state == "idle"
    assert stage.rings() == passed_over("quiet-hours")
    stage.ends(mails=1)


def test_quiet_hours_are_those_of_the_persons_own_zone(stage: Stage) -> None:
    """It is seven o'clock in Los Angeles."""
    person_is(stage, DANA, quiet=MORNINGS, zone="America/Los_Angeles")
    stage.escalates()
    stage.level_1.rings()
    stage.caller.hang_up()
    stage.ends(mails=1)


def test_a_ticket_of_severity_1_rings_in_quiet_hours_too(stage: Stage) -> None:
    person_is(stage, DANA, quiet=MORNINGS)
    ticket_is_urgent(stage)
    stage.escalates()
    stage.level_1.rings()
    stage.caller.hang_up()

    assert stage.rings() == [(OPERATIONS, "caller-left")]
    stage.ends(mails=1)


def test_whoever_is_off_duty_is_not_announced_and_not_rung(stage: Stage) -> None:
    off_duty(stage, DANA)
    stage.calls_in_english()
    stage.caller.press("48213#")
    stage.caller.begins_to_hear("I will ring the Senior Director of Support. That takes at most")
    stage.caller.press("1")
    gives_up(stage)

    assert stage.rings() == passed_over("off-duty")
    stage.ends(mails=1)


def test_whoever_goes_off_duty_while_the_ladder_is_climbed_is_not_rung(stage: Stage) -> None:
    stage.escalates()
    stage.level_1.rings()
    off_duty(stage, MARCUS)
    stage.level_1.decline()
    stage.caller.hears("nobody could take your call", within=60)
    stage.caller.call_ends()

    assert stage.level_2.state == "idle"
    assert stage.rings() == [(OPERATIONS, "busy"), (DIRECTOR, "off-duty")]
    assert stage.outcomes() == ["exhausted"]
    stage.ends(mails=2)


def test_back_on_duty_at_the_time_that_was_said(stage: Stage) -> None:
    off_duty(stage, DANA, hours=1)
    stage.exchange.pass_time(60 * 60)
    stage.escalates()
    stage.level_1.rings()
    stage.caller.hang_up()
    stage.ends(mails=1)


def test_whoever_talks_to_another_customer_is_returned_to_when_all_else_failed(stage: Stage) -> None:
    other = stage.exchange.handset("+12025550124", name="other customer")
    ticket_is(stage, "48220", subject="Another matter")
    stage.escalates("48220", other)
    stage.accepts(stage.level_1)
    other.talks_to(stage.level_1)

    stage.escalates()
    stage.level_2.rings(within=60)
    other.hang_up()
    if stage.level_1.state == "talking":
        stage.level_1.hang_up()
    stage.exchange.pass_time(2)
    stage.level_2.decline()
    stage.level_1.rings(within=60)
    stage.caller.hang_up()

    assert show(stage) == [
        (OPERATIONS, NAMES[OPERATIONS], "engaged"),
        (DIRECTOR, NAMES[DIRECTOR], "busy"),
        (OPERATIONS, NAMES[OPERATIONS], "caller-left"),
    ]
    stage.ends(mails=2)


def test_when_everybody_is_on_another_call_the_caller_hears_so(stage: Stage) -> None:
    other = stage.exchange.handset("+12025550124", name="other customer")
    ladder_is(stage, level(OPERATIONS, DANA))
    ticket_is(stage, "48220", subject="Another matter")
    stage.escalates("48220", other)
    stage.level_1.rings()

    stage.calls_in_english()
    stage.caller.press("48213#")
    stage.caller.begins_to_hear("nobody can be rung by phone at this hour")
    stage.caller.press("1")
    stage.caller.begins_to_hear("Everybody I can ring now is on another call")
    stage.caller.hang_up()
    other.hang_up()

    assert stage.outcomes() == ["exhausted"]
    stage.ends(mails=3)


@pytest.fixture
def night(stage: Stage) -> Stage:
    """It is midnight where Level 1 lives, and one ring a night is enough."""
    person_is(stage, DANA, zone="Asia/Tokyo")
    publishes(stage, replace(current(stage), restraint=Restraint(rings_a_night=1)))
    return stage


def rung_once_tonight(stage: Stage) -> None:
    """A first attempt rings Level 1; the ticket may be escalated again at once."""
    stage.escalates()
    stage.level_1.rings()
    stage.caller.hang_up()
    stage.exchange.pass_time(5)
    with stage.line.parts.store.writing() as work:
        work.claims.lift("48213")


def test_whoever_was_rung_often_enough_tonight_is_spared_and_the_next_level_rung(night: Stage) -> None:
    rung_once_tonight(night)
    night.escalates()
    gives_up(night)

    assert night.rings() == [(OPERATIONS, "caller-left"), *passed_over("rung-enough")]
    night.ends(mails=2)


def test_not_when_the_ticket_is_urgent(night: Stage) -> None:
    ticket_is_urgent(night)
    rung_once_tonight(night)
    night.escalates()
    night.level_1.rings()
    night.caller.hang_up()
    night.ends(mails=2)


def test_in_the_morning_it_is_a_new_day(night: Stage) -> None:
    rung_once_tonight(night)
    night.exchange.pass_time(7 * 60 * 60)
    night.escalates()
    night.level_1.rings()
    night.caller.hang_up()
    night.ends(mails=2)


def test_whoever_runs_the_line_sees_who_was_passed_over_and_why(stage: Stage, database_url: str) -> None:
    off_duty(stage, DANA)
    stage.escalates()
    nobody_answers(stage, DIRECTOR)
    stage.caller.hears("nobody could take your call", within=60)
    stage.caller.hang_up()
    accepted, nobody = stage.mails()
    for mail in (accepted, nobody):
        text = mail.get_body(("plain",))
        assert text is not None
        assert "Dana Whitfield" in text.get_content()
        assert "not rung: off duty" in text.get_content()

    sid = stage.caller.call_sid
    assert sid is not None
    shown = CliRunner().invoke(calls, ["show", sid, "--database-url", database_url]).output
    assert "passed over Support Operations Manager, Dana Whitfield: off-duty" in shown
    assert "rang Senior Director of Support, Marcus Oyelaran: busy" in shown
    assert "attempt ended: exhausted" in shown
    stage.ends(mails=2)


class TestShifts:
    """A level's member may be a schedule."""

    DAILY = Rotation(people=("eve", MARCUS), start=date(2026, 3, 3), hand_over=time(8), every=DAY)
    SHIFT = Schedule(name="Duty managers", zone="America/New_York", rotations=(DAILY,))
    GAP = replace(SHIFT, rotations=())

    def test_whoever_has_the_shift_is_rung(self, stage: Stage) -> None:
        ladder_is(stage, level(OPERATIONS, "shift"), schedules={"shift": self.SHIFT})
        colleague = stage.exchange.handset(COLLEAGUE, name="on shift")
        stage.escalates()
        stage.accepts(colleague)
        stage.caller.talks_to(colleague)
        stage.caller.hang_up()
        if colleague.state == "talking":
            colleague.hang_up()

        assert show(stage) == [(OPERATIONS, "Eve Colleague", "talked")]
        stage.ends(mails=1)

    def test_on_the_next_day_somebody_else_has_it(self, stage: Stage) -> None:
        ladder_is(stage, level(OPERATIONS, "shift"), schedules={"shift": self.SHIFT})
        stage.exchange.pass_time(24 * 60 * 60)
        stage.escalates()
        stage.level_2.rings()
        stage.caller.hang_up()
        stage.ends(mails=1)

    def test_a_gap_is_passed_over(self, stage: Stage) -> None:
        ladder_is(stage, level(OPERATIONS, "shift"), level(DIRECTOR, MARCUS), schedules={"shift": self.GAP})
        stage.escalates()
        gives_up(stage)

        assert show(stage) == [
            (OPERATIONS, "Duty managers", "nobody-on-shift"),
            (DIRECTOR, NAMES[DIRECTOR], "caller-left"),
        ]
        stage.ends(mails=1)
