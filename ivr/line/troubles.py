"""Troubles: what is wrong with the line itself, told by mail to its owners, who do not look at its pages every day."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from zoneinfo import ZoneInfo

from db.errors import NothingPublished
from db.repositories.users import StoredUser
from db.unit_of_work import Store, Work
from flows.routing import Routing
from flows.rules.roles import Role
from flows.rules.shifts import gaps
from flows.rules.working_time import Period
from ivr.clock import Clock
from ivr.line.letters import encode_troubles
from ivr.line.number_wiring import Connected, Connection, NumberDesk
from ivr.line.ports import LineTroubles, Recipient

LOOK = timedelta(minutes=15)
AHEAD = timedelta(days=14)
MOST_DEAD = 200
NUMBERS = {
    Connection.DIFFERS: "The number {number} does not lead here as it should. Page Lines, Compare with the carrier.",
    Connection.UNKNOWN: "The carrier's account has no number {number}: nobody can call it. Page Lines.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """One trouble. ``name`` stays the same as long as it is the same trouble; ``words`` say what to do."""

    name: str
    words: str


class TroubleWatch:
    """Looks four times an hour. Owners are mailed when there is a trouble that they have not been told of this week,
    and then of all there are."""

    def __init__(self, store: Store, clock: Clock, numbers: NumberDesk) -> None:
        self._store = store
        self._clock = clock
        self._numbers = numbers
        self._looked_at: datetime | None = None

    def run_once(self) -> int:
        """Look, if it is time to; how many troubles there are that owners are told of."""
        now = self._clock()
        if self._looked_at is not None and timedelta(0) <= now - self._looked_at < LOOK:
            return 0
        self._looked_at = now
        with self._store.reading() as work:
            owners = list(_owners(work))
            lines = work.routing.current()[1].lines if owners else ()
        numbers = [self._numbers.look(line.number) for line in lines]
        if not owners:
            return 0
        with self._store.writing() as work:
            return _tell(work, owners, list(troubles(work, numbers, now)), now)


def troubles(work: Work, numbers: Iterable[Connected], now: datetime) -> Iterator[Trouble]:
    """Everything that is wrong at ``now``. ``numbers``: how they stand with the carrier."""
    dead = len(work.outbox.dead(MOST_DEAD))
    if dead:
        some = "1 mail or note" if dead == 1 else f"{dead}{' or more' if dead == MOST_DEAD else ''} mails or notes"
        yield Trouble(name="letters", words=f"{some} could not be delivered. Page Notifications.")
    for webhook in work.webhooks.all():
        _, given_up = work.webhook_deliveries.counts(webhook.id)
        if webhook.trouble and (webhook.off_at or given_up):
            yield Trouble(name=f"webhook/{webhook.id}", words=f"The webhook {webhook.name} is told nothing: "
                          f"{webhook.trouble}. Page Webhooks.")
    for number in numbers:
        if number.state in NUMBERS:
            words = NUMBERS[number.state].format(number=number.number)
            yield Trouble(name=f"number/{number.number}", words=words)
    yield from _gaps(work, now)


def _gaps(work: Work, now: datetime) -> Iterator[Trouble]:
    """When nobody will be on duty, except where the turns themselves say so: that was seen when they were published."""
    _, routing = work.routing.current()
    for key, schedule in routing.schedules.items():
        standing = work.overrides.for_schedule(key, now)
        planned = [] if schedule.calendar_url else list(gaps(schedule, (), now, now + AHEAD))
        found = (gap for gap in gaps(schedule, standing, now, now + AHEAD) if not _inside(gap, planned))
        first = next(found, None)
        if first is not None:
            begins, ends = (f"{at.astimezone(ZoneInfo(schedule.zone)):%Y-%m-%d %H:%M}" for at in first)
            words = f"Nobody is on duty for {schedule.name} from {begins} to {ends} ({schedule.zone}). Page Schedules."
            yield Trouble(name=f"gap/{key}", words=words)


def _inside(gap: Period, planned: list[Period]) -> bool:
    return any(begins <= gap[0] and gap[1] <= ends for begins, ends in planned)


def _owners(work: Work) -> Iterator[tuple[StoredUser, Recipient]]:
    """Owners with a mail address: that of the person they are, else their name where it is one."""
    try:
        _, routing = work.routing.current()
    except NothingPublished:
        return
    for user in work.users.all():
        recipient = _recipient(user, routing)
        if Role.OWNER in user.roles and user.disabled_at is None and recipient is not None:
            yield user, recipient


def _recipient(user: StoredUser, routing: Routing) -> Recipient | None:
    zone = routing.lines[0].zone if routing.lines else "UTC"
    person = routing.people.get(user.person)
    if person is not None and person.email:
        return Recipient(name=person.name, address=person.email, language=person.language, zone=person.zone or zone)
    if "@" not in user.name:
        return None
    return Recipient(name=user.name, address=user.name, language="en", zone=zone)


def _tell(work: Work, owners: list[tuple[StoredUser, Recipient]], found: list[Trouble], now: datetime) -> int:
    if not found:
        return 0
    company = next((line.company for line in work.routing.current()[1].lines), "")
    words, names = tuple(each.words for each in found), tuple(each.name for each in found)
    mailed = 0
    for user, recipient in owners:
        key, told = _told_this_week(work, user, now)
        if not told.issuperset(names):
            letter = LineTroubles(key=key, at=now, company=company, recipient=recipient, troubles=words, names=names)
            mailed += work.outbox.add("line-troubles", letter.key, encode_troubles(letter), now)
    return len(found) if mailed else 0


def _told_this_week(work: Work, user: StoredUser, now: datetime) -> tuple[str, set[str]]:
    """The key of this owner's next mail, and the names of the troubles that stand in those of this week."""
    year, week, _ = now.isocalendar()
    told: set[str] = set()
    for number in count(1):
        key = f"troubles/{year}-{week}/{user.id}/{number}"
        letter = work.outbox.by_key(key)
        if letter is None:
            return key, told
        told |= set(letter.body["names"])
    raise AssertionError("counting has no end")
