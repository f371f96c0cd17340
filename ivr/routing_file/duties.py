"""The section about schedules: who takes turns on duty."""

from dataclasses import replace
from datetime import date, time, timedelta

from flows.rules.schedule import DAY as A_DAY
from flows.rules.schedule import LONGEST_TURN, SHORTEST_TURN, WEEK, Rotation, Schedule
from ivr.routing_file.kinds import DAY, DURATION, TIME_OF_DAY, Kind, Record, by_name, list_of, parts, words
from ivr.routing_file.nodes import Unreadable, Value
from ivr.routing_file.terms import WEEKLY_HOURS, ZONE
from ivr.routing_file.texts import length_from_text

TURNS = {"daily": A_DAY, "weekly": WEEK}
BLANK_ROTATION = Rotation(people=("",), start=date(2000, 1, 1), hand_over=time(0))
BLANK_SCHEDULE = Schedule(name="", zone="")

MEMBER = words("the key of a person")


def schedules(top: Record) -> dict[str, Schedule]:
    """Schedules by the key that levels and lines name; without a name they are called by it."""
    found = top.optional("schedules", by_name(Kind("a time zone and rotations", _schedule), BLANK_SCHEDULE), {})
    return {key: replace(schedule, name=schedule.name or key) for key, schedule in found.items()}


def _schedule(value: Value) -> Schedule:
    record = Record(value, "name", "time_zone", "rotations", "calendar_url", "refresh", "otherwise")
    return Schedule(
        name=record.optional("name", words("what the schedule is called"), ""),
        zone=record.required("time_zone", ZONE, ""),
        rotations=record.optional("rotations", parts("a list of rotations", _rotation, BLANK_ROTATION), ()),
        calendar_url=record.optional("calendar_url", words("the address of an iCalendar"), ""),
        refresh=record.optional("refresh", DURATION, BLANK_SCHEDULE.refresh),
        otherwise=record.optional("otherwise", MEMBER, ""),
    )


def _rotation(value: Value) -> Rotation:
    record = Record(value, "people", "every", "start", "hand_over", "hours")
    return Rotation(
        people=record.required("people", Kind("a list of people who take turns", _people), BLANK_ROTATION.people),
        every=record.required("every", Kind("daily, weekly, or a length such as 12h or 3d", _turn), WEEK),
        start=record.required("start", DAY, BLANK_ROTATION.start),
        hand_over=record.required("hand_over", TIME_OF_DAY, BLANK_ROTATION.hand_over),
        hours=record.optional("hours", WEEKLY_HOURS, ()),
    )


def _people(value: Value) -> tuple[str, ...]:
    if not any(value.items()):
        raise Unreadable("nobody takes turns; name at least one person")
    return list_of(MEMBER).of(value) or BLANK_ROTATION.people


def _turn(value: Value) -> timedelta | None:
    length = TURNS.get(value.raw) or length_from_text(value.raw)
    if length is not None and not SHORTEST_TURN <= length <= LONGEST_TURN:
        raise Unreadable("a turn lasts from 1h to 366d")
    return length
