"""Each person subscribes to their own duties: nobody else's, in UTC, under an address that nobody can make up."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import recurring_ical_events
from flask import Flask
from flask.testing import FlaskClient
from icalendar import Calendar

from db import seed
from db.unit_of_work import Store
from flows.routing import Person, Routing
from flows.rules.schedule import Override, Rotation, Schedule
from ivr.api.oncall_feed import feed_pages
from ivr.calendars.feed import AHEAD, BEHIND, FeedAddresses, PersonFeed

NOW = datetime(2026, 10, 20, 12, tzinfo=UTC)
WEEKLY = Rotation(people=("dana", "marcus"), start=date(2026, 1, 5), hand_over=time(9))
BERLIN = ZoneInfo("Europe/Berlin")
SHIFT = Schedule(name="Shift managers", zone="Europe/Berlin", rotations=(WEEKLY,))
ROUTING = Routing(
    lines=seed.ROUTING.lines,
    people={"dana": Person(name="Dana Whitfield"), "marcus": Person(name="Marcus"), "priya": Person(name="Priya")},
    programs={},
    ladders=(),
    schedules={"shift": SHIFT},
)
ADDRESSES = FeedAddresses("0123456789abcdef0123456789abcdef", "https://line.example.com")


class Site:
    """The page on a database, at a time of day."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.now = NOW
        app = Flask("feed")
        app.register_blueprint(feed_pages(PersonFeed(store, lambda: self.now, ADDRESSES).calendar))
        self.browser: FlaskClient = app.test_client()
        self.publishes(ROUTING)

    def publishes(self, routing: Routing) -> None:
        with self.store.writing() as work:
            work.routing.publish(routing, "dana", "", NOW)

    def events(self, person: str) -> list[Any]:
        """What a calendar program makes of the feed, in order."""
        answer = self.browser.get(ADDRESSES.of(person))
        assert (answer.status_code, answer.content_type) == (200, "text/calendar; charset=utf-8")
        [calendar] = Calendar.from_ical(answer.data, multiple=True)
        assert not calendar.errors
        return sorted(calendar.walk("VEVENT"), key=lambda event: event["DTSTART"].dt)

    def spans(self, person: str) -> list[tuple[datetime, datetime]]:
        return [(event["DTSTART"].dt, event["DTEND"].dt) for event in self.events(person)]


@pytest.fixture
def site(store: Store) -> Site:
    return Site(store)


def berlin(day: str, hour: int) -> datetime:
    """An hour of a winter day (UTC+1), or of a summer day (UTC+2) before 25 October 2026."""
    offset = "+02:00" if day < "2026-10-25" else "+01:00"
    return datetime.fromisoformat(f"{day}T{hour:02}:00:00{offset}")


def test_every_second_week_at_nine_also_when_clocks_change(site: Site) -> None:
    spans = site.spans("dana")
    assert (berlin("2026-10-12", 9), berlin("2026-10-19", 9)) in spans
    assert (berlin("2026-10-26", 9), berlin("2026-11-02", 9)) in spans
    assert all(begins < NOW + AHEAD and ends > NOW - BEHIND for begins, ends in spans)
    mine, theirs = set(spans), set(site.spans("marcus"))
    assert not mine & theirs
    assert len(mine | theirs) == 16
    assert site.spans("priya") == []


def test_a_calendar_program_reads_the_same(site: Site) -> None:
    calendar = Calendar.from_ical(site.browser.get(ADDRESSES.of("marcus")).data)
    [now] = recurring_ical_events.of(calendar).at(NOW)
    assert str(now["SUMMARY"]) == "On call: Shift managers"
    assert (now["DTSTART"].dt, now["DTEND"].dt) == (berlin("2026-10-19", 9), berlin("2026-10-26", 9))
    assert str(now["TRANSP"]) == "TRANSPARENT"
    assert b"\r\nDTSTART:20261019T070000Z\r\n" in calendar.to_ical()


def test_whoever_is_put_in_sees_it_and_why(site: Site) -> None:
    with site.store.writing() as work:
        dentist = Override(
            schedule="shift", person="priya", starts_at=berlin("2026-10-21", 9), ends_at=berlin("2026-10-21", 17),
            set_by="marcus", why="dentist",
        )  # fmt: skip
        work.overrides.add(dentist, NOW)
    [event] = site.events("priya")
    assert (event["DTSTART"].dt, event["DTEND"].dt, str(event["DESCRIPTION"])) == (
        dentist.starts_at, dentist.ends_at, "dentist",
    )  # fmt: skip
    marcus = site.spans("marcus")
    assert (berlin("2026-10-19", 9), berlin("2026-10-21", 9)) in marcus
    assert (berlin("2026-10-21", 17), berlin("2026-10-26", 9)) in marcus


def test_the_same_shift_has_the_same_id_whenever_it_is_asked_for(site: Site) -> None:
    def ids() -> dict[datetime, str]:
        return {event["DTSTART"].dt: str(event["UID"]) for event in site.events("marcus")}

    before = ids()
    assert len(set(before.values())) == len(before)
    for hours in (1, 24 * 3, 24 * 8):
        site.now = NOW + timedelta(hours=hours)
        later = ids()
        assert all(later[begins] == uid for begins, uid in before.items() if begins in later)
        begins, ends = (at.astimezone(BERLIN) for at in site.spans("marcus")[0])
        assert ends.replace(tzinfo=None) - begins.replace(tzinfo=None) == timedelta(days=7), "by the clock on the wall"


@pytest.mark.parametrize("token", ["", "dana", "ImRhbmEi", "ImRhbmEi.forged", "%00", "a" * 5000])
def test_an_address_of_ones_own_making_is_not_found(site: Site, token: str) -> None:
    answer = site.browser.get(f"/oncall/{token}.ics")
    assert answer.status_code == 404
    assert b"BEGIN" not in answer.data


def test_an_address_made_with_another_key_is_not_found(site: Site) -> None:
    forged = FeedAddresses("another key of thirty-two letters", "https://line.example.com").of("dana")
    assert site.browser.get(forged).status_code == 404


def test_whoever_has_left_has_no_calendar(site: Site) -> None:
    address = ADDRESSES.of("kim")
    assert site.browser.get(address).status_code == 404


def test_an_answer_may_be_kept_for_a_while_but_by_nobody_else(site: Site) -> None:
    assert site.browser.get(ADDRESSES.of("dana")).headers["Cache-Control"] == "private, max-age=900"


def test_before_anything_is_published_there_is_no_calendar(store: Store) -> None:
    feed = PersonFeed(store, lambda: NOW, ADDRESSES)
    token = ADDRESSES.of("dana").rpartition("/")[2].removesuffix(".ics")
    assert feed.calendar(token) is None
