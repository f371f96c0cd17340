"""Overrides: who is on duty for a time instead of whom the rotations say."""

from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from db.repositories.overrides import OverrideClash
from db.unit_of_work import Store
from flows.rules.schedule import Override
from tests.db.conftest import RACERS
from tests.db.racing import put_somebody_in
from tests.db.samples import HOUR, MINUTE, NOW

DAY = timedelta(days=1)


def override(
    person: str | None = "dana", starts: timedelta = HOUR, ends: timedelta = 2 * HOUR, schedule: str = "shift"
) -> Override:
    return Override(
        schedule=schedule, person=person, starts_at=NOW + starts, ends_at=NOW + ends, set_by="priya", why="dentist"
    )


def test_somebody_is_put_in_and_taken_out(store: Store) -> None:
    with store.writing() as work:
        stored = work.overrides.add(override(), NOW)
        nobody = work.overrides.add(override(None, 2 * HOUR, 3 * HOUR), NOW)
        assert stored == replace(override(), id=stored.id)
    with store.reading() as work:
        assert work.overrides.for_schedule("shift", NOW) == (stored, nobody)
        assert work.overrides.all(NOW) == [stored, nobody]
    with store.writing() as work:
        assert work.overrides.remove(stored.id) == stored
        assert work.overrides.remove(stored.id) is None
        assert work.overrides.all(NOW) == [nobody]


def test_who_counts_at_an_instant_by_schedule(store: Store) -> None:
    with store.writing() as work:
        here = work.overrides.add(override(), NOW)
        there = work.overrides.add(override("marcus", schedule="nights"), NOW)
        assert work.overrides.standing(NOW) == {}
        assert work.overrides.standing(NOW + HOUR) == {"shift": (here,), "nights": (there,)}
        assert work.overrides.standing(NOW + 2 * HOUR) == {}
        assert work.overrides.for_schedule("shift", NOW + 2 * HOUR) == ()


@pytest.mark.parametrize(("starts", "ends"), [(HOUR, 2 * HOUR), (MINUTE, 3 * HOUR), (HOUR + MINUTE, HOUR + 2 * MINUTE)])
def test_nobody_is_put_in_over_somebody_else(store: Store, starts: timedelta, ends: timedelta) -> None:
    with store.writing() as work:
        stored = work.overrides.add(override(), NOW)
        with pytest.raises(OverrideClash) as clash:
            work.overrides.add(override("marcus", starts, ends), NOW)
        assert clash.value.standing == stored
        assert work.overrides.all(NOW) == [stored]


def test_one_after_the_other_and_in_another_schedule_is_no_clash(store: Store) -> None:
    with store.writing() as work:
        for each in (override(), override(None, 2 * HOUR, DAY), override("marcus", MINUTE, HOUR)):
            work.overrides.add(each, NOW)
        work.overrides.add(override(schedule="nights"), NOW)
        assert len(work.overrides.all(NOW)) == 4


def test_a_calendar_replaces_what_it_said_before_and_nothing_else(store: Store) -> None:
    with store.writing() as work:
        by_hand = work.overrides.add(override(starts=DAY, ends=DAY + HOUR), NOW)
        elsewhere = override("marcus", schedule="nights")
        work.overrides.replace_imported("nights", [elsewhere], NOW)
        work.overrides.replace_imported("shift", [override(), override("marcus", 2 * HOUR, DAY)], NOW)
        work.overrides.replace_imported("shift", [override("marcus")], NOW)
        found = work.overrides.for_schedule("shift", NOW)
        assert [(each.person, each.imported) for each in found] == [("marcus", True), ("dana", False)]
        assert work.overrides.add(override("priya"), NOW).imported is False
        assert work.overrides.remove(found[0].id) is None
        work.overrides.replace_imported("shift", [], NOW)
        assert [each.person for each in work.overrides.for_schedule("shift", NOW)] == ["priya", by_hand.person]
        assert len(work.overrides.for_schedule("nights", NOW)) == 1


def test_eight_people_put_somebody_in_at_the_same_moment_and_one_of_them_does(
    racers: ProcessPoolExecutor, database_url: str
) -> None:
    jobs = [racers.submit(put_somebody_in, database_url, f"person-{me}", 10) for me in range(RACERS)]
    assert sum(job.result() for job in jobs) == 10
