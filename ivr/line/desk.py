"""What somebody may do who holds a link: read about a ticket, take the call, say how it goes on after a talk."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from db.repositories.rings import Ring
from db.unit_of_work import Store, Work
from flows.call import EscalationCall
from flows.routing import Person
from flows.rules.ring_outcome import RingOutcome
from flows.ticket import Ticket
from flows.wrap_up import WrapUp
from ivr.clock import Clock
from ivr.line.dialling import DialPolicy
from ivr.line.leg_orders import LegDesk, LegOrders, PlaceLeg
from ivr.line.links import Link
from ivr.line.terms import state_terms

RING_SECONDS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """A ticket and whom the line has rung about it in this attempt; ``response_due`` is aware UTC."""

    ticket: Ticket
    response_due: datetime | None
    earlier: int
    rings: tuple[Ring, ...]
    language: str
    zone: str


class TakeIt(Enum):
    """Whether the call can be taken now, or what came of it."""

    OPEN = "open"
    RINGING = "ringing"        # the chosen telephone rings
    USED = "used"              # this link has rung somebody before
    TAKEN = "taken"            # a manager has accepted
    OVER = "over"              # the caller has left, or the attempt has ended
    NOT_POSSIBLE = "not-possible"    # phones are dialled from the caller's leg, one at a time
    NO_PHONE = "no-phone"      # the person has no phone, or none that may be dialled


class Said(Enum):
    """What came of terms stated by link."""

    OPEN = "open"
    NOTED = "noted"
    STATED = "stated"          # by key or by link, before
    UNKNOWN = "unknown"        # there was no such talk


@dataclass(frozen=True, slots=True, kw_only=True)
class _Attempt:
    """An attempt that goes on, and the caller who waits for it."""

    id: int
    sid: str
    line: str
    caller: str
    call: EscalationCall
    person: Person


class Desk:
    """Does what links are for. Nothing is done by looking, so that programs which open every link change nothing."""

    def __init__(self, store: Store, clock: Clock, legs: LegDesk, policy: DialPolicy) -> None:
        self._store = store
        self._clock = clock
        self._legs = legs
        self._policy = policy

    def story(self, link: Link) -> Story | None:
        """What the ring in ``link`` was about; None when nothing is known of it any more."""
        with self._store.reading() as work:
            ring = work.rings.read(link.about)
            caller = work.calls.read(ring.call_sid) if ring else None
            if ring is None or caller is None or not isinstance(caller.state, EscalationCall):
                return None
            state = caller.state
            if state.ticket is None:
                return None
            rings = tuple(work.rings.of_attempt(ring.attempt_id))
        return Story(ticket=state.ticket, response_due=state.response_due, earlier=state.earlier, rings=rings,
                     language=ring.language, zone=state.line.zone)

    def phones(self, link: Link) -> tuple[str, ...]:
        """The telephones that may be rung for the person in ``link``."""
        with self._store.reading() as work:
            found = self._attempt(work, link)
        return () if found is None else self._allowed(found)

    def can_take(self, link: Link) -> TakeIt:
        """Whether the call can be taken now."""
        with self._store.reading() as work:
            return self._can_take(work, link)

    def take(self, link: Link, phone: str) -> TakeIt:
        """Ring ``phone``, one of the person's own, as a further ring of the attempt; by each link once."""
        with self._store.writing() as work:
            found = self._attempt(work, link)
            if found is not None:
                work.calls.lock_live(found.sid)    # acceptance and hang-up wait until the ring is written down
            state = self._can_take(work, link)
            if state is not TakeIt.OPEN or found is None:
                return state
            if phone not in self._allowed(found):
                return TakeIt.NO_PHONE
            now = self._clock()
            if not work.used_links.use(link.nonce, now):
                return TakeIt.USED
            order = _begin(work, found, phone, now)
        self._legs.carry_out(LegOrders(place=[order]))
        return TakeIt.RINGING

    def can_state(self, link: Link) -> Said:
        """Whether terms are still wanted from the manager of the talk in ``link``."""
        with self._store.reading() as work:
            return _can_state(work, link)

    def state(self, link: Link, wrap_up: WrapUp) -> Said:
        """The manager says how it goes on; it counts like the key in the wrap-up."""
        with self._store.writing() as work:
            possible = _can_state(work, link)
            ring = work.rings.read(link.about)
            if possible is not Said.OPEN or ring is None:
                return possible
            if not work.used_links.use(link.nonce, self._clock()):
                return Said.STATED
            state_terms(work, ring, wrap_up, self._clock())
        return Said.NOTED

    def _can_take(self, work: Work, link: Link) -> TakeIt:
        found = self._attempt(work, link)
        if work.used_links.used(link.nonce):
            return TakeIt.USED
        if found is None:
            return TakeIt.OVER
        if not found.call.hold or not self._legs.can_place:
            return TakeIt.NOT_POSSIBLE
        rings = work.rings.of_attempt(found.id)
        if any(ring.accepted_at is not None and ring.ended_at is None for ring in rings):
            return TakeIt.TAKEN
        if any(ring.outcome == RingOutcome.TALKED.value for ring in rings):
            return TakeIt.TAKEN
        return TakeIt.OPEN if self._allowed(found) else TakeIt.NO_PHONE

    def _attempt(self, work: Work, link: Link) -> _Attempt | None:
        attempt = work.attempts.read(link.about)
        caller = work.calls.read(attempt.call_sid) if attempt and attempt.ended_at is None else None
        if attempt is None or caller is None or caller.ended_at is not None:
            return None
        person = work.routing.read(caller.routing_version).people.get(link.person)
        if person is None or not isinstance(caller.state, EscalationCall):
            return None
        return _Attempt(id=attempt.id, sid=caller.sid, line=caller.line, caller=caller.caller, call=caller.state,
                        person=person)

    def _allowed(self, found: _Attempt) -> tuple[str, ...]:
        barred = frozenset({found.line, found.caller})
        return tuple(each for each in found.person.phones if self._policy.refusal(each, barred=barred) is None)


def _begin(work: Work, found: _Attempt, phone: str, now: datetime) -> PlaceLeg:
    level = found.call.position.level if found.call.position else 0
    title = found.call.ladder.levels[level].title if found.call.ladder and found.call.ladder.levels else ""
    ring = work.rings.start(
        attempt_id=found.id, call_sid=found.sid, rank=level + 1, title=title, member=found.person.name, number=phone,
        at=now, language=found.person.language, person="",
    )
    return PlaceLeg(ring=ring, number=phone, caller_id=found.line, ring_seconds=RING_SECONDS)


def _can_state(work: Work, link: Link) -> Said:
    ring = work.rings.read(link.about)
    if ring is None or ring.accepted_at is None:
        return Said.UNKNOWN
    if ring.terms is not None or work.used_links.used(link.nonce):
        return Said.STATED
    return Said.OPEN
