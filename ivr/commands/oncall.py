"""`ivr oncall`: who is on duty, when, and when nobody is."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import click

from flows.duty import mailed
from flows.routing import Line
from flows.rules.schedule import Override, Schedule, Turn
from flows.rules.shifts import Shift, gaps, shift_at, shifts
from ivr.commands.complaints import listed
from ivr.commands.database import DATABASE
from ivr.commands.oncall_calendars import check, feed, import_
from ivr.commands.oncall_desk import NOBODY, SCHEDULE, Desk, moment, reading, shown
from ivr.commands.oncall_overrides import override, swap

AHEAD = timedelta(days=14)
FAR = timedelta(days=366)
FROM = click.option("--from", "start", metavar="TIME", help="Local time of the schedule, or ISO 8601; by default now.")
TO = click.option("--to", "end", metavar="TIME", help="By default two weeks later.")


@click.group()
def oncall() -> None:
    """Who is on duty. Schedules stand in the routing file; here are their shifts and whoever is put in by hand."""


@oncall.command()
@click.option("--at", metavar="TIME", help='"2026-12-24 18:00" in the zone of the line, or ISO 8601; by default now.')
@SCHEDULE
@DATABASE
def who(at: str | None, only: str | None, database_url: str) -> None:
    """Who is on duty for each schedule, who is shift manager of each line, and until when."""
    with reading(database_url) as desk:
        when = moment(at, desk.zone) if at else desk.now
        lines = [f"At {shown(when, desk.zone)} ({desk.zone.key}):"]
        lines += [_on_duty(desk, key, schedule, when) for key, schedule in desk.schedules(only).items()]
        lines += [_shift_manager(desk, line, when) for line in desk.routing.lines if only in {None, line.shift_manager}]
    click.echo("\n".join(lines))


@oncall.command("shifts")
@FROM
@TO
@SCHEDULE
@DATABASE
def list_shifts(start: str | None, end: str | None, only: str | None, database_url: str) -> None:
    """Who is on duty from when to when, gaps included; times are those of the schedule."""
    with reading(database_url) as desk:
        for key, schedule in desk.schedules(only).items():
            begins, ends = _span(desk, schedule, start, end)
            standing = desk.work.overrides.for_schedule(key, begins)
            click.echo(f"{key} ({schedule.zone}):")
            for at, line in sorted(_rows(desk, schedule, standing, begins, ends)):
                click.echo(f"  {shown(at, ZoneInfo(schedule.zone))}{line}")


@oncall.command("gaps")
@FROM
@TO
@SCHEDULE
@DATABASE
def list_gaps(start: str | None, end: str | None, only: str | None, database_url: str) -> None:
    """When nobody is on duty; exit code 1 when there is such a time."""
    with reading(database_url) as desk:
        found = [
            f"{key}: nobody from {_shown_span(schedule, *gap)}"
            for key, schedule in desk.schedules(only).items()
            for gap in _gaps(desk, key, schedule, *_span(desk, schedule, start, end))
        ]
    listed(found)
    click.echo("Somebody is on duty all the time.")


def _span(desk: Desk, schedule: Schedule, start: str | None, end: str | None) -> tuple[datetime, datetime]:
    zone = ZoneInfo(schedule.zone)
    begins = moment(start, zone) if start else desk.now
    return begins, moment(end, zone) if end else begins + AHEAD


def _gaps(
    desk: Desk, key: str, schedule: Schedule, begins: datetime, ends: datetime
) -> Iterator[tuple[datetime, datetime]]:
    return gaps(schedule, desk.work.overrides.for_schedule(key, begins), begins, ends)


def _rows(
    desk: Desk, schedule: Schedule, standing: tuple[Override, ...], begins: datetime, ends: datetime
) -> Iterator[tuple[datetime, str]]:
    zone = ZoneInfo(schedule.zone)
    for shift in shifts(schedule, standing, begins, ends):
        yield shift.starts_at, f" to {shown(shift.ends_at, zone)}  {desk.named(shift.person)}{_because(shift)}"
    for starts_at, ends_at in gaps(schedule, standing, begins, ends):
        yield starts_at, f" to {shown(ends_at, zone)}  {NOBODY}"


def _because(shift: Shift) -> str:
    match shift.duty:
        case Turn():
            return ""
        case Override(imported=True):
            return "  (calendar)"
        case Override(id=number, set_by=set_by, why=why):
            return f"  (override {number}, {': '.join(part for part in (set_by, why) if part)})"


def _shown_span(schedule: Schedule, begins: datetime, ends: datetime) -> str:
    zone = ZoneInfo(schedule.zone)
    return f"{shown(begins, zone)} to {shown(ends, zone)} ({schedule.zone})"


def _on_duty(desk: Desk, key: str, schedule: Schedule, at: datetime) -> str:
    standing = desk.work.overrides.for_schedule(key, at)
    shift = shift_at(schedule, standing, at)
    called = key if schedule.name == key else f"{key}, {schedule.name}"
    if shift:
        return f"{called}: {desk.named(shift.person)}, until {shown(shift.ends_at, ZoneInfo(schedule.zone))}"
    _, ends = next(gaps(schedule, standing, at, at + FAR))
    until = f"until {shown(ends, ZoneInfo(schedule.zone))}" if ends < at + FAR else "for a year at least"
    return f"{called}: {NOBODY}, {until}"


def _shift_manager(desk: Desk, line: Line, at: datetime) -> str:
    found = mailed(desk.routing, line.shift_manager, desk.work.overrides.standing(at), at)
    instead = f" ({NOBODY} who can be mailed is on duty on {found.stands_in_for})" if found.stands_in_for else ""
    return f"line {line.number}: mails go to {desk.named(found.person or None)}{instead}"


for command in (override, swap, import_, check, feed):
    oncall.add_command(command)
