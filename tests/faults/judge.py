"""Looks at the world after every step and says what does not hold."""

from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

from tests.faults.books import Page
from tests.faults.invariants import Broken, Look, broken
from tests.faults.invariants.memory import Told
from tests.faults.model.cooldown import Statement
from tests.faults.model.guessing import Guesses
from tests.faults.sentences import says, words_of
from tests.faults.wire import Webhook
from tests.faults.witness import Order

if TYPE_CHECKING:
    from tests.faults.world import World

T = TypeVar("T")
STATED = {"wrap_up.promised": "promised", "wrap_up.quieted": "quiet"}


@dataclass(frozen=True, slots=True)
class Forgery:
    """A request that was not the carrier's, and what came of it."""

    path: str
    how: str
    status: int
    changed: bool


@dataclass(slots=True)
class _Seen:
    """How much of each list has been looked at."""

    at: datetime
    restarts: int = 0
    counts: dict[str, int] = field(default_factory=dict)


class Judge:
    """Remembers between two looks what the invariants need: what people were told, what managers have stated, how wrong
    numbers sound, which requests were forged, and which phones rang after the end."""

    def __init__(self, world: "World") -> None:
        self._world = world
        self._seen = _Seen(at=world.carrier.now())
        self.told: list[Told] = []
        self.statements: list[Statement] = []
        self.guesses = Guesses()
        self.sounds: dict[tuple[str, int], tuple[str, int]] = {}
        self.forgeries: list[Forgery] = []
        self.after_the_end: list[Order] = []
        self.mails_after_the_end = 0

    def looks(self, *, at_end: bool = False) -> list[Broken]:
        """Everything that does not hold now."""
        look = self._look()
        found = broken(look)
        return [*found, *broken(look, at_end=True)] if at_end else found

    def _look(self) -> Look:
        world, seen = self._world, self._seen
        witness = world.witness
        witness.catches_up()
        page, now = world.page(), world.carrier.now()
        webhooks = self._fresh("webhooks", world.carrier.wire.made)
        self._takes_statements(page, webhooks)
        look = Look(
            world=world, judge=self, witness=witness, page=page, now=now, since=seen.at, webhooks=webhooks,
            was_restarted=world.restarts > seen.restarts,
            repeats=self._fresh("repeats", world.carrier.wire.repeats),
            alerts=self._fresh("alerts", witness.alerts),
            bridges=self._fresh("bridges", witness.bridges),
            orders=self._fresh("orders", witness.orders),
        )  # fmt: skip
        seen.at, seen.restarts = now, world.restarts
        return look

    def _fresh(self, name: str, everything: list[T]) -> tuple[T, ...]:
        before = self._seen.counts.get(name, 0)
        self._seen.counts[name] = len(everything)
        return tuple(islice(everything, before, None))

    def _takes_statements(self, page: Page, webhooks: tuple[Webhook, ...]) -> None:
        """Until when a manager asked for quiet, or promised an answer, is in the ring; when, in the webhook."""
        for made in webhooks:
            terms = next((terms for key, terms in STATED.items() if says(words_of(made.body), key)), None)
            ring = next((row for row in page.rings if row.leg_sid == made.sid), None)
            attempt = page.attempt(ring.attempt_id) if ring is not None else None
            if terms and ring is not None and attempt is not None and ring.terms_until is not None:
                self.statements.append(
                    Statement(ticket=attempt.ticket_number, at=made.at, terms=terms, until=ring.terms_until)
                )
