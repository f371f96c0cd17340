"""Orders to the carrier about managers' legs: noted inside the transaction of a turn, carried out after its commit."""

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
        for sid in orders.stop:
            self._stop(sid)
        for order in orders.place:
            self._place(order)

    def _place(self, order: PlaceLeg) -> None:
        sid = self._ordered(order)
        with self._store.writing() as work:
            if sid is None:
                work.rings.end(order.ring, RingOutcome.NOT_PLACED, self._clock())
                return
            work.rings.placed(order.ring, sid)
            ring = work.rings.read(order.ring)
        if ring is not None and ring.ended_at is not None:
            self._stop(sid)  # over before we knew the leg by name: nobody else can stop it

    def _ordered(self, order: PlaceLeg) -> str | None:
        if self._legs is None:
            return None
        try:
            return self._legs.place(order.ring, order.number, order.caller_id, order.ring_seconds)
        except (RetryLater, Rejected) as error:
            log.warning("leg not placed", ring=order.ring, because=str(error))
            return None

    def _stop(self, sid: str) -> None:
        if self._legs is None:
            return
        try:
            self._legs.stop(sid)
        except (RetryLater, Rejected) as error:
            log.warning("leg not stopped", leg=sid, because=str(error))
