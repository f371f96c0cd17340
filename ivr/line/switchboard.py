"""The switchboard: one webhook = one turn = one transaction.

A webhook that comes again is answered again from the journal, without a second effect. Whatever a turn states (its
state, its journal entry, its mails) is committed together, and only then answered.
"""

import structlog

from db.repositories.calls import StoredCall
from db.unit_of_work import Store, Work
from flows.call import EscalationCall, ScreeningCall
from flows.call_screening import screening
from flows.escalation_line import line as escalation_line
from flows.heard import HungUp
from flows.turn import FindTicket
from ivr.clock import Clock
from ivr.line.answer import Answer, Document, Hold, Renderer
from ivr.line.deadlines import SPEECH, deadline
from ivr.line.dialling import DialPolicy
from ivr.line.lookups import Lookups, Outside
from ivr.line.speech import speak
from ivr.line.told import Leg, Nothing, Told
from ivr.line.turn_taking import Taken, TurnTaker

log = structlog.get_logger()


class UnknownLine(Exception):
    """A number was called that no routing names: connect it in the routing, or remove the webhook from the number."""


class UnknownCall(Exception):
    """A webhook for a call this line never began, or a turn it never offered."""


class Switchboard:
    """Takes webhooks, gives documents. Threads and processes may share one database, each with its own switchboard."""

    def __init__(
        self, *, store: Store, clock: Clock, lookups: Lookups, renderer: Renderer, policy: DialPolicy
    ) -> None:
        self._store = store
        self._clock = clock
        self._lookups = lookups
        self._renderer = renderer
        self._taker = TurnTaker(policy)

    def incoming(self, leg: Leg) -> Document:
        """A customer calls one of our lines. Raises UnknownLine for a number that is none."""
        with self._store.writing() as work:
            self._begin_escalation(work, leg)
            return self._settled(self._answer(work, leg.sid, 0, Nothing()))

    def screening(self, leg: Leg, ring: int) -> Document:
        """A manager's phone was picked up. Raises UnknownCall unless ``ring`` belongs to the leg's parent."""
        with self._store.writing() as work:
            self._begin_screening(work, leg, ring)
            return self._settled(self._answer(work, leg.sid, 0, Nothing()))

    def turn(self, sid: str, number: int, told: Told) -> Document:
        """The carrier reports what came of turn ``number``. Raises UnknownCall for one that was never offered."""
        found: Outside | None = None
        while True:
            with self._store.writing() as work:
                answered = self._answer(work, sid, number, told, found)
            if isinstance(answered, Document):
                return answered
            found = self._lookups.find(sid, answered.number)

    def hung_up(self, sid: str) -> None:
        """A leg is over. A leg we do not know, or have already closed, changes nothing."""
        with self._store.writing() as work:
            stored = work.calls.lock(sid)
            if stored is not None and stored.ended_at is None:
                self._close(work, stored, carrier_may_follow=True)

    def sweep(self, limit: int = 50) -> int:
        """Close calls whose next webhook never came; answers how many. Runs every few seconds in the worker."""
        with self._store.reading() as work:
            overdue = work.calls.overdue(self._clock(), limit)
        for sid in overdue:
            with self._store.writing() as work:
                stored = work.calls.lock(sid)
                if stored is not None and stored.ended_at is None and stored.deadline < self._clock():
                    log.warning("call swept", call=sid, step=stored.state.step)
                    self._close(work, stored, carrier_may_follow=False)
        return len(overdue)

    def _begin_escalation(self, work: Work, leg: Leg) -> None:
        now = self._clock()
        version, routing = work.routing.current()
        line = routing.line(leg.called)
        if line is None:
            raise UnknownLine("the called number is not a line in the published routing")
        work.calls.begin(
            sid=leg.sid,
            conversation=escalation_line.name,
            line=line.number,
            caller=leg.caller,
            state=EscalationCall(
                step=escalation_line.start, language=line.languages[0], line=line, caller=leg.caller
            ),
            routing_version=version,
            deadline=now + SPEECH,
            at=now,
        )

    def _begin_screening(self, work: Work, leg: Leg, ring_id: int) -> None:
        now = self._clock()
        ring = work.rings.read(ring_id)
        caller = work.calls.read(leg.parent) if ring is not None and ring.call_sid == leg.parent else None
        if ring is None or caller is None:
            raise UnknownCall("a phone was answered that this line did not ring")
        state = caller.state
        assert isinstance(state, EscalationCall)
        assert state.ticket is not None
        work.calls.begin(
            sid=leg.sid,
            conversation=screening.name,
            line=caller.line,
            caller=caller.caller,
            state=ScreeningCall(
                step=screening.start,
                language=ring.language,
                ticket=state.ticket,
                response_due=state.response_due or state.ticket.opened_at,
                earlier=state.earlier,
                answered_at=now,
            ),
            routing_version=caller.routing_version,
            deadline=now + SPEECH,
            at=now,
            parent_sid=caller.sid,
            ring_id=ring.id,
            attempt_id=ring.attempt_id,
            ticket_number=state.ticket.number,
        )

    def _answer(
        self, work: Work, sid: str, number: int, told: Told, found: Outside | None = None
    ) -> Document | FindTicket:
        stored = work.calls.lock(sid)
        if stored is None:
            raise UnknownCall("a webhook for a call this line never began")
        if number != stored.turn or stored.ended_at is not None:
            return self._again(work, stored, number)
        now = self._clock()
        taken = self._taker.take(work, stored, told, found, now)
        return taken if isinstance(taken, FindTicket) else self._enter(work, stored, taken)

    def _again(self, work: Work, stored: StoredCall, number: int) -> Document:
        document = work.turns.answer(stored.sid, number)
        if document:
            return document
        if stored.ended_at is not None:
            return self._renderer.goodbye()
        raise UnknownCall("a webhook for a turn this line never offered")

    def _enter(self, work: Work, stored: StoredCall, taken: Taken) -> Document:
        """Journal, state and claim, in the transaction of the turn; the document is what a repeat will be answered."""
        said = tuple(speak(prompt, taken.call.language) for prompt in taken.said)
        answer = Answer(
            said=said,
            wait=taken.wait,
            next_turn=stored.turn + 1,
            line=stored.line,
            ring=taken.ring if taken.ring is not None else stored.ring_id,
            screening=stored.conversation == screening.name,
        )
        document = self._renderer.document(answer)
        work.turns.record(
            stored.sid,
            stored.turn,
            taken.at,
            taken.heard,
            stored.state.step,
            taken.call.step,
            [(spoken.language, spoken.text) for spoken in said],
            document,
        )
        self._save(work, stored, taken, stored.turn + 1)
        return document

    def _save(self, work: Work, stored: StoredCall, taken: Taken, turn: int) -> None:
        due = deadline(taken.wait, taken.at, taken.talk_limit)
        work.calls.save(
            stored.sid,
            state=taken.call,
            turn=turn,
            pending=taken.pending,
            holds=stored.holds + 1 if isinstance(taken.wait, Hold) else 0,
            deadline=due,
            ended_at=taken.at if taken.over else None,
            attempt_id=taken.live_attempt or stored.attempt_id,
            ticket_number=taken.ticket_number or stored.ticket_number,
        )
        if taken.live_attempt is not None:
            work.claims.renew(taken.live_attempt, due)

    def _close(self, work: Work, stored: StoredCall, *, carrier_may_follow: bool) -> None:
        """The person is gone. When a manager had accepted, the carrier's report on that ring may still follow."""
        now = self._clock()
        ring = work.rings.open_for(stored.sid)
        accepted = carrier_may_follow and ring is not None and ring.accepted_at is not None
        taken = self._taker.left(work, stored, HungUp(at=now, accepted=accepted))
        if taken.over:
            work.turns.record(stored.sid, stored.turn, now, taken.heard, stored.state.step, taken.call.step, [], "")
        self._save(work, stored, taken, stored.turn)

    @staticmethod
    def _settled(answered: Document | FindTicket) -> Document:
        assert isinstance(answered, Document)
        return answered
