"""A team keeps its rota in a calendar: what it says becomes shifts, and what nobody understands is told."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.routing import Person
from flows.rules.schedule import Schedule
from ivr.calendars.events import CalendarTrouble
from ivr.calendars.reading import AHEAD, BEHIND, MOST_REMARKS, Reading, read
from tests.ivr.calendars.ics import a_calendar, an_event

NOW = datetime(2026, 10, 20, 12, tzinfo=UTC)
BERLIN = Schedule(name="Shift", zone="Europe/Berlin")
PEOPLE = {
    "dana": Person(name="Dana Whitfield", email="Dana.Whitfield@example.com"),
    "marcus": Person(name="Marcus Oyelaran", email="marcus@example.com"),
    "dan": Person(name="Dana"),
}
MORNING = ("DTSTART;TZID=Europe/Berlin:20261021T080000", "DTEND;TZID=Europe/Berlin:20261021T160000")
EVERY_MINUTE = ",".join(map(str, range(60)))


def reading(*parts: str) -> Reading:
    return read(a_calendar(*parts), "shift", BERLIN, PEOPLE, NOW)


def shifts(*parts: str) -> list[tuple[str | None, str, str]]:
    """Who from when to when (UTC), of a calendar about which there is nothing to remark."""
    found = reading(*parts)
    assert found.remarks == ()
    assert all(each.imported and each.schedule == "shift" for each in found.shifts)
    return [(each.person, f"{each.starts_at:%m-%d %H:%M}", f"{each.ends_at:%m-%d %H:%M}") for each in found.shifts]


def remarks(*parts: str) -> list[str]:
    """What is told about a calendar of which nothing can be used."""
    found = reading(*parts)
    assert found.shifts == ()
    return list(found.remarks)


@pytest.mark.parametrize(
    ("lines", "starts", "ends"),
    [
        pytest.param(MORNING, "10-21 06:00", "10-21 14:00", id="with a time zone"),
        pytest.param(("DTSTART:20261021T080000Z", "DURATION:PT8H"), "10-21 08:00", "10-21 16:00", id="UTC, duration"),
        pytest.param(("DTSTART:20261021T080000", "DTEND:20261021T160000"), "10-21 06:00", "10-21 14:00", id="no zone"),
        pytest.param(("DTSTART;VALUE=DATE:20261021",), "10-20 22:00", "10-21 22:00", id="a whole day"),
        pytest.param(
            ("DTSTART;VALUE=DATE:20261024", "DTEND;VALUE=DATE:20261026"), "10-23 22:00", "10-25 23:00",
            id="the weekend when clocks go back, an hour longer",
        ),
        pytest.param(
            ("DTSTART;TZID=W. Europe Standard Time:20261021T080000", "DURATION:P1D"), "10-21 06:00", "10-22 06:00",
            id="a zone as Windows calls it",
        ),
    ],
)  # fmt: skip
def test_an_event_is_a_shift(lines: tuple[str, ...], starts: str, ends: str) -> None:
    assert shifts(an_event("Dana Whitfield", *lines)) == [("dana", starts, ends)]


def test_a_zone_of_ones_own_making() -> None:
    zone = (
        "BEGIN:VTIMEZONE", "TZID:Ours", "BEGIN:STANDARD", "DTSTART:19700101T000000", "TZOFFSETFROM:+0530",
        "TZOFFSETTO:+0530", "END:STANDARD", "END:VTIMEZONE",
    )  # fmt: skip
    event = an_event("Dana Whitfield", "DTSTART;TZID=Ours:20261021T080000", "DTEND;TZID=Ours:20261021T160000")
    assert shifts(*zone, event) == [("dana", "10-21 02:30", "10-21 10:30")]


def test_a_recurring_shift_with_a_day_left_out_and_one_moved() -> None:
    week = an_event(
        "Dana Whitfield", "DTSTART;TZID=Europe/Berlin:20261022T090000", "DTEND;TZID=Europe/Berlin:20261022T170000",
        "RRULE:FREQ=DAILY;COUNT=6", "EXDATE;TZID=Europe/Berlin:20261023T090000", uid="week",
    )  # fmt: skip
    moved = an_event(
        "Marcus Oyelaran", "RECURRENCE-ID;TZID=Europe/Berlin:20261024T090000",
        "DTSTART;TZID=Europe/Berlin:20261024T120000", "DTEND;TZID=Europe/Berlin:20261024T130000", uid="week",
    )  # fmt: skip
    assert shifts(week, moved) == [
        ("dana", "10-22 07:00", "10-22 15:00"),
        ("marcus", "10-24 10:00", "10-24 11:00"),
        ("dana", "10-25 08:00", "10-25 16:00"),
        ("dana", "10-26 08:00", "10-26 16:00"),
        ("dana", "10-27 08:00", "10-27 16:00"),
    ]


def test_only_what_is_near_is_imported() -> None:
    daily = an_event("Dana Whitfield", "DTSTART;VALUE=DATE:20250101", "RRULE:FREQ=DAILY")
    found = reading(daily).shifts
    assert found[0].ends_at > NOW - BEHIND >= found[0].starts_at
    assert found[-1].starts_at <= NOW + AHEAD < found[-1].ends_at
    assert len(found) == (AHEAD + BEHIND).days + 1


@pytest.mark.parametrize(
    ("summary", "lines", "person"),
    [
        pytest.param("On call", ["ATTENDEE:mailto:MARCUS@example.com"], "marcus", id="by mail address"),
        pytest.param("Dana Whitfield", ["ATTENDEE:mailto:marcus@example.com"], "marcus", id="rather than by name"),
        pytest.param(
            "Rota",
            ["ATTENDEE;PARTSTAT=DECLINED:mailto:marcus@example.com", "ATTENDEE:mailto:dana.whitfield@example.com"],
            "dana", id="not by the address of somebody who declined",
        ),
        pytest.param(
            "Rota", ["ATTENDEE:mailto:team@example.com", "ATTENDEE:mailto:marcus@example.com"], "marcus",
            id="by the first address that is one of ours",
        ),
        pytest.param("Shift: marcus oyelaran (late)", [], "marcus", id="by name within the title"),
        pytest.param("dana whitfield", [], "dana", id="by the longer of two names"),
        pytest.param("Dana on call", [], "dan", id="by the shorter one when that is all there is"),
        pytest.param("Marcus Oyelaran / Dana Whitfield", [], "marcus", id="by the first of two names"),
        pytest.param("on-call:marcus", [], "marcus", id="by key"),
    ],
)  # fmt: skip
def test_whom_an_event_means(summary: str, lines: list[str], person: str) -> None:
    assert [who for who, _, _ in shifts(an_event(summary, *MORNING, *lines))] == [person]


def test_a_cancelled_shift_is_none() -> None:
    assert shifts(an_event("Dana Whitfield", *MORNING, "STATUS:CANCELLED")) == []


def test_the_same_shift_twice_is_one() -> None:
    twice = [an_event("Dana Whitfield", *MORNING, uid=uid) for uid in ("one", "two")]
    assert len(shifts(*twice)) == 1


@pytest.mark.parametrize(
    ("event", "remark"),
    [
        pytest.param(an_event("Team lunch", *MORNING), "“Team lunch”: it names nobody in the routing", id="nobody"),
        pytest.param(an_event("Danas", *MORNING), "“Danas”: it names nobody in the routing", id="half a name"),
        pytest.param(an_event("Dana", "DTSTART:20261021T080000Z"), "“Dana”: it has no length", id="no end"),
        pytest.param(an_event("Dana"), "“Dana”: it has no beginning", id="no beginning"),
        pytest.param(an_event("Dana", "DTSTART:soon"), "“Dana”: its DTSTART cannot be read", id="no time"),
        pytest.param(
            an_event("Dana", *MORNING, "RRULE:FREQ=SOMETIMES"), "“Dana”: its RRULE cannot be read", id="no rule"
        ),
        pytest.param(
            an_event("Dana", *MORNING, "RRULE:FREQ=SECONDLY"), "“Dana”: it recurs in a way that no rota does",
            id="every second",
        ),
        pytest.param(
            an_event("Dana", "DTSTART:00010101T000000Z", "DURATION:PT1H", "RRULE:FREQ=DAILY"),
            "“Dana”: it recurs since before 2000", id="since Roman times",
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_told(event: str, remark: str) -> None:
    assert remarks(event) == [remark]


def test_the_same_remark_is_told_once() -> None:
    lunch = an_event("Lunch", "DTSTART:20261021T100000Z", "DURATION:PT1H", "RRULE:FREQ=DAILY;COUNT=3")
    assert remarks(lunch) == ["“Lunch”, 3 times: it names nobody in the routing"]


def test_many_remarks_are_cut_short() -> None:
    found = remarks(*(an_event(f"Lunch {number}", *MORNING) for number in range(MOST_REMARKS + 5)))
    assert len(found) == MOST_REMARKS + 1
    assert found[-1] == "and 5 more"


def test_a_zone_that_nobody_knows_is_told_and_the_schedules_own_is_taken() -> None:
    odd = an_event("Dana", "DTSTART;TZID=Nowhere/Land:20261021T080000", "DTEND;TZID=Nowhere/Land:20261021T160000")
    found = reading(odd)
    assert [each.starts_at for each in found.shifts] == [datetime(2026, 10, 21, 6, tzinfo=UTC)]
    assert found.remarks == ("“Dana”: nobody knows its time zone Nowhere/Land; it is read as Europe/Berlin",)


def test_two_people_at_the_same_time_are_told() -> None:
    found = reading(
        an_event("Dana Whitfield", *MORNING),
        an_event("Marcus Oyelaran", "DTSTART:20261021T130000Z", "DTEND:20261021T220000Z"),
    )
    assert len(found.shifts) == 2
    assert found.remarks == (
        "dana and marcus at the same time, first on 2026-10-21 15:00: the later shift counts",
    )


@pytest.mark.parametrize(
    ("text", "why"),
    [
        pytest.param(b"", "there is no whole calendar in it", id="nothing"),
        pytest.param(b"<html><body>Sign in</body></html>", "this is no iCalendar", id="a page to sign in"),
        pytest.param(a_calendar(an_event("Dana", *MORNING))[:-30], "there is no whole calendar in it", id="cut off"),
        pytest.param(b"BEGIN:VEVENT\r\nUID:1\r\nEND:VEVENT\r\n", "there is no whole calendar in it", id="a lone event"),
        pytest.param(b"\xff\xfe\x00\x01", "this is no iCalendar", id="not even text"),
        pytest.param(
            a_calendar(*(an_event("Dana", *MORNING, "RRULE:FREQ=HOURLY", uid=str(uid)) for uid in range(3))),
            "recur more than 60 times a day", id="every hour three times",
        ),
        pytest.param(
            a_calendar(an_event("Dana", *MORNING, f"RRULE:FREQ=DAILY;BYHOUR=1,2;BYMINUTE={EVERY_MINUTE}")),
            "recur more than 60 times a day", id="every minute in disguise",
        ),
    ],
)  # fmt: skip
def test_what_is_no_calendar(text: bytes, why: str) -> None:
    with pytest.raises(CalendarTrouble, match=why):
        read(text, "shift", BERLIN, PEOPLE, NOW)


ODD_VALUES = st.sampled_from([
    "20261021T080000Z", "20261021T080000", "20261021", "080000", "99991231T235959Z", "00010101", "-P1D", "P999999999W",
    "PT0S", "PT1H", "P1D", "20261021T080000Z/PT1H", "FREQ=DAILY", "FREQ=WEEKLY;BYDAY=MO,XX", "FREQ=DAILY;COUNT=-1",
    "FREQ=DAILY;INTERVAL=0", "FREQ=YEARLY;BYMONTH=13", "FREQ=DAILY;UNTIL=20261021", "mailto:", ":::", "", "\\n\\,;",
    "FREQ=MONTHLY;BYSETPOS=400", "CANCELLED", "FREQ=DAILY;COUNT=1000000;UNTIL=20270101T000000Z",
])  # fmt: skip
ODD_NAMES = st.sampled_from([
    "DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "ATTENDEE", "STATUS", "RECURRENCE-ID", "SUMMARY",
    "DTSTART;TZID=Europe/Berlin", "DTSTART;TZID=../../etc/passwd", "DTSTART;VALUE=DATE", "DTEND;VALUE=DATE", "EXRULE",
    "RDATE;VALUE=PERIOD", "DTSTART;VALUE=PERIOD", "UID", "SEQUENCE",
])  # fmt: skip
ODD_EVENTS = st.lists(st.tuples(ODD_NAMES, ODD_VALUES).map(":".join), max_size=6).map(
    lambda lines: an_event("Dana", "DTSTART:20261021T080000Z", *lines)
)


@settings(max_examples=300)
@given(st.binary(max_size=99) | st.lists(ODD_EVENTS, max_size=3).map(lambda found: a_calendar(*found)))
def test_whatever_comes_is_read_or_refused(text: bytes) -> None:
    try:
        found = read(text, "shift", BERLIN, PEOPLE, NOW)
    except CalendarTrouble:
        return
    assert all(shift.ends_at - shift.starts_at > timedelta() for shift in found.shifts)
