"""What people lived through: every leg's story as the carrier tells it, and every order to ring a phone."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from ivr.emulator.happenings import (
    Alerted,
    Answered,
    Bridged,
    Dialled,
    Ended,
    Happening,
    OnCall,
    Pressed,
    Rang,
    Silenced,
    Sounded,
    Spoke,
    WebhookMade,
)
from tests.faults.books import Books
from tests.faults.carrier import Carrier
from tests.faults.rest_desk import Manner
from tests.faults.sentences import document
from tests.faults.wire import Webhook


@dataclass(slots=True)
class Bridge:
    """Two legs hear each other."""

    at: datetime
    caller: str
    manager: str
    until: datetime | None = None


@dataclass(slots=True, kw_only=True)
class Leg:
    """One leg. ``quiet_since`` is when the last sound ended; None while something is heard, or before the answer."""

    sid: str
    number: str
    calls_us: bool
    began: datetime
    answered: datetime | None = None
    ended: datetime | None = None
    status: str = ""
    keys: list[tuple[datetime, str]] = field(default_factory=list)
    quiet_since: datetime | None = None
    longest_silence: timedelta = timedelta()

    def sounds(self, at: datetime, seconds: float) -> None:
        """Something is heard from now on; 0 seconds: until something else happens."""
        self._look_back(at)
        self.quiet_since = at + timedelta(seconds=seconds) if seconds else None

    def falls_silent(self, at: datetime) -> None:
        """Nothing is heard any more."""
        self._look_back(at)
        self.quiet_since = at

    def goes_on_after(self, moment: datetime, now: datetime) -> bool:
        """Whether the leg was not over by that moment, seen from ``now``."""
        return now > moment and (self.ended is None or self.ended > moment)

    def _look_back(self, at: datetime) -> None:
        if self.answered is not None and self.quiet_since is not None:
            self.longest_silence = max(self.longest_silence, at - self.quiet_since)


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """The line told the carrier to ring a phone. ``ring`` is None where nobody is screened: the duty phone, and a
    customer who is called back (the ``way`` "back"). ``quiet_until`` is when the cooldown of the ticket ended, as it
    stood at that moment."""

    at: datetime
    number: str
    ring: int | None
    way: str
    manner: Manner
    leg: str
    quiet_until: datetime | None


class Witness:
    """Sees everything, in the order in which it happens."""

    def __init__(self, carrier: Carrier, books: Books) -> None:
        self._carrier, self._books = carrier, books
        self._seen = 0
        self.legs: dict[str, Leg] = {}
        self.bridges: list[Bridge] = []
        self.orders: list[Order] = []
        self.alerts: list[Alerted] = []
        self.orders_failed: list[datetime] = []
        self.told_of_end: dict[str, datetime] = {}
        self.called_back: set[str] = set()
        carrier.rest.told.append(self._rest)

    # Orders, at the moment when they are given.

    def _rest(self, path: str, form: Mapping[str, str], manner: Manner, sid: str) -> None:
        if path.endswith("/Calls.json"):
            place, number = form["Url"].rsplit("/", 1)
            screened = place.endswith("/screening")
            self._order(form["To"], int(number) if screened else None, "rest" if screened else "back", manner, sid)
            if not screened:
                self.called_back.add(sid)
        if manner is not Manner.FINE:
            self.orders_failed.append(self._carrier.now())

    def answered(self, webhook: Webhook) -> None:
        """The line has answered a webhook: perhaps with an order to dial."""
        if 200 <= webhook.status < 300 and webhook.form.get("CallStatus") not in LIVE:
            self.told_of_end.setdefault(webhook.sid, webhook.at)
        root = document(webhook.body) if "<Number" in webhook.body else None
        for number in root.iter("Number") if root is not None else ():
            url = number.get("url", "")
            ring = int(url.rsplit("/", 1)[1]) if url else None
            self._order((number.text or "").strip(), ring, "dial", Manner.FINE, "")

    def _order(self, number: str, ring: int | None, way: str, manner: Manner, leg: str) -> None:
        quiet = self._books.quiet_until(ring) if ring is not None else None
        self.orders.append(Order(
            at=self._carrier.now(), number=number, ring=ring, way=way, manner=manner, leg=leg, quiet_until=quiet,
        ))  # fmt: skip

    def some_order_failed(self, since: datetime, within: timedelta) -> bool:
        """Whether the carrier refused orders in that time, or a process was killed that had some to give: a phone that
        rings on then does so for as long as it was to, and whoever answers it hears that the call is taken."""
        return any(since <= at <= since + within for at in self.orders_failed)

    def strays(self) -> set[str]:
        """Legs of which the line knows nothing: the carrier rang them, and its answer to the order was lost."""
        return {order.leg for order in self.orders if order.manner is Manner.ANSWER_LOST}

    # What happens.

    def catches_up(self) -> None:
        """Take in everything that has happened since the last time."""
        happenings = self._carrier.office.happenings
        for happening in happenings[self._seen :]:
            self._sees(happening)
        self._seen = len(happenings)

    def _sees(self, happening: Happening) -> None:
        if isinstance(happening, Alerted):
            self.alerts.append(happening)
        elif isinstance(happening, Dialled | Rang):
            self._leg(happening)
        elif isinstance(happening, WebhookMade):
            self._document_follows(happening)
        elif isinstance(happening, OnCall) and happening.call_sid:
            self._on_leg(self._leg(happening), happening)

    def _on_leg(self, leg: Leg, happening: OnCall) -> None:
        at = happening.at
        match happening:
            case Answered():
                leg.answered, leg.quiet_since = at, at
            case Spoke() | Sounded() | Silenced() if self.bridge_of(leg) is not None:
                pass  # people who talk to each other need no words of ours
            case Spoke(seconds=seconds) | Sounded(seconds=seconds):
                leg.sounds(at, seconds)
            case Silenced():
                leg.falls_silent(at)
            case Pressed(key=key):
                leg.keys.append((at, key))
                if leg.quiet_since is not None and leg.quiet_since < at:
                    leg.quiet_since = at  # whoever keys is not waiting for a word
            case Bridged(others=others):
                leg.sounds(at, 0)
                self._bridged(leg, others, at)
            case Ended(status=status):
                leg.falls_silent(at)
                leg.ended, leg.status = at, status
                self._unbridged(leg, at)
            case _:
                pass

    def _document_follows(self, made: WebhookMade) -> None:
        """A leg that goes on to its next document is bridged no more, and an open-ended sound is over."""
        leg = self.legs.get(made.call_sid)
        if leg is None or made.kind == "status":
            return
        if made.kind == "action":
            self._unbridged(leg, made.at)
        if leg.quiet_since is None and leg.answered is not None and not self.bridge_of(leg):
            leg.falls_silent(made.at)

    def _leg(self, happening: OnCall) -> Leg:
        found = self.legs.get(happening.call_sid)
        if found is None:
            calls_us = self._carrier.office.legs[happening.call_sid].direction == "inbound"
            calls_us = calls_us or happening.call_sid in self.called_back
            found = Leg(
                sid=happening.call_sid, number=happening.handset, calls_us=calls_us, began=happening.at
            )
            self.legs[happening.call_sid] = found
        return found

    # Who hears whom.

    def bridge_of(self, leg: Leg) -> Bridge | None:
        """The talk this leg is in."""
        open_ones = (one for one in reversed(self.bridges) if one.until is None)
        return next((one for one in open_ones if leg.sid in (one.caller, one.manager)), None)

    def _bridged(self, leg: Leg, others: tuple[str, ...], at: datetime) -> None:
        if not leg.calls_us:
            return
        for number in others:
            manager = next(one for one in reversed(self.legs.values()) if one.number == number and not one.ended)
            self.bridges.append(Bridge(at, leg.sid, manager.sid))

    def _unbridged(self, leg: Leg, at: datetime) -> None:
        for bridge in self.bridges:
            if bridge.until is None and leg.sid in (bridge.caller, bridge.manager):
                bridge.until = at
                for sid in (bridge.caller, bridge.manager):
                    self.legs[sid].falls_silent(at)


LIVE = frozenset({None, "", "queued", "initiated", "ringing", "in-progress"})
