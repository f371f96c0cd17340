"""`ivr oncall override` and `ivr oncall swap`: somebody else is on duty for a time."""

from dataclasses import replace
from zoneinfo import ZoneInfo

import click

from flows.rules.schedule import Override
from flows.rules.shifts import SwapRefused, longest_turn, swapped
from ivr.commands.complaints import refuse
from ivr.commands.config import BY, one_line
from ivr.commands.database import DATABASE
from ivr.commands.oncall_desk import SCHEDULE, moment, reading, writing

WHY = click.option("--why", default=None, callback=one_line, help="In a few words, for those who ask later.")


@click.group()
def override() -> None:
    """Put somebody, or nobody, on duty for a time, whatever the rotations say."""


@override.command()
@click.argument("schedule")
@click.argument("person")
@click.option("--from", "start", metavar="TIME", help="Local time of the schedule, or ISO 8601; by default now.")
@click.option("--until", "end", metavar="TIME", required=True, help="When the rotations count again.")
@WHY
@BY
@DATABASE
def add(schedule: str, person: str, start: str | None, end: str, why: str | None, by: str, database_url: str) -> None:
    """Put PERSON (a key, or "nobody") in on SCHEDULE."""
    with writing(database_url) as desk:
        zone = ZoneInfo(desk.schedule(schedule).zone)
        begins, ends = moment(start, zone) if start else desk.now, moment(end, zone)
        if ends <= max(begins, desk.now):
            refuse("it must end after it starts, and not have passed already")
        wanted = Override(
            schedule=schedule, person=desk.person(person), starts_at=begins, ends_at=ends, set_by=by, why=why or ""
        )
        told = desk.told(desk.work.overrides.add(wanted, desk.now))
    click.echo(told)


@override.command("list")
@SCHEDULE
@DATABASE
def list_overrides(only: str | None, database_url: str) -> None:
    """Those that are not over; times are those of the schedule."""
    with reading(database_url) as desk:
        asked = desk.schedules(only) if only else None
        found = [
            desk.told(each)
            for each in desk.work.overrides.all(desk.now)
            if not each.imported and (asked is None or each.schedule in asked)
        ]
    click.echo("\n".join(found) or "Nobody is put in by hand.")


@override.command()
@click.argument("number", type=int)
@DATABASE
def remove(number: int, database_url: str) -> None:
    """Take override NUMBER out: the rotations count again."""
    with writing(database_url) as desk:
        removed = desk.work.overrides.remove(number)
        told = desk.told(removed) if removed else ""
    if not removed:
        refuse(f"there is no override {number} set by hand; `ivr oncall override list` shows all")
    click.echo(f"Taken out: {told}")


@click.command()
@click.argument("schedule")
@click.argument("one", metavar="TIME")
@click.argument("other", metavar="TIME")
@WHY
@BY
@DATABASE
def swap(schedule: str, one: str, other: str, why: str | None, by: str, database_url: str) -> None:
    """Let the two people on duty at the two TIMEs take each other's shift on SCHEDULE."""
    with writing(database_url) as desk:
        plan = desk.schedule(schedule)
        first, second = (moment(text, ZoneInfo(plan.zone)) for text in (one, other))
        standing = desk.work.overrides.for_schedule(schedule, min(first, second) - longest_turn(plan))
        try:
            both = swapped(schedule, plan, standing, first, second)
        except SwapRefused as refusal:
            refuse(f"these shifts cannot be swapped: {refusal}")
        stated = [replace(each, set_by=by, why=why or "") for each in both]
        told = [desk.told(desk.work.overrides.add(each, desk.now)) for each in stated]
    click.echo("\n".join(told))
