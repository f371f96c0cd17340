"""Calendars become shifts: fetched by the worker as often as the routing says, or read from a file by hand.

What cannot be fetched or read changes nothing: the last good import stays in force, the trouble is written down, and
when it has gone wrong three times in a row the shift manager is mailed, once.
"""

import hashlib
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import structlog

from db.errors import NothingPublished
from db.repositories.calendar_imports import CalendarImport
from db.unit_of_work import Store, Work
from flows.routing import Routing
from flows.rules.schedule import Schedule
from ivr.calendars.events import CalendarTrouble
from ivr.calendars.reading import BEHIND, Reading, read
from ivr.clock import Clock
from ivr.line.letters import encode_warning
from ivr.line.ports import CalendarWarning
from ivr.line.shift_manager import shift_manager

LOOK = timedelta(seconds=30)
"""How often the worker looks whether a calendar is due."""
WARN_AFTER = 3
"""Failures in a row; one alone is a network's bad moment."""

log = structlog.get_logger()


class CalendarRefresh:
    """Fetches one calendar at a time, so that the worker's mails wait for no more than one."""

    def __init__(self, store: Store, clock: Clock, fetch: Callable[[str], bytes]) -> None:
        """``fetch`` answers what is at an address or raises CalendarTrouble."""
        self._store = store
        self._clock = clock
        self._fetch = fetch
        self._looked_at: datetime | None = None

    def run_once(self) -> int:
        """Fetch the first calendar that is due; how many were. Raises StoreUnavailable."""
        now = self._clock()
        if self._looked_at is not None and timedelta(0) <= now - self._looked_at < LOOK:
            return 0
        with self._store.reading() as work:
            try:
                _, routing = work.routing.current()
            except NothingPublished:
                return 0
            known = {each.schedule: each for each in work.calendar_imports.all()}
        self._forget(routing, known)
        for key, schedule in routing.schedules.items():
            if schedule.calendar_url and _due(schedule, known.get(key), now) and self._take(key, schedule, now):
                self._refresh(key, schedule, routing)
                return 1
        self._looked_at = now
        return 0

    def _take(self, key: str, schedule: Schedule, now: datetime) -> bool:
        source, address = source_of(schedule.calendar_url), _digest(schedule.calendar_url)
        with self._store.writing() as work:
            return work.calendar_imports.take(key, source, address, now, now - schedule.refresh)

    def _refresh(self, key: str, schedule: Schedule, routing: Routing) -> None:
        try:
            text = self._fetch(schedule.calendar_url)
            found = read(text, key, schedule, routing.people, self._clock())
        except CalendarTrouble as trouble:
            self._failed(key, schedule, str(trouble))
            return
        with self._store.writing() as work:
            now = self._clock()
            put_in(work, key, found, now)
            work.calendar_imports.good(key, now, len(found.shifts), found.remarks)
        log.info("calendar imported", schedule=key, shifts=len(found.shifts), remarks=len(found.remarks))

    def _failed(self, key: str, schedule: Schedule, trouble: str) -> None:
        with self._store.writing() as work:
            now = self._clock()
            times = work.calendar_imports.failed(key, trouble)
            if times == WARN_AFTER:
                _warn(work, key, schedule, trouble, now)
        log.warning("calendar not imported", schedule=key, trouble=trouble, times=times)

    def _forget(self, routing: Routing, known: Mapping[str, CalendarImport]) -> None:
        """A calendar that the routing names no longer fills nothing any more; what came from a file stays."""
        gone = [
            key
            for key, each in known.items()
            if each.address and not (key in routing.schedules and routing.schedules[key].calendar_url)
        ]
        for key in gone:
            with self._store.writing() as work:
                work.overrides.replace_imported(key, [], self._clock())
                work.calendar_imports.forget(key)


def put_in(work: Work, key: str, found: Reading, now: datetime) -> None:
    """What a calendar says of a schedule is from now on this; nothing is written where it says the same as before."""
    standing = work.overrides.for_schedule(key, now - BEHIND)
    before = [(each.starts_at, each.ends_at, each.person) for each in standing if each.imported]
    after = [(each.starts_at, each.ends_at, each.person) for each in found.shifts]
    if sorted(before, key=str) != sorted(after, key=str):
        work.overrides.replace_imported(key, found.shifts, now)


def import_file(
    work: Work, routing: Routing, key: str, source: str, text: bytes, now: datetime
) -> Reading:
    """Fill a schedule from a calendar file; what was found in it. Raises CalendarTrouble, and nothing is changed."""
    found = read(text, key, routing.schedules[key], routing.people, now)
    put_in(work, key, found, now)
    work.calendar_imports.from_file(key, source, now, len(found.shifts), found.remarks)
    return found


def source_of(url: str) -> str:
    """What a calendar may be called in a log: its server, for the rest of its address may be a secret."""
    return urlsplit(url).hostname or "a calendar"


def _due(schedule: Schedule, known: CalendarImport | None, now: datetime) -> bool:
    if known is None or known.address != _digest(schedule.calendar_url):
        return True
    return known.tried_at <= now - schedule.refresh


def _digest(url: str) -> str:
    return hashlib.sha256(url.encode()).hexdigest()


def _warn(work: Work, key: str, schedule: Schedule, trouble: str, now: datetime) -> None:
    _, routing = work.routing.current()
    known = next((each for each in work.calendar_imports.all() if each.schedule == key), None)
    line = routing.lines[0]
    warning = CalendarWarning(
        key=f"calendar/{key}/{now.isoformat()}",
        at=now,
        company=line.company,
        recipient=shift_manager(work, routing, line, now),
        schedule=schedule.name,
        source=source_of(schedule.calendar_url),
        trouble=trouble,
        imported_at=known.imported_at if known else None,
    )
    work.outbox.add("calendar-warning", warning.key, encode_warning(warning), now)
