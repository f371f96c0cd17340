"""My duty goes to the next person: an override until the end of the shift, read out before it counts."""

from dataclasses import replace
from datetime import date, datetime, time

import pytest

from db import seed
from flows.rules.schedule import DAY, Override, Rotation, Schedule, on_duty
from tests.calls.own_line import DANA, MARCUS, acts, comes_in
from tests.calls.stage import TUESDAY_MORNING, Stage, on_stage

PRIYA = "priya-raman"
FIRST_LINE = Schedule(
    name="First line",
    zone="America/New_York",
    rotations=(
        Rotation(people=(MARCUS, DANA, PRIYA), start=date(2026, 3, 2), hand_over=time(9), every=DAY),
    ),
)
"""On this Tuesday since 9 a.m. it is Dana's turn, then Priya's."""
WEDNESDAY_9_AM = TUESDAY_MORNING.replace(day=4, hour=14)


@pytest.fixture
def ring_mode() -> str:
    """Nobody is rung in these stories."""
    return "hold"


def plans(stage: Stage, **schedules: Schedule) -> None:
    """Publish a routing with these schedules."""
    with stage.line.parts.store.writing() as work:
        routing = replace(work.routing.current()[1], schedules=schedules)
        work.routing.publish(routing, "a story", "schedules", stage.exchange.now())


def puts_in(stage: Stage, person: str | None, hours: tuple[int, int]) -> None:
    """Somebody is put in by hand, on this Tuesday between these hours (UTC)."""
    start, end = (TUESDAY_MORNING.replace(hour=hour) for hour in hours)
    override = Override(schedule="first", person=person, starts_at=start, ends_at=end, set_by="priya", why="dentist")
    with stage.line.parts.store.writing() as work:
        work.overrides.add(override, stage.exchange.now())


def has_duty(stage: Stage, at: datetime, schedule: str = "first") -> str | None:
    """Who is on duty at that moment, in the books."""
    with stage.line.parts.store.reading() as work:
        _, routing = work.routing.current()
        overrides = work.overrides.for_schedule(schedule, TUESDAY_MORNING.replace(day=1))
        return on_duty(routing.schedules[schedule], overrides, at)


def test_the_next_in_the_rotation_takes_over_until_the_end_of_the_shift(stage: Stage) -> None:
    plans(stage, first=FIRST_LINE)
    manager = comes_in(stage)
    manager.press("2")
    manager.begins_to_hear("Priya Raman would take over First line until tomorrow at 9:00 AM")
    assert has_duty(stage, stage.exchange.now()) == DANA
    manager.press("1")
    manager.hears("Done. Priya Raman takes over First line until tomorrow at 9:00 AM. Please let Priya Raman know")
    manager.hang_up()

    assert has_duty(stage, stage.exchange.now()) == PRIYA
    assert has_duty(stage, WEDNESDAY_9_AM) == PRIYA, "it is her turn then anyway"
    assert has_duty(stage, TUESDAY_MORNING) == DANA, "what was, stays"
    assert acts(stage) == [(DANA, "came-in"), (DANA, "duty-passed")]
    stage.ends(mails=0)


def test_whoever_takes_over_is_told_by_text_where_texts_are_sent(database_url: str) -> None:
    with on_stage(database_url, texts="links") as stage:
        plans(stage, first=FIRST_LINE)
        priya = stage.exchange.handset(seed.SHIFT_MANAGER_NUMBER, name="Priya")
        manager = comes_in(stage)
        manager.press("2")
        manager.begins_to_hear("Priya Raman would take over")
        manager.press("1")
        manager.hears("Priya Raman is told by text")
        manager.hang_up()
        stage.mails()

        (text,) = priya.messages
        assert text.text == (
            "Dana Whitfield has passed First line on to you. You are on duty until tomorrow at 9:00 AM."
        )
        stage.ends(mails=0)


def test_whoever_is_off_duty_is_passed_over(stage: Stage) -> None:
    plans(stage, first=FIRST_LINE)
    with stage.line.parts.store.writing() as work:
        work.absences.set(PRIYA, WEDNESDAY_9_AM, stage.exchange.now(), PRIYA)
    manager = comes_in(stage)
    manager.press("2")
    manager.begins_to_hear("Marcus Oyelaran would take over First line until tomorrow at 9:00 AM")
    manager.press("*")
    manager.hears("You are rung as planned")
    manager.hang_up()

    assert has_duty(stage, stage.exchange.now()) == DANA
    stage.ends(mails=0)


def test_nobody_else_is_there(stage: Stage) -> None:
    alone = replace(FIRST_LINE, rotations=(replace(FIRST_LINE.rotations[0], people=(DANA,)),))
    plans(stage, first=alone)
    manager = comes_in(stage)
    manager.press("2")
    manager.hears("For First line there is nobody else now. You are rung as planned")
    manager.hang_up()
    stage.ends(mails=0)


def test_somebody_who_is_not_on_duty_now_has_nothing_to_pass_on(stage: Stage) -> None:
    plans(stage, first=FIRST_LINE)
    stage.exchange.pass_time(24 * 60 * 60)
    manager = comes_in(stage)
    manager.press("2")
    manager.hears("You are not on duty by any schedule now")
    manager.hang_up()
    stage.ends(mails=0)


def test_somebody_on_no_schedule_is_told_what_to_do_instead(stage: Stage) -> None:
    manager = comes_in(stage)
    manager.press("2")
    manager.hears("You are on no schedule, so there is nothing to pass on. If your phone is to rest, go off duty")
    manager.hang_up()
    stage.ends(mails=0)


def test_who_was_put_in_by_hand_gives_it_back_to_whose_turn_it_is(stage: Stage) -> None:
    stage.exchange.pass_time(24 * 60 * 60)
    plans(stage, first=FIRST_LINE)
    with stage.line.parts.store.writing() as work:
        start = TUESDAY_MORNING.replace(day=4)
        work.overrides.add(
            Override(schedule="first", person=DANA, starts_at=start, ends_at=start.replace(hour=22), set_by=PRIYA),
            start,
        )
    manager = comes_in(stage)
    manager.press("2")
    manager.begins_to_hear("Priya Raman would take over First line until today at 5:00 PM")
    manager.press("1")
    manager.begins_to_hear("Done")
    manager.hang_up()

    assert has_duty(stage, start) == DANA, "what was, stays"
    assert has_duty(stage, stage.exchange.now()) == PRIYA
    with stage.line.parts.store.reading() as work:
        first, second = work.overrides.for_schedule("first", start)
    assert (first.person, first.set_by, first.ends_at) == (DANA, PRIYA, second.starts_at)
    assert (second.person, second.set_by, second.ends_at) == (PRIYA, DANA, start.replace(hour=22))
    stage.ends(mails=0)


def test_two_duties_are_passed_on_together(stage: Stage) -> None:
    nights = replace(FIRST_LINE, name="Nights", rotations=(replace(FIRST_LINE.rotations[0], people=(DANA, MARCUS)),))
    nights = replace(nights, rotations=(replace(nights.rotations[0], start=date(2026, 3, 3)),))
    plans(stage, first=FIRST_LINE, nights=nights)
    manager = comes_in(stage)
    manager.press("2")
    told = manager.hears("Priya Raman would take over First line until tomorrow at 9:00 AM")
    assert "Marcus Oyelaran would take over Nights until tomorrow at 9:00 AM. To confirm, press 1" in told
    manager.press("1")
    manager.begins_to_hear("takes over First line")
    manager.hang_up()

    assert (has_duty(stage, stage.exchange.now()), has_duty(stage, stage.exchange.now(), "nights")) == (PRIYA, MARCUS)
    stage.ends(mails=0)


def test_when_the_plan_has_changed_meanwhile_the_new_one_is_read_out(stage: Stage) -> None:
    plans(stage, first=FIRST_LINE)
    manager = comes_in(stage)
    manager.press("2")
    manager.begins_to_hear("would take over First line until tomorrow")
    puts_in(stage, None, (20, 22))
    manager.press("1")
    manager.begins_to_hear("The plan has just changed. Priya Raman would take over First line until today at 3:00 PM")
    manager.press("1")
    manager.begins_to_hear("Done")
    manager.hang_up()

    assert has_duty(stage, stage.exchange.now()) == PRIYA
    assert has_duty(stage, TUESDAY_MORNING.replace(hour=21)) is None
    assert has_duty(stage, TUESDAY_MORNING.replace(hour=23)) == DANA
    stage.ends(mails=0)


def test_when_the_shift_ends_during_the_call_nothing_is_passed_on(stage: Stage) -> None:
    until_a_minute_past_ten = replace(FIRST_LINE.rotations[0], people=(DANA, PRIYA), hand_over=time(10, 1))
    plans(stage, first=replace(FIRST_LINE, rotations=(until_a_minute_past_ten,)))
    stage.exchange.pass_time(50)
    manager = comes_in(stage)
    manager.press("2")
    manager.begins_to_hear("Priya Raman would take over First line until today at 10:01 AM")
    manager.stays_silent(9)
    manager.press("1")
    manager.begins_to_hear("The plan has just changed. You are not on duty by any schedule now")
    manager.hang_up()

    assert [act for _, act in acts(stage)] == ["came-in"]
    stage.ends(mails=0)
