"""When nobody can be rung: nights, gaps in schedules, absences, numbers that may not be dialled."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from db import seed
from flows.routing import LadderPlan, LevelPlan
from flows.rules.schedule import Override
from flows.rules.working_time import Period
from flows.ticket import Severity
from ivr.line.dialling import DialPolicy
from ivr.line.reach import Outlook
from ivr.routing_file.checks import check
from tests.ivr.admin.company import COMPANY, DANA, PRIYA

NEW_YORK = ZoneInfo("America/New_York")
START = datetime(2026, 3, 3, 10, tzinfo=NEW_YORK).astimezone(UTC)
US = DialPolicy(regions=frozenset({"US"}))


def outlook(days: int = 2, **more: Any) -> Outlook:
    end = START + timedelta(days=days)
    return Outlook(routing=COMPANY, policy=US, zone="America/New_York", start=START, end=end, **more)


def local(periods: list[Period]) -> list[str]:
    return [" to ".join(f"{at.astimezone(NEW_YORK):%a %H:%M}" for at in period) for period in periods]


def alone(*members: str, **more: Any) -> LadderPlan:
    return LadderPlan(name="one", levels=(LevelPlan(title="one", members=members, **more),))


@pytest.mark.parametrize(("plan", "gaps"), [
    (alone(DANA), []),
    (alone(PRIYA), ["Tue 23:00 to Wed 06:00", "Wed 23:00 to Thu 06:00"]),
    (alone(PRIYA, DANA), []),
    (alone(DANA, calendar="office"), ["Tue 18:00 to Wed 08:00", "Wed 18:00 to Thu 08:00"]),
    (alone(DANA, email_only=True), ["Tue 10:00 to Thu 10:00"]),
    (alone("weekend"), ["Tue 10:00 to Thu 10:00"]),
    (alone("nobody"), ["Tue 10:00 to Thu 10:00"]),
])  # fmt: skip
def test_the_gaps_of_a_ladder(plan: LadderPlan, gaps: list[str]) -> None:
    assert local(outlook().gaps(plan)) == gaps


def test_a_level_has_gaps_only_in_its_hours_and_none_where_it_only_sends_mail() -> None:
    night_watch = outlook(away={DANA: START + timedelta(hours=2)})

    assert local(night_watch.level_gaps(LevelPlan(title="", members=(DANA,), calendar="office"))) == [
        "Tue 10:00 to Tue 12:00"]
    assert night_watch.level_gaps(LevelPlan(title="", members=(DANA,), email_only=True)) == []


def test_whoever_has_the_shift_brings_their_own_nights_and_absences() -> None:
    shift = alone("week")
    taken = Override(schedule="week", person=PRIYA, starts_at=START, ends_at=START + timedelta(days=1))
    empty = replace(taken, person=None, starts_at=taken.ends_at, ends_at=taken.ends_at + timedelta(hours=1))

    assert outlook().gaps(shift) == []
    assert local(outlook(away={DANA: START + timedelta(hours=1)}).gaps(shift)) == ["Tue 10:00 to Tue 11:00"]
    assert local(outlook(overrides={"week": (taken, empty)}).gaps(shift)) == [
        "Tue 23:00 to Wed 06:00", "Wed 10:00 to Wed 11:00"]


def test_an_urgent_ticket_rings_where_others_do_not() -> None:
    assert outlook(severity=Severity.URGENT).gaps(alone(PRIYA)) == []


def test_a_number_that_may_not_be_dialled_reaches_nobody() -> None:
    abroad = replace(outlook(), policy=DialPolicy(regions=frozenset({"DE"})))

    assert local(abroad.gaps(alone(DANA))) == ["Tue 10:00 to Thu 10:00"]


def test_nobody_at_three_in_the_morning_is_a_warning_with_the_first_such_night() -> None:
    def warned(plan: LadderPlan) -> list[str]:
        found = check(replace(COMPANY, ladders=(*seed.ROUTING.ladders, plan)), US, START)
        return [each.message for each in found if each.place == ("ladders", "2")]

    assert warned(alone(DANA)) == []
    assert warned(alone(PRIYA)) == [
        "nobody can be rung on 2026-03-04 at 03:00 (America/New_York) for a ticket of severity 2 or less urgent, "
        "nor in 13 more of the next 14 nights"]
    assert warned(alone(DANA, calendar="office")) == [
        "nobody can be rung on 2026-03-04 at 03:00 (America/New_York), nor in 13 more of the next 14 nights"]


def test_nights_are_not_reckoned_while_the_routing_has_mistakes() -> None:
    broken = replace(COMPANY, ladders=(alone(DANA, calendar="moon"),))

    assert {each.place for each in check(broken, US, START) if "rung on" in each.message} == set()
