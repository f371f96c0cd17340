"""The sections about terms: support programs, working time, cooldown."""

from datetime import timedelta

from flows.routing import Calendar, Grant, Program
from flows.rules.cooldown import CooldownTerms
from flows.rules.restraint import Restraint
from flows.rules.working_time import Hours
from ivr.routing_file.kinds import (
    DAILY_HOURS,
    DAY,
    DURATION,
    WORKING_DURATION,
    Kind,
    Record,
    by_name,
    list_of,
    one_of,
    whole,
    words,
)
from ivr.routing_file.nodes import Unreadable, Value
from ivr.routing_file.texts import SEVERITIES, WEEKDAYS, openings_from_text

ESCALATION = {"allowed": True, "refused": False}
BLANK_PROGRAM = Program(name="", grants={})
BLANK_CALENDAR = Calendar(zone="", hours=())

ZONE = words("a time zone such as Europe/Berlin")
CALENDAR = words("the name of a calendar")


def programs(top: Record) -> dict[str, Program]:
    """Programs by the name tickets give; ``name`` is there only for the rare one that is called otherwise."""
    found = top.required("programs", by_name(Kind("a grace period and severities", _program), BLANK_PROGRAM), {})
    return {
        key: Program(name=program.name or key, grants=program.grants, grace=program.grace)
        for key, program in found.items()
    }


def _program(value: Value) -> Program:
    record = Record(value, "name", "grace", "severities")
    grants = record.required("severities", Kind(f"grants for {', '.join(SEVERITIES)}", _grants), {})
    return Program(
        name=record.optional("name", words("a name"), ""),
        grace=record.optional("grace", DURATION, BLANK_PROGRAM.grace),
        grants=grants,
    )


def _grants(value: Value) -> dict[int, Grant]:
    record = Record(value, *SEVERITIES)
    kind: Kind[Grant | None] = Kind("escalation and guaranteed_response", _grant)
    found = {number: record.optional(name, kind, None) for name, number in SEVERITIES.items()}
    return {number: grant for number, grant in found.items() if grant is not None}


def _grant(value: Value) -> Grant:
    record = Record(value, "escalation", "guaranteed_response", "calendar")
    counted_in = record.optional("calendar", CALENDAR, "")
    allowed = record.required("escalation", one_of(ESCALATION), False)
    read = record.required if allowed else record.optional
    return Grant(
        escalation_allowed=allowed,
        guaranteed_response=read("guaranteed_response", WORKING_DURATION if counted_in else DURATION, timedelta()),
        calendar=counted_in,
    )


def calendar(value: Value) -> Calendar:
    """One calendar. Raises Unreadable."""
    record = Record(value, "time_zone", "hours", "holidays", "closed_on")
    days = record.optional("closed_on", list_of(DAY), ())
    return Calendar(
        zone=record.required("time_zone", ZONE, ""),
        hours=record.required("hours", WEEKLY_HOURS, ()),
        holiday_region=record.optional("holidays", words("a country (US), or country and state (DE-BY)"), ""),
        closed_on=frozenset(days),
    )


def _week(value: Value) -> tuple[Hours, ...]:
    record = Record(value, *WEEKDAYS)
    days = (record.optional(name, _day(number), ()) for number, name in enumerate(WEEKDAYS))
    return tuple(sorted((each for day in days for each in day), key=lambda each: (each.weekday, each.opens)))


def _day(number: int) -> Kind[tuple[Hours, ...]]:
    def read(value: Value) -> tuple[Hours, ...] | None:
        try:
            return openings_from_text(number, value.text())
        except ValueError as trouble:
            raise Unreadable(str(trouble)) from trouble

    return Kind('hours such as "08:00-12:00, 13:00-18:00"', read)


WEEKLY_HOURS = Kind('weekdays with hours, such as monday: "08:00-18:00"', _week)


def restraint(value: Value) -> Restraint:
    """How often anybody is rung in one night. Raises Unreadable."""
    record, usual = Record(value, "rings_per_night", "night"), Restraint()
    count = whole("a number of rings such as 3")
    return Restraint(
        rings_a_night=record.optional("rings_per_night", count, usual.rings_a_night),
        night=record.optional("night", DAILY_HOURS, usual.night),
    )


def cooldown(value: Value) -> CooldownTerms:
    """The cooldown, with the usual lengths for those not given. Raises Unreadable."""
    record = Record(value, "after_reached", "after_exhausted", "after_abandoned", "max_attempts", "window")
    usual = CooldownTerms()
    try:
        return CooldownTerms(
            after_reached=record.optional("after_reached", DURATION, usual.after_reached),
            after_exhausted=record.optional("after_exhausted", DURATION, usual.after_exhausted),
            after_abandoned=record.optional("after_abandoned", DURATION, usual.after_abandoned),
            max_attempts=record.optional("max_attempts", whole("a number of attempts such as 4"), usual.max_attempts),
            window=record.optional("window", DURATION, usual.window),
        )
    except ValueError as trouble:
        raise Unreadable(str(trouble)) from trouble
