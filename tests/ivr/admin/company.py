"""A company with schedules, for the pages about ladders, people and schedules."""

from dataclasses import replace
from datetime import date, time

from db import seed
from flows.routing import LadderPlan, LevelPlan, Routing
from flows.rules.ladder import Order
from flows.rules.schedule import Rotation, Schedule
from flows.rules.working_time import Hours
from ivr.routing_file.document import routing_said
from tests.ivr.admin.visitor import Visitor

DANA, MARCUS, PRIYA = seed.ROUTING.people
WEEK = Schedule(
    name="First line", zone="America/New_York", otherwise=PRIYA,
    rotations=(Rotation(people=(DANA, MARCUS), start=date(2026, 3, 2), hand_over=time(9)),),
)  # fmt: skip
WEEKEND = Schedule(
    name="Weekend duty", zone="America/New_York",
    rotations=(
        Rotation(people=(MARCUS, PRIYA), start=date(2026, 3, 2), hand_over=time(9),
                 hours=tuple(Hours(weekday=day, opens=time(8), closes=time(20)) for day in (5, 6))),
    ),
)  # fmt: skip
REST = LadderPlan(
    name="Everything else",
    levels=(
        LevelPlan(title="Duty manager", members=("weekend", PRIYA), order=Order.TOGETHER),
        LevelPlan(title="Director", members=(MARCUS,), calendar="office"),
        LevelPlan(title="Board", members=(DANA,), email_only=True),
    ),
)
COMPANY = replace(
    seed.ROUTING, schedules={"week": WEEK, "weekend": WEEKEND}, ladders=(seed.ROUTING.ladders[0], REST)
)


def publish(visitor: Visitor, routing: Routing = COMPANY) -> int:
    """Make it what counts; the version."""
    with visitor.parts.store.writing() as work:
        return work.routing.publish(routing, "the tests", "a company", visitor.clock())


def drafted(visitor: Visitor) -> Routing:
    """What the draft says; the published routing where there is none."""
    with visitor.parts.store.reading() as work:
        stored = work.drafts.read()
        said = routing_said(stored.text) if stored else work.routing.current()[1]
    assert said is not None
    return said


def seen_on(visitor: Visitor, page: str) -> str:
    """What a form on the page remembers of the draft."""
    return visitor.browser.get(page).text.split('name="seen" value="')[1].split('"')[0]
