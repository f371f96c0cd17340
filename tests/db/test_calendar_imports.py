"""Calendar imports: which calendar fills a schedule, and how it fares."""

from datetime import timedelta

from db.repositories.calendar_imports import CalendarImport
from db.unit_of_work import Store
from tests.db.samples import HOUR, MINUTE, NOW

QUARTER = timedelta(minutes=15)
TAKEN = CalendarImport(
    schedule="shift", source="calendar.example", address="digest", tried_at=NOW, imported_at=None, shifts=0,
    remarks=(), trouble="", failures=0,
)  # fmt: skip


def test_one_worker_at_a_time_fetches_a_calendar(store: Store) -> None:
    with store.writing() as work:
        assert work.calendar_imports.take("shift", "calendar.example", "digest", NOW, NOW - QUARTER)
        later = NOW + MINUTE
        assert not work.calendar_imports.take("shift", "calendar.example", "digest", later, later - QUARTER)
        assert work.calendar_imports.take("nights", "calendar.example", "digest", NOW, NOW - QUARTER)
        assert work.calendar_imports.take("shift", "calendar.example", "digest", NOW + QUARTER, NOW)
        assert not work.calendar_imports.take("shift", "calendar.example", "digest", NOW + QUARTER, NOW)


def test_another_address_is_fetched_at_once(store: Store) -> None:
    with store.writing() as work:
        assert work.calendar_imports.take("shift", "calendar.example", "digest", NOW, NOW - QUARTER)
        assert work.calendar_imports.take("shift", "elsewhere.example", "another", NOW + MINUTE, NOW - QUARTER)
        assert [(each.source, each.tried_at) for each in work.calendar_imports.all()] == [
            ("elsewhere.example", NOW + MINUTE)
        ]


def test_failures_are_counted_until_it_goes_well_again(store: Store) -> None:
    with store.writing() as work:
        work.calendar_imports.take("shift", "calendar.example", "digest", NOW, NOW - QUARTER)
        assert work.calendar_imports.all() == [TAKEN]
        work.calendar_imports.good("shift", NOW, 12, ["“Lunch”: it names nobody"])
        assert work.calendar_imports.failed("shift", "its server answers 500") == 1
        assert work.calendar_imports.failed("shift", "its server answers 404") == 2
        [troubled] = work.calendar_imports.all()
        assert (troubled.trouble, troubled.imported_at, troubled.shifts) == ("its server answers 404", NOW, 12)
        assert troubled.remarks == ("“Lunch”: it names nobody",)
        work.calendar_imports.good("shift", NOW + HOUR, 13, [])
        [well] = work.calendar_imports.all()
        assert (well.trouble, well.failures, well.imported_at, well.shifts) == ("", 0, NOW + HOUR, 13)
        assert work.calendar_imports.failed("shift", "") == 1


def test_a_file_takes_the_place_of_what_was_fetched_and_the_other_way_round(store: Store) -> None:
    with store.writing() as work:
        work.calendar_imports.take("shift", "calendar.example", "digest", NOW, NOW - QUARTER)
        work.calendar_imports.failed("shift", "its server answers 500")
        work.calendar_imports.from_file("shift", "rota.ics", NOW, 3, ["one"])
        [by_hand] = work.calendar_imports.all()
        assert (by_hand.source, by_hand.address, by_hand.failures, by_hand.shifts) == ("rota.ics", "", 0, 3)
        assert work.calendar_imports.take("shift", "calendar.example", "digest", NOW, NOW - QUARTER)
        assert work.calendar_imports.forget("shift")
        assert not work.calendar_imports.forget("shift")
        assert work.calendar_imports.all() == []
