"""Everything the line remembers about one ticket, read in one glance: the rows behind the timeline of an escalation."""

from dataclasses import dataclass

from db.repositories.acts import StoredAct
from db.repositories.attempts import StoredAttempt
from db.repositories.callbacks import Callback
from db.repositories.interventions import Intervention
from db.repositories.outbox import Message
from db.repositories.promises import Promise
from db.repositories.refusals import StoredRefusal
from db.repositories.rings import Ring
from db.unit_of_work import Work

MOST = 50
"""Attempts that are told, the latest ones; with at most 4 a day that is two weeks of the hottest ticket."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AttemptHistory:
    """One attempt: ``caller`` is the calling number (E.164, empty when withheld or unknown)."""

    attempt: StoredAttempt
    caller: str
    rings: tuple[Ring, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketHistory:
    """What happened about one ticket. Attempts stand in the order in which they began, the rest in no certain one."""

    number: str
    attempts: tuple[AttemptHistory, ...] = ()
    promises: tuple[Promise, ...] = ()
    interventions: tuple[Intervention, ...] = ()
    acts: tuple[StoredAct, ...] = ()
    refusals: tuple[StoredRefusal, ...] = ()
    letters: tuple[Message, ...] = ()
    callbacks: tuple[Callback, ...] = ()


def history(work: Work, number: str) -> TicketHistory:
    """What is remembered about the ticket; of one never heard of, nothing."""
    return TicketHistory(
        number=number,
        attempts=tuple(_attempt(work, each) for each in reversed(work.attempts.of_ticket(number, MOST))),
        promises=tuple(work.promises.of_ticket(number, MOST)),
        interventions=tuple(work.interventions.of_ticket(number)),
        acts=tuple(work.acts.of_ticket(number)),
        refusals=tuple(work.refusals.of_ticket(number)),
        letters=tuple(work.outbox.about(number)),
        callbacks=tuple(work.callbacks.of_ticket(number)),
    )


def _attempt(work: Work, attempt: StoredAttempt) -> AttemptHistory:
    call = work.calls.read(attempt.call_sid)
    rings = tuple(work.rings.of_attempt(attempt.id))
    return AttemptHistory(attempt=attempt, caller=call.caller if call is not None else "", rings=rings)
