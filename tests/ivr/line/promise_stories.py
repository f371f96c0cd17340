"""What the stories of promises share: a ticket about which somebody has talked and promised, and its system."""

from collections.abc import Callable
from datetime import datetime, timedelta

from db.seed import demo
from db.unit_of_work import Store, Work
from flows.rules.cooldown import Outcome
from flows.rules.ring_outcome import RingOutcome
from flows.ticket import Ticket
from flows.wrap_up import Terms, WrapUp
from ivr.line.lookups import Lookups
from ivr.line.promises import PromiseWatch
from ivr.line.terms import state_terms
from tests.db.samples import HOUR, NOW, TICKET, begin_attempt, begin_call, begin_ring

NUMBER = TICKET.number
UNTIL = NOW + HOUR


class Tickets:
    """A ticket system with one ticket, or none. ``trouble`` is raised instead; ``meanwhile`` happens as it is asked."""

    def __init__(self, ticket: Ticket | None = TICKET) -> None:
        self.ticket = ticket
        self.trouble: Exception | None = None
        self.meanwhile: Callable[[], object] = lambda: None
        self.asked = 0

    def find(self, number: str) -> Ticket | None:
        self.asked += 1
        self.meanwhile()
        if self.trouble is not None:
            raise self.trouble
        return self.ticket

    def add_note(self, number: str, text: str, key: str) -> None:
        raise AssertionError("notes go through the outbox")


class Watch:
    """A worker's watch over the promises, whose time moves when told."""

    def __init__(self, store: Store, tickets: Tickets) -> None:
        self.now = UNTIL
        self.lookups = Lookups(tickets, budget_seconds=60)
        self._watch = PromiseWatch(store, lambda: self.now, self.lookups)

    def looks(self, after: timedelta = timedelta()) -> int:
        """Time passes and the worker does its task; how many promises it looked at."""
        self.now += after
        return self._watch.run_once()


def company(store: Store) -> None:
    """The demo company is published, and a customer of it has called once about the ticket."""
    demo(store, NOW)
    with store.writing() as work:
        begin_call(work)


def talked(work: Work, *, at: datetime = NOW, rank: int = 1, number: str = NUMBER, over: bool = True) -> int:
    """A manager has talked in an attempt that began at ``at``, over or not; the ring's id."""
    attempt = begin_attempt(work, number, at)
    ring = begin_ring(work, attempt, rank, at)
    work.rings.accept(ring, "CA-leg", at)
    work.rings.end(ring, RingOutcome.TALKED, at)
    if over:
        work.claims.end(attempt, Outcome.REACHED, at + HOUR, rank, at)
    return ring


def states(
    work: Work, ring: int, terms: Terms = Terms.PROMISED, until: datetime | None = UNTIL, at: datetime = NOW
) -> None:
    """The manager on the ring states terms."""
    on = work.rings.read(ring)
    assert on is not None
    state_terms(work, on, WrapUp(terms=terms, until=until), at)


def promised(store: Store, *, at: datetime = NOW, until: datetime = UNTIL) -> None:
    """A manager has talked and promised an answer."""
    with store.writing() as work:
        states(work, talked(work, at=at), until=until, at=at)
