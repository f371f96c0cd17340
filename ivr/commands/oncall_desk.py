"""What the commands about duty share: the published schedules, times as people type them, and names."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

import click

from db.errors import NothingPublished
from db.repositories.overrides import OverrideClash
from db.unit_of_work import Work
from flows.routing import Routing
from flows.rules.schedule import Override, Schedule
from flows.rules.working_time import instant_of
from ivr.clock import wall_clock
from ivr.commands.complaints import refuse
from ivr.commands.database import opened
from ivr.routing_file.kinds import meant

NOBODY = "nobody"
YEARS = range(1970, 2200)
"""Nobody is on duty outside of them; reckoning ends where the calendar does."""
SCHEDULE = click.option("--schedule", "only", help="Only this schedule, by its key in the routing.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """The database in one transaction, the routing that counts now, and the present instant."""

    work: Work
    routing: Routing
    now: datetime

    @property
    def zone(self) -> ZoneInfo:
        """The zone of the first line, in which times are told that belong to no schedule."""
        return ZoneInfo(self.routing.lines[0].zone)

    def schedules(self, only: str | None) -> Mapping[str, Schedule]:
        """The schedules, or the one asked for; refuses unknown ones."""
        return self.routing.schedules if only is None else {only: self.schedule(only)}

    def schedule(self, key: str) -> Schedule:
        """One schedule; refuses an unknown one."""
        if key not in self.routing.schedules:
            refuse(f"{key} is not among the schedules; {meant(key, self.routing.schedules)}")
        return self.routing.schedules[key]

    def person(self, key: str) -> str | None:
        """The key of a person, None for "nobody"; refuses an unknown one."""
        if key == NOBODY:
            return None
        if key not in self.routing.people:
            refuse(f"{key} is not among the people; {meant(key, [*self.routing.people, NOBODY])}")
        return key

    def named(self, person: str | None) -> str:
        """How a person is called here: Dana Whitfield (dana)."""
        if person is None:
            return NOBODY
        known = self.routing.people.get(person)
        return f"{known.name} ({person})" if known else f"{person} (not in the routing any more)"

    def told(self, override: Override) -> str:
        """One override in a line."""
        why = ": ".join(part for part in (override.set_by, override.why) if part)
        who = f"{override.id}  {override.schedule}  {self.named(override.person)}"
        return f"{who}  {self.span(override)}" + (f"  ({why})" if why else "")

    def span(self, override: Override) -> str:
        """From when to when it counts, in the zone of its schedule."""
        schedule = self.routing.schedules.get(override.schedule)
        zone = ZoneInfo(schedule.zone) if schedule else self.zone
        return f"{shown(override.starts_at, zone)} to {shown(override.ends_at, zone)}"


@contextmanager
def reading(database_url: str) -> Iterator[Desk]:
    """The desk for a glance. Refuses without a database, and before anything is published."""
    with opened(database_url) as store, store.reading() as work:
        yield _desk(work)


@contextmanager
def writing(database_url: str) -> Iterator[Desk]:
    """The desk for a change, which is kept when the block ends. Refuses what clashes, naming both."""
    with opened(database_url) as store, store.writing() as work:
        desk = _desk(work)
        try:
            yield desk
        except OverrideClash as clash:
            wanted, standing = clash.wanted, desk.told(clash.standing)
            refuse(
                f"{desk.named(wanted.person)} cannot be put in from {desk.span(wanted)}; nothing is changed",
                f"at that time stands: {standing}",
                f"`ivr oncall override remove {clash.standing.id}` takes that one out.",
            )


def moment(text: str, zone: ZoneInfo) -> datetime:
    """The instant that somebody typed: ISO 8601, or a local time in ``zone``; refuses anything else.

    A local time that clocks skip means the moment they do; of one that comes twice the first is meant.
    """
    try:
        typed = datetime.fromisoformat(text.strip())
    except ValueError:
        typed = None
    if typed is None or typed.year not in YEARS:
        refuse(f"{text!r} is no time; write it as \"2026-12-24 18:00\" ({zone.key}) or 2026-12-24T18:00+01:00")
    return instant_of(typed.replace(tzinfo=zone)) if typed.tzinfo is None else typed


def shown(at: datetime, zone: ZoneInfo) -> str:
    """An instant as the clock in ``zone`` shows it."""
    return f"{at.astimezone(zone):%Y-%m-%d %H:%M}"


def _desk(work: Work) -> Desk:
    try:
        _, routing = work.routing.current()
    except NothingPublished:
        refuse("nothing is published yet", "Write a routing file (README, Your own line) and `ivr config apply` it.")
    return Desk(work=work, routing=routing, now=wall_clock())
