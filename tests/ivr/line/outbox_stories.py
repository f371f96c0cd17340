"""What the dispatcher's stories share: a clock that moves when told, a post office that behaves as told."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from db.repositories.outbox import Message
from db.unit_of_work import Store
from flows.effects import News
from flows.prompts.rewording import NONE, Rewordings
from flows.ticket import Severity, Status, Ticket
from ivr.line.callbacks import CallbackDesk
from ivr.line.dialling import DialPolicy
from ivr.line.dispatcher import Dispatcher
from ivr.line.letters import encode
from ivr.line.links import Links
from ivr.line.lookups import Lookups
from ivr.line.messages import MessageDesk
from ivr.line.ports import Notice, Recipient, Recording
from ivr.tickets.builtin.connector import BuiltinTickets

NOW = datetime(2026, 11, 22, 19, 5, tzinfo=UTC)
SAM = Recipient(name="Sam Keller", address="sam@northwind.example", language="en", zone="America/New_York")
TICKET = Ticket(
    number="48213",
    subject="Backup jobs fail since the upgrade",
    organisation="Acme Industries",
    requester="Jordan Reyes",
    program="Premium",
    severity=Severity.HIGH,
    product="Backup & Replication",
    status=Status.OPEN,
    opened_at=NOW - timedelta(hours=27),
    updated_at=NOW - timedelta(hours=5),
)

LINKS = Links("s" * 32, "https://line.example.com")


class ToldClock:
    """The time of day, moved by hand."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now

    def advance(self, by: timedelta) -> None:
        self.now += by


@dataclass
class PostOffice:
    """A channel. ``troubles`` are raised one by one before it works; ``taken`` are the notices it has accepted.

    ``meanwhile`` is done while a notice is being handed over.
    """

    troubles: list[BaseException] = field(default_factory=list)
    taken: list[Notice] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    meanwhile: Callable[[], object] = lambda: None

    def send(self, notice: Notice, reworded: Rewordings = NONE) -> None:
        self.asked.append(notice.key)
        self.meanwhile()
        if self.troubles:
            raise self.troubles.pop(0)
        self.taken.append(notice)

    @property
    def keys(self) -> list[str]:
        return [notice.key for notice in self.taken]


@dataclass
class Shelf:
    """The carrier's recordings by call; what was deleted is gone. ``troubles`` are raised one by one first."""

    of: dict[str, list[Recording]] = field(default_factory=dict)
    troubles: list[Exception] = field(default_factory=list)

    def audio(self, sid: str) -> bytes:
        return sid.encode()

    def of_call(self, call_sid: str) -> list[Recording]:
        if self.troubles:
            raise self.troubles.pop(0)
        return self.of.get(call_sid, [])

    def delete(self, sid: str) -> None:
        if self.troubles:
            raise self.troubles.pop(0)
        self.of = {call: [one for one in kept if one.sid != sid] for call, kept in self.of.items()}


class NoCalls:
    """A carrier that is never asked to call a customer."""

    def place(self, callback: int, turn: int, number: str, caller_id: str, ring_seconds: int) -> str:
        raise AssertionError("nobody is called back here")

    def was_placed(self, number: str, caller_id: str, since: datetime) -> str | None:
        raise AssertionError("nobody is called back here")


def no_calls(store: Store, clock: ToldClock) -> CallbackDesk:
    """A desk with nobody to call back."""
    lookups = Lookups(BuiltinTickets(store, clock), own=True)
    return CallbackDesk(store, clock, lookups, NoCalls(), DialPolicy(regions=frozenset()))


def a_dispatcher(
    store: Store, clock: ToldClock, post: PostOffice, shelf: Shelf | None = None, **more: Any
) -> Dispatcher:
    """The dispatcher under test, with the built-in ticket system."""
    desk = MessageDesk(store, clock, shelf or Shelf())
    return Dispatcher(store, clock, post, BuiltinTickets(store, clock), desk, LINKS, no_calls(store, clock), **more)


def a_notice(key: str = "call-1/accepted") -> Notice:
    return Notice(
        key=key, news=News.ESCALATION_ACCEPTED, at=NOW, company="Northwind Software", recipient=SAM, number="48213",
        caller="+12025550123", ticket=TICKET, response_due=NOW - timedelta(hours=1),
        rings=(("Support Operations Manager", "Dana Whitfield", ""),),
    )


def post_notices(store: Store, *keys: str) -> None:
    """The acceptance of one escalation for each key, a second apart."""
    with store.writing() as work:
        for second, key in enumerate(keys):
            assert work.outbox.add("notice", key, encode(a_notice(key)), NOW + timedelta(seconds=second))


def letter(store: Store, key: str) -> Message:
    with store.reading() as work:
        found = work.outbox.by_key(key)
    assert found is not None
    return found


def dead_letters(store: Store) -> list[tuple[str, str | None]]:
    with store.reading() as work:
        return [(message.key, message.last_error) for message in work.outbox.dead(100)]


def nothing_waits(store: Store) -> bool:
    """Nothing will ever be sent any more: asked for everything that is due at the end of the century."""
    with store.writing() as work:
        return not work.outbox.claim_due(NOW + timedelta(days=36500), timedelta(0), 100)
