"""A schedule follows its calendar; trouble with it changes nothing, is written down, and is mailed once."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import pytest

from db import seed
from db.repositories.calendar_imports import CalendarImport
from db.unit_of_work import Store
from flows.routing import Routing
from flows.rules.schedule import Schedule
from ivr.calendars.events import CalendarTrouble
from ivr.calendars.imports import LOOK, WARN_AFTER, CalendarRefresh, import_file
from ivr.line.letters import decode
from ivr.line.ports import CalendarWarning
from tests.db.samples import NOW
from tests.ivr.calendars.ics import a_calendar, an_event

QUARTER = timedelta(minutes=15)
URL = "https://calendar.example/rota.ics?key=secret"
SHIFT = Schedule(
    name="Shift managers", zone="America/New_York", calendar_url=URL, refresh=QUARTER, otherwise="priya-raman"
)
DANA = an_event("Dana Whitfield", "DTSTART:20261123T130000Z", "DTEND:20261123T210000Z")
MARCUS = an_event("Marcus Oyelaran", "DTSTART:20261123T210000Z", "DTEND:20261124T130000Z")


@dataclass
class Office:
    """A worker, the calendars it may fetch, and the time that passes when the story says so."""

    store: Store
    now: datetime = NOW
    calendars: dict[str, bytes | CalendarTrouble] = field(default_factory=dict)
    fetched: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.refresh = CalendarRefresh(self.store, lambda: self.now, self.fetch)

    def fetch(self, url: str) -> bytes:
        self.fetched.append(url)
        found = self.calendars[url]
        if isinstance(found, CalendarTrouble):
            raise found
        return found

    def publishes(self, **schedules: Schedule) -> None:
        routing: Routing = replace(seed.ROUTING, schedules=schedules)
        with self.store.writing() as work:
            work.routing.publish(routing, "dana", "", self.now)

    def works(self, passing: timedelta = LOOK) -> int:
        """Time passes, then the worker does all there is to do; how many calendars it fetched."""
        self.now += passing
        done = 0
        while self.refresh.run_once():
            done += 1
        return done

    def shifts(self, schedule: str = "shift") -> list[str | None]:
        with self.store.reading() as work:
            return [each.person for each in work.overrides.for_schedule(schedule, NOW) if each.imported]

    def books(self) -> list[CalendarImport]:
        with self.store.reading() as work:
            return work.calendar_imports.all()

    def warnings(self) -> list[CalendarWarning]:
        """What is to be mailed and has not been asked for before."""
        with self.store.writing() as work:
            due = work.outbox.claim_due(self.now, QUARTER, 99)
            for message in due:
                work.outbox.sent(message.id, self.now)
        letters = [decode(each.kind, each.body) for each in due]
        assert all(isinstance(each, CalendarWarning) for each in letters)
        return [each for each in letters if isinstance(each, CalendarWarning)]


@pytest.fixture
def office(store: Store) -> Iterator[Office]:
    """A line whose one schedule is filled from a calendar."""
    found = Office(store)
    found.calendars[URL] = a_calendar(DANA, MARCUS)
    found.publishes(shift=SHIFT)
    yield found
    assert found.warnings() == []


def test_a_calendar_is_fetched_when_it_is_due(office: Office) -> None:
    assert office.works() == 1
    assert office.shifts() == ["dana-whitfield", "marcus-oyelaran"]
    assert office.works(QUARTER - 2 * LOOK) == 0
    office.calendars[URL] = a_calendar(MARCUS)
    assert office.works(2 * LOOK) == 1
    assert office.shifts() == ["marcus-oyelaran"]
    assert office.fetched == [URL, URL]


def test_what_is_in_the_books_holds_no_secret(office: Office) -> None:
    office.works()
    [known] = office.books()
    assert (known.source, known.shifts, known.trouble, known.imported_at) == ("calendar.example", 2, "", office.now)
    assert "secret" not in str(known)


def test_two_workers_fetch_once(office: Office) -> None:
    other = Office(office.store, calendars=office.calendars)
    assert (office.works(), other.works()) == (1, 0)


def test_a_calendar_that_says_the_same_writes_nothing(office: Office) -> None:
    office.works()
    with office.store.reading() as work:
        before = work.overrides.all(NOW)
    office.works(QUARTER)
    with office.store.reading() as work:
        assert work.overrides.all(NOW) == before, "the same rows, not equal ones"


@pytest.mark.parametrize(
    "broken",
    [CalendarTrouble("its server answers 500"), b"<html>", a_calendar(DANA)[:-20]],
    ids=["down", "page", "cut"],
)
def test_trouble_leaves_the_last_good_import_in_force(office: Office, broken: bytes | CalendarTrouble) -> None:
    office.works()
    office.calendars[URL] = broken
    assert office.works(QUARTER) == 1
    assert office.shifts() == ["dana-whitfield", "marcus-oyelaran"]
    [known] = office.books()
    assert (known.failures, bool(known.trouble), known.imported_at) == (1, True, office.now - QUARTER)


def test_trouble_is_mailed_once_and_again_only_after_it_has_worked(office: Office) -> None:
    office.works()
    imported_at = office.now
    well, down = office.calendars[URL], CalendarTrouble("its server answers 500")
    office.calendars[URL] = down
    for _ in range(WARN_AFTER - 1):
        office.works(QUARTER)
        assert office.warnings() == []
    office.works(QUARTER)
    [warning] = office.warnings()
    assert (warning.schedule, warning.source, warning.trouble) == (
        "Shift managers", "calendar.example", "its server answers 500",
    )  # fmt: skip
    assert (warning.recipient.person, warning.imported_at) == ("priya-raman", imported_at)
    for _ in range(5):
        office.works(QUARTER)
    assert office.warnings() == []
    office.calendars[URL] = well
    office.works(QUARTER)
    office.calendars[URL] = down
    for _ in range(WARN_AFTER):
        office.works(QUARTER)
    assert len(office.warnings()) == 1


def test_remarks_are_kept_for_who_asks(office: Office) -> None:
    office.calendars[URL] = a_calendar(DANA, an_event("Lunch", "DTSTART:20261123T130000Z", "DURATION:PT1H"))
    office.works()
    assert office.books()[0].remarks == ("“Lunch”: it names nobody in the routing",)


def test_one_broken_calendar_does_not_stop_another(office: Office) -> None:
    other = "https://elsewhere.example/nights.ics"
    office.calendars |= {URL: CalendarTrouble("nobody knows its server's name"), other: a_calendar(MARCUS)}
    office.publishes(shift=SHIFT, nights=replace(SHIFT, calendar_url=other))
    assert office.works() == 2
    assert (office.shifts("shift"), office.shifts("nights")) == ([], ["marcus-oyelaran"])


def test_another_address_is_fetched_at_once(office: Office) -> None:
    office.works()
    other = "https://elsewhere.example/rota.ics"
    office.calendars[other] = a_calendar(MARCUS)
    office.publishes(shift=replace(SHIFT, calendar_url=other))
    assert office.works() == 1
    assert office.shifts() == ["marcus-oyelaran"]


def without_address(schedule: Schedule) -> dict[str, Schedule]:
    return {"shift": replace(schedule, calendar_url="")}


def without_schedule(_: Schedule) -> dict[str, Schedule]:
    return {}


@pytest.mark.parametrize("change", [without_address, without_schedule])
def test_a_calendar_that_the_routing_names_no_longer_fills_nothing(
    office: Office, change: Callable[[Schedule], dict[str, Schedule]]
) -> None:
    office.works()
    office.publishes(**change(SHIFT))
    assert office.works() == 0
    assert (office.shifts(), office.books()) == ([], [])


def test_what_came_from_a_file_stays(office: Office) -> None:
    office.publishes(**without_address(SHIFT))
    with office.store.writing() as work:
        _, routing = work.routing.current()
        found = import_file(work, routing, "shift", "rota.ics", a_calendar(DANA), office.now)
        assert (len(found.shifts), found.remarks) == (1, ())
    assert office.works() == 0
    assert office.shifts() == ["dana-whitfield"]
    [known] = office.books()
    assert (known.source, known.address, known.shifts) == ("rota.ics", "", 1)


def test_a_broken_file_changes_nothing(office: Office) -> None:
    office.works()
    with office.store.writing() as work, pytest.raises(CalendarTrouble):
        import_file(work, work.routing.current()[1], "shift", "rota.ics", b"<html>", office.now)
    assert office.shifts() == ["dana-whitfield", "marcus-oyelaran"]


def test_before_anything_is_published_nothing_is_fetched(store: Store) -> None:
    assert Office(store).works() == 0
