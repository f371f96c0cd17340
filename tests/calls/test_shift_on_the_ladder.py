"""A level may have a schedule as its member: whoever has the shift when the ladder begins is rung."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from flows.rules.schedule import DAY, Override, Rotation, Schedule
from ivr.emulator.handset import Handset
from tests.calls.stage import Stage

DAILY = Rotation(people=("dana-whitfield", "marcus-oyelaran"), start=date(2026, 3, 3), hand_over=time(8), every=DAY)
FIRST_LINE = Schedule(name="First line", zone="America/New_York", rotations=(DAILY,))


@pytest.fixture(autouse=True)
def level_1_is_a_schedule(stage: Stage) -> None:
    """Dana and Marcus take turns day by day on Level 1; Priya is Level 2."""
    with stage.line.parts.store.writing() as work:
        _, routing = work.routing.current()
        [ladder] = routing.ladders
        first, second = ladder.levels[:2]
        levels = (replace(first, members=("first-line",)), replace(second, members=("priya-raman",)))
        scheduled = replace(routing, ladders=(replace(ladder, levels=levels),), schedules={"first-line": FIRST_LINE})
        work.routing.publish(scheduled, by="test", note="", at=stage.exchange.now())


def puts_in(stage: Stage, person: str | None) -> None:
    now = stage.exchange.now()
    with stage.line.parts.store.writing() as work:
        until = now + timedelta(hours=1)
        work.overrides.add(Override(schedule="first-line", person=person, starts_at=now, ends_at=until), now)


def leaves_while_it_rings(stage: Stage, manager: Handset) -> None:
    stage.escalates()
    manager.rings()
    stage.caller.hang_up()
    manager.stops_ringing()


def test_whoever_has_the_shift_is_rung(stage: Stage) -> None:
    leaves_while_it_rings(stage, stage.level_1)
    stage.exchange.pass_time(22 * 60 * 60)
    leaves_while_it_rings(stage, stage.level_2)
    stage.ends(mails=2)


def test_whoever_was_put_in_is_rung_instead(stage: Stage) -> None:
    puts_in(stage, "marcus-oyelaran")
    leaves_while_it_rings(stage, stage.level_2)
    assert stage.rings() == [("Support Operations Manager", "caller-left")]
    stage.ends(mails=1)


def test_where_nobody_has_the_shift_the_next_level_is_rung_and_the_gap_is_seen(stage: Stage) -> None:
    priya = stage.exchange.handset("+12025550103", name="Priya")
    puts_in(stage, None)
    leaves_while_it_rings(stage, priya)
    assert stage.rings() == [
        ("Support Operations Manager", "nobody-on-shift"), ("Senior Director of Support", "caller-left"),
    ]
    stage.ends(mails=1)
