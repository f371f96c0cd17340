"""Whom a name means, and who is mailed when nobody is on duty."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from flows.duty import Mailed, mailed, person_meant
from flows.routing import Person, Routing
from flows.rules.schedule import Override, Rotation, Schedule

NOW = datetime(2026, 11, 3, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
WEEKLY = Rotation(people=("dana", "marcus"), start=date(2026, 11, 2), hand_over=time(9))
SHIFT = Schedule(name="Shift managers", zone="Europe/Berlin", rotations=(WEEKLY,))
PEOPLE = {key: Person(name=key.title(), email=f"{key}@example.com") for key in ("marcus", "priya", "dana")}
ROUTING = Routing(lines=(), people=PEOPLE, programs={}, ladders=(), schedules={"shift": SHIFT})


def put_in(person: str | None) -> dict[str, tuple[Override, ...]]:
    return {"shift": (Override(schedule="shift", person=person, starts_at=NOW - HOUR, ends_at=NOW + HOUR),)}


def with_shift(**changes: object) -> Routing:
    return replace(ROUTING, schedules={"shift": replace(SHIFT, **changes)})  # type: ignore[arg-type]


def test_a_person_means_that_person() -> None:
    assert person_meant(ROUTING, "priya", put_in(None), NOW) == "priya"
    assert mailed(ROUTING, "priya", put_in(None), NOW) == Mailed(person="priya")


def test_a_person_without_address_is_still_who_was_meant() -> None:
    routing = replace(ROUTING, people={"priya": Person(name="Priya"), "dana": PEOPLE["dana"]})
    assert mailed(routing, "priya", {}, NOW) == Mailed(person="priya")


def test_a_schedule_means_whoever_is_on_duty() -> None:
    assert mailed(ROUTING, "shift", {}, NOW) == Mailed(person="dana")
    assert mailed(ROUTING, "shift", {}, NOW + timedelta(days=7)) == Mailed(person="marcus")
    assert mailed(ROUTING, "shift", put_in("priya"), NOW) == Mailed(person="priya")
    assert person_meant(ROUTING, "shift", put_in("priya"), NOW + HOUR) == "dana"


def test_in_a_gap_nobody_is_meant() -> None:
    assert person_meant(ROUTING, "shift", put_in(None), NOW) is None
    assert person_meant(ROUTING, "shift", {}, NOW - timedelta(days=7)) is None


def test_somebody_put_in_who_is_no_longer_in_the_routing_leaves_a_gap() -> None:
    assert person_meant(ROUTING, "shift", put_in("kim"), NOW) is None
    assert mailed(ROUTING, "shift", put_in("kim"), NOW) == Mailed(person="dana", stands_in_for="Shift managers")


@pytest.mark.parametrize(
    ("routing", "person"),
    [
        pytest.param(with_shift(otherwise="priya"), "priya", id="whom the schedule names for that"),
        pytest.param(ROUTING, "dana", id="else the first who takes turns"),
        pytest.param(with_shift(rotations=()), "marcus", id="else anybody who has an address"),
        pytest.param(
            replace(with_shift(otherwise="dana"), people={**PEOPLE, "dana": Person(name="Dana")}), "marcus",
            id="passing over who has none",
        ),
        pytest.param(replace(ROUTING, people={}), "", id="or nobody, where nobody has one"),
    ],
)  # fmt: skip
def test_in_a_gap_the_mail_goes_to_somebody_and_says_so(routing: Routing, person: str) -> None:
    assert mailed(routing, "shift", put_in(None), NOW) == Mailed(person=person, stands_in_for="Shift managers")


def test_on_duty_without_address_is_a_gap_for_mails() -> None:
    routing = replace(ROUTING, people={**PEOPLE, "dana": Person(name="Dana")})
    assert mailed(routing, "shift", {}, NOW) == Mailed(person="marcus", stands_in_for="Shift managers")


def test_a_name_that_is_neither() -> None:
    with pytest.raises(KeyError):
        person_meant(ROUTING, "nights", {}, NOW)
