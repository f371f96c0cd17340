"""One's own duties as an iCalendar to subscribe to: a signed address for each person, good until SECRET_KEY changes."""

import hashlib
from collections.abc import Iterator
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from icalendar import Calendar, Event
from itsdangerous import BadSignature, URLSafeSerializer

from db.errors import NothingPublished
from db.unit_of_work import Store, Work
from flows.routing import Routing
from flows.rules.schedule import Override
from flows.rules.shifts import Shift, longest_turn, whole_shifts
from ivr.clock import Clock

BEHIND, AHEAD = timedelta(days=14), timedelta(days=90)
AGAIN = timedelta(hours=1)
"""How often calendar programs are asked to look."""


class FeedAddresses:
    """Where people's calendars are. Whoever has an address may read it; nobody can make one up."""

    def __init__(self, secret_key: str, base_url: str) -> None:
        self._signed = URLSafeSerializer(secret_key, salt="duties of a person")
        self._base_url = base_url.rstrip("/")

    @property
    def host(self) -> str:
        """The name of our server."""
        return urlsplit(self._base_url).hostname or "localhost"

    def of(self, person: str) -> str:
        """The address of the calendar of ``person`` (a key)."""
        return f"{self._base_url}/oncall/{self._signed.dumps(person)}.ics"

    def person(self, token: str) -> str | None:
        """Whose calendar is asked for; None for a token that is none of ours."""
        try:
            return str(self._signed.loads(token))
        except BadSignature:
            return None


class PersonFeed:
    """The calendars of people. Whoever has left the routing has none, whatever address somebody kept."""

    def __init__(self, store: Store, clock: Clock, addresses: FeedAddresses) -> None:
        self._store = store
        self._clock = clock
        self._addresses = addresses

    def calendar(self, token: str) -> bytes | None:
        """The calendar behind a token; None when there is none. Raises StoreUnavailable."""
        person = self._addresses.person(token)
        if person is None:
            return None
        with self._store.reading() as work:
            try:
                _, routing = work.routing.current()
            except NothingPublished:
                return None
            return self._written(work, routing, person) if person in routing.people else None

    def _written(self, work: Work, routing: Routing, person: str) -> bytes:
        now = self._clock()
        calendar = Calendar()
        calendar.add("prodid", "-//escalation line//on call//EN")
        calendar.add("version", "2.0")
        calendar.add("method", "PUBLISH")
        calendar.add("x-wr-calname", f"On call: {routing.people[person].name}")
        calendar.add("refresh-interval", AGAIN, parameters={"value": "DURATION"})
        for key, shift in _shifts(work, routing, person, now):
            calendar.add_component(self._event(key, routing.schedules[key].name, shift, now))
        return bytes(calendar.to_ical())

    def _event(self, key: str, called: str, shift: Shift, now: datetime) -> Event:
        """A shift, in UTC: every calendar program shows it in its reader's own zone, DST included."""
        event = Event()
        event.add("uid", f"{_digest(key, shift)}@{self._addresses.host}")
        event.add("dtstamp", now)
        event.add("dtstart", shift.starts_at)
        event.add("dtend", shift.ends_at)
        event.add("summary", f"On call: {called}")
        event.add("transp", "TRANSPARENT")
        if isinstance(shift.duty, Override) and shift.duty.why:
            event.add("description", shift.duty.why)
        return event


def _shifts(work: Work, routing: Routing, person: str, now: datetime) -> Iterator[tuple[str, Shift]]:
    for key, schedule in routing.schedules.items():
        start = now - BEHIND
        put_in = work.overrides.for_schedule(key, start - longest_turn(schedule))
        for shift in whole_shifts(schedule, put_in, start, now + AHEAD):
            if shift.person == person:
                yield key, shift


def _digest(key: str, shift: Shift) -> str:
    """The same for the same shift whenever it is asked for, so that calendars know it again."""
    return hashlib.sha256(f"{key}/{shift.person}/{shift.starts_at.isoformat()}".encode()).hexdigest()[:32]
