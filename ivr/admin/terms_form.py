"""Programs and calendars as forms: what was typed, whatever it is, and what it means."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from flows.routing import Calendar, Grant, Program
from flows.rules.working_time import Hours
from ivr.routing_file.texts import (
    SEVERITIES,
    WEEKDAYS,
    length_from_text,
    length_to_text,
    openings_from_text,
    openings_to_text,
)

LENGTH = "A length such as 45m, 2h, 1h 30m or 1d."
WORKING_LENGTH = "In hours and minutes, such as 4h: with a calendar only working time counts."
OPENINGS = "Hours such as 08:00-12:00, 13:00-18:00; empty: closed."
DAYS = "Dates such as 2026-12-24, one on each line."
NAME = "A name, as tickets say it, at most 80 characters."
LONGEST_NAME = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantForm:
    """What is granted at one severity, as it was typed."""

    allowed: bool = True
    response: str = ""
    calendar: str = ""


@dataclass(slots=True, kw_only=True)
class ProgramForm:
    """A program; ``was`` is its name when the form was opened, empty for a new one; ``wrong`` is told by field."""

    was: str = ""
    name: str = ""
    grace: str = "2h"
    grants: Mapping[int, GrantForm] = field(default_factory=dict)
    wrong: dict[str, str] = field(default_factory=dict)

    def plan(self, called: str) -> Program:
        """The program it means, under the name people read (``called``, empty: its key); mistakes are noted."""
        _check_name(self.name, self.wrong)
        grace = self._length("grace", self.grace, working=False)
        grants = {severity: self._grant(severity, grant) for severity, grant in self.grants.items()}
        return Program(name=called or self.name, grace=grace, grants=grants)

    def _grant(self, severity: int, grant: GrantForm) -> Grant:
        spoken = grant.response or ("" if grant.allowed else "0m")
        response = self._length(f"response-{severity}", spoken, working=bool(grant.calendar))
        return Grant(escalation_allowed=grant.allowed, guaranteed_response=response, calendar=grant.calendar)

    def _length(self, name: str, text: str, *, working: bool) -> timedelta:
        length = length_from_text(text)
        if length is None or (working and "d" in text):
            self.wrong[name] = WORKING_LENGTH if working else LENGTH
        return length or timedelta()


@dataclass(slots=True, kw_only=True)
class CalendarForm:
    """A calendar of working time; ``hours`` are texts by weekday, ``closed_on`` has one date on each line."""

    was: str = ""
    name: str = ""
    zone: str = ""
    hours: Mapping[str, str] = field(default_factory=dict)
    holidays: str = ""
    closed_on: str = ""
    wrong: dict[str, str] = field(default_factory=dict)

    @property
    def plan(self) -> Calendar:
        """The calendar it means; mistakes are noted."""
        _check_name(self.name, self.wrong)
        hours = tuple(each for day, name in enumerate(WEEKDAYS) for each in self._day(day, name))
        return Calendar(zone=self.zone, hours=hours, holiday_region=self.holidays, closed_on=frozenset(self._days()))

    def _day(self, day: int, name: str) -> tuple[Hours, ...]:
        text = self.hours.get(name, "")
        try:
            found = openings_from_text(day, text) if text else ()
        except ValueError as trouble:
            self.wrong[name] = f"{trouble}."
            return ()
        if found is None:
            self.wrong[name] = OPENINGS
        return found or ()

    def _days(self) -> list[date]:
        try:
            return [date.fromisoformat(line.strip()) for line in self.closed_on.splitlines() if line.strip()]
        except ValueError:
            self.wrong["closed_on"] = DAYS
            return []


def program_shown(key: str, program: Program) -> ProgramForm:
    """The form of a program as it stands."""
    grants = {
        number: GrantForm(
            allowed=grant.escalation_allowed,
            response=length_to_text(grant.guaranteed_response, working=bool(grant.calendar)),
            calendar=grant.calendar,
        )
        for number in SEVERITIES.values()
        for grant in [program.grants.get(number, Grant(escalation_allowed=False, guaranteed_response=timedelta()))]
    }
    return ProgramForm(was=key, name=key, grace=length_to_text(program.grace), grants=grants)


def new_program() -> ProgramForm:
    """The form of a program to be."""
    return ProgramForm(grants={number: GrantForm() for number in SEVERITIES.values()})


def program_typed(fields: Mapping[str, str]) -> ProgramForm:
    """The form as it was sent."""
    grants = {
        number: GrantForm(
            allowed=f"allowed-{number}" in fields,
            response=fields.get(f"response-{number}", "").strip(),
            calendar=fields.get(f"calendar-{number}", ""),
        )
        for number in SEVERITIES.values()
    }
    return ProgramForm(
        was=fields.get("was", ""), name=fields.get("name", "").strip(), grace=fields.get("grace", "").strip(),
        grants=grants,
    )


def calendar_shown(key: str, calendar: Calendar) -> CalendarForm:
    """The form of a calendar as it stands."""
    hours = {
        name: openings_to_text(each for each in calendar.hours if each.weekday == day)
        for day, name in enumerate(WEEKDAYS)
    }
    closed_on = "\n".join(day.isoformat() for day in sorted(calendar.closed_on))
    return CalendarForm(
        was=key, name=key, zone=calendar.zone, hours=hours, holidays=calendar.holiday_region, closed_on=closed_on
    )


def calendar_typed(fields: Mapping[str, str]) -> CalendarForm:
    """The form as it was sent."""
    return CalendarForm(
        was=fields.get("was", ""), name=fields.get("name", "").strip(), zone=fields.get("zone", "").strip(),
        hours={name: fields.get(name, "").strip() for name in WEEKDAYS}, holidays=fields.get("holidays", "").strip(),
        closed_on=fields.get("closed_on", "").replace("\r\n", "\n"),
    )


def _check_name(name: str, wrong: dict[str, str]) -> None:
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        wrong["name"] = NAME
