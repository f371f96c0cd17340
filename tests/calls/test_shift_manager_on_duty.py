"""The shift manager may be a schedule: the mail goes to whoever is on duty at that moment, and is never lost."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from flows.rules.schedule import DAY, Override, Rotation, Schedule
from tests.calls.stage import Stage, on_stage

DANA, MARCUS, PRIYA = (
    "dana.whitfield@northwind-support.example",
    "marcus.oyelaran@northwind-support.example",
    "shift.manager@northwind-support.example",
)
DAILY = Rotation(people=("priya-raman", "dana-whitfield"), start=date(2026, 3, 3), hand_over=time(8), every=DAY)
SHIFT = Schedule(name="Shift managers", zone="America/New_York", rotations=(DAILY,), otherwise="marcus-oyelaran")


@pytest.fixture
def stage(database_url: str) -> Iterator[Stage]:
    """The demo company with a shift handed over every morning at eight. Mails do not depend on the way of ringing."""
    with on_stage(database_url) as told:
        with told.line.parts.store.writing() as work:
            _, routing = work.routing.current()
            lines = tuple(replace(line, shift_manager="shift") for line in routing.lines)
            scheduled = replace(routing, lines=lines, schedules={"shift": SHIFT})
            work.routing.publish(scheduled, by="test", note="", at=told.exchange.now())
        yield told


def puts_in(stage: Stage, person: str | None) -> None:
    now = stage.exchange.now()
    with stage.line.parts.store.writing() as work:
        hour = timedelta(hours=1)
        work.overrides.add(Override(schedule="shift", person=person, starts_at=now, ends_at=now + hour), now)


def leaves_after_the_first_ring(stage: Stage) -> None:
    stage.escalates()
    stage.level_1.rings()
    stage.caller.hang_up()


def readers(stage: Stage) -> list[str]:
    return [str(mail["To"].addresses[0].addr_spec) for mail in stage.mails()]


def test_the_mail_goes_to_whoever_is_on_duty_at_that_moment(stage: Stage) -> None:
    leaves_after_the_first_ring(stage)
    stage.exchange.pass_time(22 * 60 * 60)
    leaves_after_the_first_ring(stage)
    assert readers(stage) == [PRIYA, DANA]
    stage.ends(mails=2)


def test_the_mail_goes_to_whoever_was_put_in(stage: Stage) -> None:
    puts_in(stage, "dana-whitfield")
    leaves_after_the_first_ring(stage)
    assert readers(stage) == [DANA]
    assert "Nobody is on duty" not in stage.mails()[0].as_string()
    stage.ends(mails=1)


def test_with_nobody_on_duty_the_mail_goes_to_whom_the_schedule_names_and_says_so(stage: Stage) -> None:
    puts_in(stage, None)
    leaves_after_the_first_ring(stage)
    assert readers(stage) == [MARCUS]
    text = stage.mails()[0].get_body(("plain",))
    assert text is not None
    assert "Nobody is on duty on “Shift managers” at the moment. Therefore this mail" in text.get_content()
    stage.ends(mails=1)
