"""Schedules in the routing file: read, mistakes and doubts, differences, and gaps ahead."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from flows.rules.schedule import DAY, WEEK, Rotation, Schedule
from flows.rules.working_time import Hours
from ivr.routing_file.difference import differences
from ivr.routing_file.document import read
from tests.ivr.routing_file.desk import EXAMPLE, POLICY, changed, routing, said

SECTION = """\
schedules:
  shift:
    time_zone: America/New_York
    rotations:
      - people: [sam, jane]
        every: weekly
        start: 2026-11-02
        hand_over: "09:00"

"""
ON_DUTY = changed(
    "shift_manager: sam",
    "shift_manager: shift",
    changed(
        '    number: "+12025550101"\n',
        '    number: "+12025550101"\n    email: jane@example.com\n',
        changed("ladders:\n", SECTION + "ladders:\n"),
    ),
)
ROTATION = "19: schedules.shift.rotations.1"
NOW = datetime(2026, 11, 23, 14, tzinfo=UTC)

MISTAKES = {
    "a schedule called like a person": (
        "  shift:\n",
        "  sam:\n    time_zone: America/New_York\n  shift:\n",
        "20: schedules.sam: there is a person sam too; call the schedule something else",
    ),
    "a turn of somebody unknown": (
        "people: [sam, jane]",
        "people: [sam, jan]",
        "23: schedules.shift.rotations.1.people: jan is not among the people; did you mean jane?",
    ),
    "a turn of a schedule, its own at that": (
        "people: [sam, jane]",
        "people: [sam, shift]",
        "23: schedules.shift.rotations.1.people: shift is a schedule; turns are taken by people, so name the people",
    ),
    "nobody takes turns": (
        "people: [sam, jane]",
        "people: []",
        "23: schedules.shift.rotations.1.people: nobody takes turns; name at least one person",
    ),
    "no hand-over": (
        '        hand_over: "09:00"\n',
        "",
        '23: schedules.shift.rotations.1.hand_over: is missing; expected a time of day such as "09:00"',
    ),
    "a hand-over that YAML reads as a number": (
        '"09:00"',
        "19:00",
        '26: schedules.shift.rotations.1.hand_over: YAML reads 19:00 as a number; quote it: "19:00"',
    ),
    "a hand-over at no time of day": (
        '"09:00"',
        '"24:00"',
        '26: schedules.shift.rotations.1.hand_over: expected a time of day such as "09:00", not 24:00',
    ),
    "turns of a length that is none": (
        "every: weekly",
        "every: monthly",
        "24: schedules.shift.rotations.1.every: expected daily, weekly, or a length such as 12h or 3d, not monthly",
    ),
    "turns too short": (
        "every: weekly",
        "every: 30m",
        "24: schedules.shift.rotations.1.every: a turn lasts from 1h to 366d",
    ),
    "a start that is no date": (
        "start: 2026-11-02",
        "start: monday",
        "25: schedules.shift.rotations.1.start: expected a date such as 2026-12-24, not monday",
    ),
    "hours that overlap": (
        "every: weekly",
        'every: weekly\n        hours: {monday: "08:00-12:00, 11:00-13:00"}',
        "25: schedules.shift.rotations.1.hours.monday: 08:00-12:00, 11:00-13:00 overlap; merge them into one",
    ),
    "an unknown time zone": (
        "time_zone: America/New_York\n    rotations",
        "time_zone: America/NewYork\n    rotations",
        "21: schedules.shift.time_zone: there is no time zone America/NewYork; did you mean America/New_York?",
    ),
    "a shift manager that is neither": (
        "shift_manager: shift",
        "shift_manager: shifts",
        "7: lines.1.shift_manager: shifts is not among the people and schedules; did you mean shift?",
    ),
    "a level's member that is neither": (
        "members: [jane]",
        "members: [night]",
        "32: ladders.1.levels.1.members: night is not among the people and schedules; there are jane, sam, shift",
    ),
    "a shift manager on duty without e-mail": (
        "\n    email: jane@example.com",
        "",
        "7: lines.1.shift_manager: jane is mailed about every escalation and has no email; add one to that person",
    ),
    "a calendar fetched without encryption": (
        "    rotations:",
        "    calendar_url: http://example.com/shifts.ics\n    rotations:",
        "22: schedules.shift.calendar_url: expected an https address without a password in it, such as "
        "https://example.com/shifts.ics",
    ),
    "a calendar fetched without pause": (
        "    rotations:",
        "    calendar_url: https://example.com/shifts.ics\n    refresh: 1m\n    rotations:",
        "23: schedules.shift.refresh: expected a length from 5m to 1d",
    ),
    "a shift manager whom only a calendar names, and nobody for its gaps": (
        SECTION[SECTION.index("    rotations:") :],
        "    calendar_url: https://example.com/shifts.ics\n",
        "20: schedules.shift: without rotations it has gaps; name as otherwise who is mailed about an escalation then",
    ),
    "an unknown person for the gaps": (
        "    rotations:",
        "    otherwise: tom\n    rotations:",
        "22: schedules.shift.otherwise: tom is not among the people; there are jane, sam",
    ),
}
DOUBTS = {
    "a schedule nobody names": (
        "shift_manager: shift",
        "shift_manager: sam",
        "20: schedules.shift: warning: is on no level and is no shift manager; put it on a level or remove it",
    ),
    "a schedule on which nobody can be": (
        SECTION[SECTION.index("    rotations:") :],
        "    otherwise: sam\n",
        "20: schedules.shift: warning: has neither rotations nor a calendar_url; `ivr oncall import` a file, else "
        "nobody is on duty",
    ),
    "somebody without phone takes turns on a level that rings": (
        '    number: "+12025550102"\n    email: sam@example.com\n',
        "    email: sam@example.com\n",
        "33: ladders.1.levels.2.members: warning: sam has no phone and is passed over on this level; add one to that "
        "person",
    ),
}


def test_a_schedule_is_read() -> None:
    found = routing(ON_DUTY)
    assert found.lines[0].shift_manager == "shift"
    weekly = Rotation(people=("sam", "jane"), start=date(2026, 11, 2), hand_over=time(9), every=WEEK)
    assert found.schedules == {"shift": Schedule(name="shift", zone="America/New_York", rotations=(weekly,))}
    assert said(ON_DUTY) == []


def test_everything_that_a_schedule_may_say() -> None:
    text = changed(
        SECTION,
        """\
schedules:
  shift:
    name: Shift managers
    time_zone: Europe/Berlin
    calendar_url: https://example.com/shifts.ics
    refresh: 30m
    otherwise: sam
    rotations:
      - people: [jane]
        every: 12h
        start: 2026-11-02
        hand_over: "20:00"
        hours: {sunday: "00:00-24:00"}
      - {people: [sam], every: daily, start: 2026-11-02, hand_over: "08:30"}

""",
        ON_DUTY,
    )
    sundays = (Hours(weekday=6, opens=time(0), closes=time(0)),)
    half_days = Rotation(
        people=("jane",), start=date(2026, 11, 2), hand_over=time(20), every=DAY / 2, hours=sundays
    )
    days = Rotation(people=("sam",), start=date(2026, 11, 2), hand_over=time(8, 30), every=DAY)
    assert routing(text).schedules["shift"] == Schedule(
        name="Shift managers", zone="Europe/Berlin", rotations=(half_days, days), otherwise="sam",
        calendar_url="https://example.com/shifts.ics", refresh=timedelta(minutes=30),
    )  # fmt: skip
    assert said(text) == []


def test_a_schedule_may_be_a_member_of_a_level() -> None:
    text = changed("members: [jane]", "members: [shift]", ON_DUTY)
    assert routing(text).ladders[0].levels[0].members == ("shift",)
    assert said(text) == []


@pytest.mark.parametrize(("old", "new", "sentence"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_one_sentence(old: str, new: str, sentence: str) -> None:
    remarks = said(changed(old, new, ON_DUTY))
    assert [remark for remark in remarks if " warning: " not in remark] == [sentence]


@pytest.mark.parametrize(("old", "new", "sentence"), DOUBTS.values(), ids=DOUBTS)
def test_a_doubt_is_a_warning(old: str, new: str, sentence: str) -> None:
    text = changed(old, new, ON_DUTY)
    assert said(text) == [sentence]
    assert routing(text)


def soon(text: str) -> list[str]:
    return [str(remark.finding) for remark in read(text.encode(), POLICY, NOW).remarks]


def test_gaps_of_the_next_two_weeks_are_told() -> None:
    assert soon(ON_DUTY) == []
    later = changed("start: 2026-11-02", "start: 2026-11-30", ON_DUTY)
    assert soon(later) == [
        "schedules.shift: warning: nobody is on duty from 2026-11-23 09:00 to 2026-11-30 09:00"
    ]
    office = changed("every: weekly", 'every: weekly\n        hours: {monday: "09:00-17:00"}', ON_DUTY)
    assert soon(office) == [
        "schedules.shift: warning: nobody is on duty from 2026-11-23 17:00 to 2026-11-30 09:00, the first of 2 "
        "gaps within the next two weeks"
    ]


def test_gaps_that_a_calendar_may_fill_are_not_told() -> None:
    text = changed("    rotations:", "    calendar_url: https://example.com/shifts.ics\n    rotations:", ON_DUTY)
    assert soon(changed("start: 2026-11-02", "start: 2026-12-30", text)) == []


def test_what_publishing_a_schedule_changes() -> None:
    assert differences(routing(EXAMPLE), routing(ON_DUTY)) == [
        "line +12025550150: shift manager sam → shift",
        "person jane: email added: jane@example.com",
        "schedule shift: added (time zone America/New_York)",
        "schedule shift, rotation 1: added (people sam, jane, every weekly, start 2026-11-02, hand over 09:00)",
    ]
    longer = changed("people: [sam, jane]\n        every: weekly", "people: [jane, sam]\n        every: 14d", ON_DUTY)
    assert differences(routing(ON_DUTY), routing(longer)) == [
        "schedule shift, rotation 1: people sam, jane → jane, sam",
        "schedule shift, rotation 1: every weekly → 14d",
    ]
