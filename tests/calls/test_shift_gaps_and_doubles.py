"""Ladders of schedules at their worst: nobody has a shift anywhere, or somebody stands on a level twice."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, time, timedelta

from click.testing import CliRunner

from flows.rules.ladder import Order
from flows.rules.schedule import DAY, Override, Rotation, Schedule
from ivr.cli import main
from ivr.line.dialling import DialPolicy
from ivr.line.shifts import on_shift
from ivr.line.trial import trial
from ivr.line.who_rings import rung_in_order, who_rings
from tests.calls.stage import CONTACT, LEVEL_1, LEVEL_2, LINE, Stage

DANA, MARCUS = "dana-whitfield", "marcus-oyelaran"
TITLE = "Support Operations Manager"
DAILY = Rotation(people=(DANA, MARCUS), start=date(2026, 3, 3), hand_over=time(8), every=DAY)
SHIFT = Schedule(name="First line", zone="America/New_York", rotations=(DAILY,))
NEVER = Schedule(name="Nobody's", zone="America/New_York")


def publishes(
    stage: Stage, *levels: tuple[str, ...], schedules: Mapping[str, Schedule], order: Order = Order.IN_TURN
) -> None:
    """The company's ladder with other members, level by level."""
    with stage.line.parts.store.writing() as work:
        _, routing = work.routing.current()
        [ladder] = routing.ladders
        plans = tuple(
            replace(plan, members=members, order=order) for plan, members in zip(ladder.levels, levels, strict=False)
        )
        ladders = (replace(ladder, levels=plans),)
        work.routing.publish(
            replace(routing, ladders=ladders, schedules=schedules), by="test", note="", at=stage.exchange.now()
        )


def test_somebody_on_a_level_in_person_and_by_shift_is_rung_once(stage: Stage) -> None:
    publishes(stage, (DANA, "shift"), (MARCUS,), schedules={"shift": SHIFT})
    stage.escalates()
    stage.level_1.rings()
    stage.level_1.decline()
    stage.level_2.rings()
    stage.caller.hang_up()

    assert stage.rings() == [(TITLE, "busy"), ("Senior Director of Support", "caller-left")]
    stage.ends(mails=1)


def test_somebody_there_twice_is_rung_once_together_with_the_others_too(stage: Stage) -> None:
    publishes(stage, (DANA, "shift", MARCUS), schedules={"shift": SHIFT}, order=Order.TOGETHER)
    stage.escalates()
    stage.accepts(stage.level_1)
    stage.caller.talks_to(stage.level_1)
    stage.caller.hang_up()

    at_once = 2 if stage.line.settings.ring_mode == "hold" else 1
    assert len(stage.rings()) == at_once, "Dana once, and Marcus beside her where phones ring at once"
    stage.ends(mails=1)


def test_where_nobody_has_any_shift_the_caller_gets_the_duty_phone(stage: Stage) -> None:
    publishes(stage, ("never",), ("never",), schedules={"never": NEVER})
    stage.calls_in_english()
    stage.caller.press("48213#")
    stage.caller.begins_to_hear("nobody is on duty right now")
    stage.caller.press("1")
    stage.caller.hears("Nobody is on duty right now")
    stage.duty.rings()
    stage.duty.answer()
    stage.caller.talks_to(stage.duty)
    stage.caller.hang_up()

    assert stage.rings() == [(TITLE, "nobody-on-shift"), ("Senior Director of Support", "nobody-on-shift")]
    assert stage.outcomes() == ["nobody-on-duty"]
    stage.ends(mails=2)


def test_whoever_asks_beforehand_is_told_who_will_ring(stage: Stage) -> None:
    publishes(stage, ("shift",), ("never",), schedules={"shift": SHIFT, "never": NEVER})
    now, hour = stage.exchange.now(), timedelta(hours=1)
    with stage.line.parts.store.writing() as work:
        work.overrides.add(Override(schedule="shift", person=MARCUS, starts_at=now, ends_at=now + hour), now)

    assert forecasts(stage) == ([LEVEL_2], [LEVEL_2])
    at = stage.exchange.now().isoformat()
    told = CliRunner().invoke(main, ["oncall", "who", "--at", at, "--database-url", stage.line.settings.database_url])
    assert f"Marcus Oyelaran ({MARCUS})" in told.stdout
    stage.exchange.pass_time(60 * 60)
    assert forecasts(stage) == ([LEVEL_1], [LEVEL_1])
    stage.escalates()
    stage.level_1.rings()
    stage.caller.hang_up()
    stage.ends(mails=1)


def forecasts(stage: Stage) -> tuple[list[str], list[str]]:
    """Whose phones would ring now: as the page Try it says, and as the page Ladders says."""
    now = stage.exchange.now()
    with stage.line.parts.store.reading() as work:
        _, routing = work.routing.current()
        ticket, line = work.tickets.find("48213"), routing.line(LINE)
        assert ticket is not None
        assert line is not None
        standing = work.claims.standing(ticket.number)
        tried = trial(routing, line, ticket, standing, CONTACT, "en", now, on_shift(work, routing, now))
        policy = DialPolicy(regions=stage.line.settings.regions)
        steps = who_rings(work, routing, routing.ladders[0], ticket.severity, now, policy)
        ladders = [number for rung in rung_in_order(steps) for number in rung.numbers]
        return [ring.number for ring in tried.rings], ladders
