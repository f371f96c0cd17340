"""`ivr oncall import`, `check` and `feed`: schedules filled from calendars, and calendars to subscribe to."""

from collections.abc import Iterator
from zoneinfo import ZoneInfo

import click

from db.repositories.calendar_imports import CalendarImport
from flows.rules.schedule import Schedule
from ivr.calendars.events import CalendarTrouble
from ivr.calendars.feed import FeedAddresses
from ivr.calendars.imports import import_file, source_of
from ivr.commands.complaints import listed, refuse
from ivr.commands.database import DATABASE
from ivr.commands.oncall_desk import SCHEDULE, Desk, reading, shown, writing
from ivr.commands.routing_files import FILE, Content

SECRET_KEY = click.option("--secret-key", envvar="SECRET_KEY", required=True, help="As the line has it. [SECRET_KEY]")
BASE_URL = click.option(
    "--base-url", envvar="PUBLIC_BASE_URL", required=True, help="As the line has it. [PUBLIC_BASE_URL]"
)


@click.command("import")
@click.argument("schedule")
@FILE
@DATABASE
def import_(schedule: str, file: Content, database_url: str) -> None:
    """Fill SCHEDULE with the shifts of an iCalendar FILE, for half a year; may be run again.

    An event means the first attendee whose mail address is a person's in the routing, else the first person whose name
    stands in its title. What cannot be used is told; nothing of the schedule's rotations is lost.
    """
    with writing(database_url) as desk:
        plan = desk.schedule(schedule)
        if plan.calendar_url:
            refuse(f"{source_of(plan.calendar_url)} fills {schedule}; take its calendar_url out of the routing first")
        try:
            found = import_file(desk.work, desk.routing, schedule, file.name, file.text, desk.now)
        except CalendarTrouble as trouble:
            refuse(f"{file.name} cannot be imported: {trouble}; nothing is changed")
    for remark in found.remarks:
        click.echo(f"{file.name}: {remark}", err=True)
    click.echo(f"{len(found.shifts)} shifts of {schedule} imported.")


@click.command()
@SCHEDULE
@DATABASE
def check(only: str | None, database_url: str) -> None:
    """How the calendars that fill schedules fare; exit code 1 when one needs looking after."""
    with reading(database_url) as desk:
        known = {each.schedule: each for each in desk.work.calendar_imports.all()}
        schedules = desk.schedules(only)
        told = [_told(desk, key, schedule, known[key]) for key, schedule in schedules.items() if key in known]
        found = [
            f"{key}: {problem}"
            for key, schedule in schedules.items()
            for problem in _problems(desk, key, schedule, known.get(key))
        ]
    click.echo("\n".join(told) or "No calendar fills a schedule.")
    listed(found)


@click.command()
@click.argument("person")
@SECRET_KEY
@BASE_URL
@DATABASE
def feed(person: str, secret_key: str, base_url: str, database_url: str) -> None:
    """Print the address at which PERSON (a key) can subscribe to their own duties. It is a secret of theirs."""
    with reading(database_url) as desk:
        known = desk.person(person)
    if known is None:
        refuse("nobody is nobody; name a person")
    click.echo(FeedAddresses(secret_key, base_url).of(known))


def _told(desk: Desk, key: str, schedule: Schedule, known: CalendarImport) -> str:
    zone = ZoneInfo(schedule.zone)
    if known.imported_at is None:
        return f"{key}: {known.source}, never imported"
    ends = [each.ends_at for each in desk.work.overrides.for_schedule(key, desk.now) if each.imported]
    until = f", until {shown(max(ends), zone)}" if ends else ", all of them over"
    return f"{key}: {known.source}, {known.shifts} shifts imported at {shown(known.imported_at, zone)}{until}"


def _problems(desk: Desk, key: str, schedule: Schedule, known: CalendarImport | None) -> Iterator[str]:
    if schedule.calendar_url and (known is None or not known.address):
        yield "its calendar has not been fetched yet; is `ivr worker` running?"
    if known is None:
        return
    if known.trouble:
        times = f"{known.failures} times in a row" if known.failures > 1 else "once"
        yield f"trouble {times}: {known.trouble}; what was imported before stays in force"
    yield from known.remarks
    put_in = {each.person for each in desk.work.overrides.for_schedule(key, desk.now)}
    for person in sorted(each for each in put_in if each and each not in desk.routing.people):
        yield f"{person} is put in and is not in the routing any more"
