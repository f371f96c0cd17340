"""The switchboard: one webhook = one turn = one transaction.

A webhook that comes again is answered again from the journal, without a second effect. Whatever a turn states (its
state, its journal entry, its mails) is committed together, and only then answered.
"""

from collections.abc import Callable
from datetime import datetime
from typing import assert_never

import structlog

from db.errors import StoreConflict
from db.repositories.calls import StoredCall
from db.unit_of_work import Store, Work
from flows.call import EscalationCall
from flows.heard import HungUp
from flows.rules.ring_outcome import Guess, outcome
from flows.turn import CheckPin, FindTicket, Hold, OutsideLookup
from ivr.clock import Clock
from ivr.line.answer import Document, Renderer
from ivr.line.beginnings import UnknownCall, new_call, new_customer_call, new_screening
from ivr.line.conversations import is_asked, waits_on_hold
from ivr.line.dialling import DialPolicy
from ivr.line.journal import Journal
from ivr.line.leg_orders import LegDesk, LegOrders
from ivr.line.lookups import Lookups, Outside
from ivr.line.meaning import has_talked
from ivr.line.messages import reported
from ivr.line.pins import PinDesk
from ivr.line.told import DialEnded, Leg, Nothing, RecordingEnded, Told
from ivr.line.turn_taking import TurnTaker

log = structlog.get_logger()


class _NotNow(Exception):
    """A look that has to wait; it rolls its transaction back."""


class Switchboard:
    """Takes webhooks, gives documents. Threads and processes may share one database, each with its own switchboard."""

    def __init__(
        self, *, store: Store, clock: Clock, lookups: Lookups, renderer: Renderer, policy: DialPolicy, legs: LegDesk
    ) -> None:
        self._store = store
        self._clock = clock
        self._lookups = lookups
        self._renderer = renderer
        self._journal = Journal(renderer)
        self._taker = TurnTaker(policy)
        self._policy = policy
        self._legs = legs
        self._pins = PinDesk(store)

    def incoming(self, leg: Leg) -> Document:
        """Somebody calls one of our lines. Raises UnknownLine for a number that is none."""
        return self._begun(leg, lambda work, now: new_call(work, leg, now, hold=self._legs.can_place))

    def screening(self, leg: Leg, ring: int) -> Document:
        """A manager's phone was picked up. Raises UnknownCall unless ``ring`` is this leg's."""
        return self._begun(leg, lambda work, now: new_screening(work, leg, ring, now, self._policy))

    def called_back(self, leg: Leg, callback: int, turn: int) -> Document:
        """A customer who is called back picks up. Raises UnknownCall unless it is this leg that was rung."""
        hold = self._legs.can_place
        return self._begun(leg, lambda work, now: new_customer_call(work, leg, callback, turn, now, hold=hold))

    def turn(self, sid: str, number: int, told: Told) -> Document:
        """The carrier reports what came of turn ``number``. Raises UnknownCall for one that was never offered."""
        found: Outside | None = None
        while True:
            orders = LegOrders()
            with self._store.writing() as work:
                answered = self._answer(work, sid, number, told, found, orders)
            if isinstance(answered, Document):
                self._legs.carry_out(orders)
                if orders.look_at is not None:
                    self._look(orders.look_at, nobody_there=isinstance(told, DialEnded) and not told.bridged)
                return answered
            found = self._ask_outside(sid, answered)

    def hung_up(self, sid: str) -> None:
        """A leg is over. A leg we do not know, or have already closed, changes nothing."""
        orders = LegOrders()
        with self._store.writing() as work:
            # Nearly every leg has been closed by its last turn: that is asked without reading its state.
            stored = work.calls.lock(sid) if work.calls.lock_live(sid) else None
            if stored is not None:
                self._close(work, stored, orders, carrier_may_follow=True)
        self._legs.carry_out(orders)

    def leg_over(self, sid: str, ring_id: int, status: str) -> None:
        """A manager's leg that we placed is over; the ladder goes on at once where nobody has accepted, and a caller
        who is kept for the manager's word is kept no longer."""
        self.hung_up(sid)
        with self._store.writing() as work:
            ring = work.rings.read(ring_id)
            if ring is None or (ring.accepted_at is not None and ring.ended_at is None):
                return
            declined = ring.declined_at is not None
            ended = outcome(status, bridged=False, accepted=False, declined=declined, caller_left=False)
            work.rings.end(ring.id, ended, self._clock())
        self._look(ring.call_sid)

    def guessed(self, sid: str, ring_id: int, who: Guess) -> None:
        """The carrier thinks that a person, or a machine, has picked up on this leg: a hint, which decides nothing."""
        with self._store.writing() as work:
            ring = work.rings.read(ring_id)
            if ring is not None and ring.leg_sid == sid:
                work.rings.guess(ring_id, who)

    def sweep(self, limit: int = 50) -> int:
        """Close calls whose next webhook never came; answers how many. Runs every few seconds in the worker."""
        with self._store.reading() as work:
            overdue = work.calls.overdue(self._clock(), limit)
        for sid in overdue:
            self._sweep(sid)
        return len(overdue)

    def _sweep(self, sid: str) -> None:
        orders = LegOrders()
        with self._store.writing() as work:
            stored = work.calls.lock(sid)
            if stored is not None and stored.ended_at is None and stored.deadline < self._clock():
                log.warning("call swept", call=sid, step=stored.state.step)
                self._close(work, stored, orders, carrier_may_follow=False)
        self._legs.carry_out(orders)

    def _look(self, sid: str, *, nobody_there: bool = False) -> None:
        """Let a caller's conversation look at its rings now. What it would say, it says when the caller listens next;
        a look that would end the hold is left to that moment altogether, and so is one while a question is open: the
        silence of a caller who is still being asked is no answer. A caller who has been silent for too long is left to
        the sweeper; ``nobody_there``: a manager was to join the caller, and found nobody on hold."""
        orders = LegOrders()
        try:
            with self._store.writing() as work:
                stored = work.calls.lock(sid)
                now = self._clock()
                if stored is None or stored.ended_at is not None or not waits_on_hold(stored) or stored.deadline < now:
                    return
                if nobody_there:
                    self._close(work, stored, orders, carrier_may_follow=False)
                elif not is_asked(stored):
                    self._looked(work, stored, orders, now)
        except _NotNow:
            return
        self._legs.carry_out(orders)

    def _looked(self, work: Work, stored: StoredCall, orders: LegOrders, now: datetime) -> None:
        taken = self._taker.look(work, stored, now)
        if isinstance(taken.call, EscalationCall) and not taken.call.gone and not isinstance(taken.wait, Hold):
            raise _NotNow
        orders.take_over(taken.orders)
        self._journal.looked(work, stored, taken)

    def _begun(self, leg: Leg, new: Callable[[Work, datetime], StoredCall]) -> Document:
        """The first turn of a leg; when the line knows the leg already, what it was answered then."""
        try:
            with self._store.writing() as work:
                now = self._clock()
                stored = new(work, now)
                return self._settled(self._taken(work, stored, 0, Nothing(), None, LegOrders(), now))
        except StoreConflict:
            with self._store.writing() as work:
                return self._settled(self._answer(work, leg.sid, 0, Nothing(), None, LegOrders()))

    def _answer(
        self, work: Work, sid: str, number: int, told: Told, found: Outside | None, orders: LegOrders
    ) -> Document | OutsideLookup:
        stored = work.calls.lock(sid)
        if stored is None:
            raise UnknownCall("a webhook for a call this line never began")
        if stored.ended_at is not None and isinstance(told, RecordingEnded):
            reported(work, stored, told.recording, self._clock())
        if isinstance(told, DialEnded):
            orders.look_at = stored.parent_sid
        if stored.ended_at is not None or not self._journal.is_due(work, stored, number):
            return self._again(work, stored, number)
        return self._taken(work, stored, number, told, found, orders, self._clock())

    def _taken(
        self,
        work: Work,
        stored: StoredCall,
        number: int,
        told: Told,
        found: Outside | None,
        orders: LegOrders,
        now: datetime,
    ) -> Document | OutsideLookup:
        taken = self._taker.take(work, stored, told, found, now)
        if isinstance(taken, FindTicket | CheckPin):
            at_hand = self._lookups.at_hand(work, taken) if isinstance(taken, FindTicket) else None
            if at_hand is None:
                return taken
            taken = self._taker.take(work, stored, told, at_hand, now)
            assert not isinstance(taken, FindTicket | CheckPin)
        orders.take_over(taken.orders)
        return self._journal.enter(work, stored, taken, number)

    def _ask_outside(self, sid: str, asked: OutsideLookup) -> Outside:
        match asked:
            case FindTicket(number=number):
                return self._lookups.find(sid, number)
            case CheckPin():
                return self._pins.check(asked)
            case _:
                assert_never(asked)

    def _again(self, work: Work, stored: StoredCall, number: int) -> Document:
        document = work.turns.answer(stored.sid, number)
        if document:
            return document
        if stored.ended_at is not None:
            return self._renderer.goodbye()
        raise UnknownCall("a webhook for a turn this line never offered")

    def _close(self, work: Work, stored: StoredCall, orders: LegOrders, *, carrier_may_follow: bool) -> None:
        """The person is gone. When a manager had accepted, the carrier's report on that ring may still follow."""
        ring = work.rings.open_for(stored.sid)
        accepted = carrier_may_follow and ring is not None and ring.accepted_at is not None
        gone = HungUp(at=self._clock(), accepted=accepted, talked=has_talked(work, stored))
        taken = self._taker.left(work, stored, gone)
        orders.take_over(taken.orders)
        self._journal.closed(work, stored, taken)

    @staticmethod
    def _settled(answered: Document | OutsideLookup) -> Document:
        assert isinstance(answered, Document)
        return answered
