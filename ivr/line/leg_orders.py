"""Orders to the carrier about managers' legs: noted inside the transaction of a turn, carried out after its commit."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import structlog

from db.unit_of_work import Store
from flows.rules.ring_outcome import RingOutcome
from ivr.clock import Clock
from ivr.line.ports import Legs, Rejected, RetryLater

log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceLeg:
    """Ring ``number`` as ``ring``, showing ``caller_id``."""

    ring: int
    number: str
    caller_id: str
    ring_seconds: int


@dataclass(slots=True)
class LegOrders:
    """What one turn orders: legs to place, and SIDs of legs to stop; and which caller's conversation (a SID) has to
    look at its rings: a manager has declined, or a talk is over and the caller may have left without a word."""

    place: list[PlaceLeg] = field(default_factory=list)
    stop: list[str] = field(default_factory=list)
    look_at: str | None = None

    def take_over(self, others: "LegOrders") -> None:
        """Add the orders of another collection."""
        self.place += others.place
        self.stop += others.stop
        self.look_at = self.look_at or others.look_at


class LegDesk:
    """Carries orders out, each once: an order that fails is not repeated, the ring it belongs to is over."""

    def __init__(self, store: Store, clock: Clock, legs: Legs | None) -> None:
        self._store = store
        self._clock = clock
        self._legs = legs

    @property
    def can_place(self) -> bool:
        """Whether legs can be placed at all; else managers are dialled from the caller's own leg."""
        return self._legs is not None

    def carry_out(self, orders: LegOrders) -> None:
        """Place and stop legs; with no transaction open."""
        if self._legs is None:
            return
        legs = _AskedInOneTurn(self._legs)
        for sid in orders.stop:
            _stop(legs, sid)
        for order in orders.place:
            self._place(legs, order)

    def _place(self, legs: Legs, order: PlaceLeg) -> None:
        sid = _ordered(legs, order)
        with self._store.writing() as work:
            if sid is None:
                work.rings.end(order.ring, RingOutcome.NOT_PLACED, self._clock())
                return
            work.rings.placed(order.ring, sid)
            ring = work.rings.read(order.ring)
        if ring is not None and ring.ended_at is not None:
            _stop(legs, sid)  # over before we knew the leg by name: nobody else can stop it


class _AskedInOneTurn:
    """The carrier, while one caller waits in silence: whoever has not taken an order in time is not asked again in the
    same turn, however many phones were to ring or to stop. Otherwise six phones would take six times two seconds."""

    def __init__(self, legs: Legs) -> None:
        self._legs = legs
        self._is_silent = False

    def place(self, ring: int, number: str, caller_id: str, ring_seconds: int) -> str:
        """As ``Legs`` does."""
        with self._once():
            return self._legs.place(ring, number, caller_id, ring_seconds)

    def stop(self, sid: str) -> None:
        """As ``Legs`` does."""
        with self._once():
            self._legs.stop(sid)

    @contextmanager
    def _once(self) -> Iterator[None]:
        if self._is_silent:
            raise RetryLater("the carrier has failed a moment ago and is not asked again in this turn")
        try:
            yield
        except RetryLater:
            self._is_silent = True
            raise


def _ordered(legs: Legs, order: PlaceLeg) -> str | None:
    try:
        return legs.place(order.ring, order.number, order.caller_id, order.ring_seconds)
    except (RetryLater, Rejected) as error:
        log.warning("leg not placed", ring=order.ring, because=str(error))
        return None


def _stop(legs: Legs, sid: str) -> None:
    try:
        legs.stop(sid)
    except (RetryLater, Rejected) as error:
        log.warning("leg not stopped", leg=sid, because=str(error))
