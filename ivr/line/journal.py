"""Enters turns: state, journal and claim in the transaction of the turn, and the numbers under which turns are offered.

A caller on hold has two turns open at once: the next look at the rings, and the exit, which the carrier reports
whenever the hold is over.
"""

from dataclasses import replace
from datetime import datetime
from typing import Any

from db.repositories.calls import StoredCall
from db.unit_of_work import Work
from flows.call import EscalationCall
from flows.call_screening import screening
from flows.turn import Hold, ListenOnHold
from ivr.line.answer import Answer, Document, OneMoment, Renderer
from ivr.line.deadlines import deadline
from ivr.line.speech import speak
from ivr.line.turn_taking import Taken


class Journal:
    """What happened, and what a webhook that comes twice is answered."""

    def __init__(self, renderer: Renderer) -> None:
        self._renderer = renderer

    @staticmethod
    def is_due(work: Work, stored: StoredCall, number: int) -> bool:
        """Whether turn ``number`` is open: the next one, or the exit from a hold that nobody has reported yet."""
        return number == stored.turn or (
            number == stored.exit_turn and work.turns.answer(stored.sid, number) is None
        )

    def enter(self, work: Work, stored: StoredCall, taken: Taken, number: int) -> Document:
        """Enter turn ``number``; the document is what a repeat of it will be answered."""
        on_hold = stored.exit_turn is not None and number != stored.exit_turn
        exit_turn = stored.exit_turn if on_hold else stored.turn + 1 if isinstance(taken.wait, Hold) else None
        next_turn = stored.turn + 1 if on_hold or exit_turn is None else stored.turn + 2
        taken = _with_unsaid(taken) if on_hold or exit_turn is None else _said_on_hold(taken)
        routing = work.routing.read(stored.routing_version)
        said = tuple(speak(prompt, taken.call.language, routing.words, routing.recordings) for prompt in taken.said)
        answer = Answer(
            said=said,
            wait=taken.wait,
            next_turn=next_turn,
            line=stored.line,
            ring=taken.ring if taken.ring is not None else stored.ring_id,
            screening=stored.conversation == screening.name,
            exit_turn=exit_turn,
            on_hold=on_hold,
            queue=f"attempt-{taken.live_attempt or stored.attempt_id}",
            voices=routing.voices,
        )
        document = self._renderer.document(answer)
        words = [(spoken.language, spoken.text) for spoken in said]
        self._save(work, stored, taken, next_turn, exit_turn, _due_in_talk(work, stored, taken))
        work.turns.record(stored.sid, number, taken.at, taken.heard, stored.step, taken.call.step, words, document)
        return document

    def looked(self, work: Work, stored: StoredCall, taken: Taken) -> None:
        """Enter what a look beside the caller changed; its words wait until the caller listens. A look proves nothing
        about the caller, whose next word is due no later for it."""
        due = min(stored.deadline, _due(taken))
        self._save(work, stored, _said_on_hold(taken), stored.turn, stored.exit_turn, due)

    def closed(self, work: Work, stored: StoredCall, taken: Taken) -> None:
        """Enter that the person has hung up."""
        if taken.over:
            work.turns.record(stored.sid, stored.turn, taken.at, taken.heard, stored.step, taken.call.step, [], "")
        self._save(work, stored, taken, stored.turn, stored.exit_turn, _due(taken))

    @staticmethod
    def _save(
        work: Work, stored: StoredCall, taken: Taken, turn: int, exit_turn: int | None, due: datetime
    ) -> None:
        left: dict[str, Any] = {
            "conversation": taken.conversation,
            "state": taken.call,
            "turn": turn,
            "pending": taken.pending,
            "holds": stored.holds + 1 if isinstance(taken.wait, OneMoment) else 0,
            "deadline": due,
            "ended_at": taken.at if taken.over else None,
            "attempt_id": taken.live_attempt or stored.attempt_id,
            "exit_turn": exit_turn,
        }
        ticket = taken.ticket_number or stored.ticket_number
        if stored.turn == 0:
            work.calls.begin(replace(stored, ticket_number=ticket, **left))
        else:
            work.calls.save(stored.sid, ticket_number=ticket if ticket != stored.ticket_number else None, **left)
        if taken.live_attempt is not None:
            work.claims.renew(taken.live_attempt, due)


def _due(taken: Taken) -> datetime:
    return deadline(taken.wait, taken.at, taken.talk_limit)


def _due_in_talk(work: Work, stored: StoredCall, taken: Taken) -> datetime:
    """Whoever is being joined to a manager is silent for a whole talk, whatever was still being said to them: an answer
    that goes out in between takes nothing of that time away."""
    due, attempt = _due(taken), taken.live_attempt
    is_joined = isinstance(taken.wait, Hold | ListenOnHold) and attempt is not None and any(
        ring.accepted_at is not None for ring in work.rings.still_open(attempt)
    )
    return max(due, stored.deadline) if is_joined else due


def _said_on_hold(taken: Taken) -> Taken:
    """Who goes on hold is told there: only there do keys count while the words are spoken."""
    assert isinstance(taken.call, EscalationCall)
    unsaid = (*taken.call.unsaid, *taken.said)
    return replace(taken, call=replace(taken.call, unsaid=unsaid), said=())


def _with_unsaid(taken: Taken) -> Taken:
    """What happened while nobody listened is said first."""
    if not isinstance(taken.call, EscalationCall) or not taken.call.unsaid:
        return taken
    return replace(taken, call=replace(taken.call, unsaid=()), said=(*taken.call.unsaid, *taken.said))
