"""Store and Work: one transaction for one turn, one dispatch or one glance, and the repositories that speak over it."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from datetime import timedelta
from typing import Any, Generic, TypeVar

from sqlalchemy import Engine
from sqlalchemy.exc import TimeoutError as PoolTimeout

from db.connection import Connection
from db.engine import PATIENCE
from db.errors import StoreUnavailable, Translating, Trouble
from db.repositories.absences import Absences
from db.repositories.acts import Acts
from db.repositories.api_tokens import ApiTokens
from db.repositories.attempts import Attempts
from db.repositories.audit import Audit
from db.repositories.calendar_imports import CalendarImports
from db.repositories.callbacks import Callbacks
from db.repositories.calls import Calls
from db.repositories.claims import Claims
from db.repositories.drafts import Drafts
from db.repositories.drills import Drills
from db.repositories.heartbeats import Heartbeats
from db.repositories.idempotency_keys import IdempotencyKeys
from db.repositories.interventions import Interventions
from db.repositories.messages import Messages
from db.repositories.outbox import Outbox
from db.repositories.overrides import Overrides
from db.repositories.overview import Overview
from db.repositories.passkeys import Passkeys
from db.repositories.personal import Personal
from db.repositories.pins import Pins
from db.repositories.promises import Promises
from db.repositories.recent_rings import RecentRings
from db.repositories.refusals import Refusals
from db.repositories.reports import Reports
from db.repositories.rings import Rings
from db.repositories.routing import RoutingVersions
from db.repositories.sign_ins import SignIns
from db.repositories.sounds import Sounds
from db.repositories.talk_recordings import TalkRecordings
from db.repositories.tickets import Tickets
from db.repositories.turns import Turns
from db.repositories.used_links import UsedLinks
from db.repositories.users import Users
from db.repositories.webhook_deliveries import WebhookDeliveries
from db.repositories.webhooks import Webhooks
from db.repositories.wrong_tries import WrongTries
from flows.routing import Routing

R = TypeVar("R")


class Repository(Generic[R]):
    """A repository of ``Work``, made when it is first asked for: a turn speaks to five of them."""

    def __init__(self, kind: Callable[[Connection], R]) -> None:
        self._kind = kind
        self._name = ""

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, work: "Work", owner: type) -> R:
        repository = self._kind(work.connection)
        work.__dict__[self._name] = repository    # found there from now on
        return repository


class Work:
    """The repositories of one transaction. Not to be used after it."""

    calls = Repository(Calls)
    turns = Repository(Turns)
    absences = Repository(Absences)
    overrides = Repository(Overrides)
    calendar_imports = Repository(CalendarImports)
    attempts = Repository(Attempts)
    claims = Repository(lambda connection: Claims(connection, Attempts(connection)))
    rings = Repository(Rings)
    recent_rings = Repository(RecentRings)
    interventions = Repository(Interventions)
    promises = Repository(Promises)
    tickets = Repository(Tickets)
    refusals = Repository(Refusals)
    reports = Repository(Reports)
    callbacks = Repository(Callbacks)
    messages = Repository(Messages)
    outbox = Repository(Outbox)
    wrong_tries = Repository(WrongTries)
    heartbeats = Repository(Heartbeats)
    personal = Repository(Personal)
    pins = Repository(Pins)
    acts = Repository(Acts)
    users = Repository(Users)
    sign_ins = Repository(SignIns)
    passkeys = Repository(Passkeys)
    audit = Repository(Audit)
    overview = Repository(Overview)
    drafts = Repository(Drafts)
    drills = Repository(Drills)
    sounds = Repository(Sounds)
    talk_recordings = Repository(TalkRecordings)
    used_links = Repository(UsedLinks)
    api_tokens = Repository(ApiTokens)
    idempotency_keys = Repository(IdempotencyKeys)
    webhooks = Repository(Webhooks)
    webhook_deliveries = Repository(WebhookDeliveries)

    def __init__(self, connection: Connection, decoded: dict[int, Routing]) -> None:
        """``decoded``: routing versions read before; they never change."""
        self.connection = connection
        self.routing = RoutingVersions(connection, decoded)


class Store:
    """A database as the line sees it. Safe to share between threads; keep no transaction open while on the network."""

    def __init__(self, engine: Engine, *, patience: timedelta = PATIENCE) -> None:
        """``patience`` bounds how long a thread waits for the others of its process; the engine's, for the database."""
        self._engine = engine
        self._decoded: dict[int, Routing] = {}
        self._turnstile = _Turnstile(patience) if engine.dialect.name == "sqlite" else nullcontext()

    @contextmanager
    def writing(self) -> Iterator[Work]:
        """One transaction: committed when the block ends, rolled back when it raises. Raises StoreUnavailable.

        It may wait for others before it begins, so take the time of day inside the block.
        """
        with self._turnstile, _transaction(self._engine, readonly=False) as connection:
            yield Work(connection, self._decoded)

    @contextmanager
    def reading(self) -> Iterator[Work]:
        """One transaction that waits for no writer and in which writing fails with StoreUnavailable (read-only)."""
        with _transaction(self._engine, readonly=True) as connection:
            yield Work(connection, self._decoded)

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()


class _Turnstile:
    """Lets one thread of this process write to SQLite at a time. Its own waiting is a back-off that starves some:
    p99 falls from 192 to 47 ms with a queue in front (performance.md)."""

    def __init__(self, patience: timedelta) -> None:
        self._lock = threading.Lock()
        self._patience = patience.total_seconds()

    def __enter__(self) -> None:
        if not self._lock.acquire(timeout=self._patience):
            raise StoreUnavailable(Trouble.LOCKED, "another thread is writing")

    def __exit__(self, *_: Any) -> None:
        self._lock.release()


@contextmanager
def _transaction(engine: Engine, *, readonly: bool) -> Iterator[Connection]:
    with _open(engine, readonly=readonly) as connection:
        yield connection
        connection.commit()


def _open(engine: Engine, *, readonly: bool) -> Connection:
    """A connection in a transaction. A pooled one whose server has restarted fails at BEGIN, when nothing has been
    done yet; the pool is emptied by that, so the second one is new. Costs nothing, unlike a ping before each use."""
    connection = _connected(engine)
    try:
        return connection.begin(readonly=readonly)
    except StoreUnavailable as error:
        if error.trouble is not Trouble.GONE:
            raise
        return _connected(engine).begin(readonly=readonly)


def _connected(engine: Engine) -> Connection:
    try:
        with Translating(engine.dialect):
            return Connection(engine, engine.raw_connection())
    except PoolTimeout:
        raise StoreUnavailable(Trouble.FULL, "every connection of the pool is in use") from None
