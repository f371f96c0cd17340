"""Bugs against I3 and I15: what never ends, and what is never given back."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import timedelta
from typing import Any
from unittest.mock import patch

from sqlalchemy import PoolProxiedConnection

from db.repositories.outbox import Outbox
from ivr.line import journal
from ivr.line.lookups import Lookups
from ivr.line.switchboard import Switchboard
from tests.faults.planted import scripts
from tests.faults.planted.bug import planted

A_WEEK = timedelta(days=7)


@planted("I3", scripts.a_caller_leaves_at_once)
def hang_ups_are_not_heard() -> AbstractContextManager[object]:
    """The carrier says that the caller has hung up, and nobody listens."""
    return patch.object(Switchboard, "hung_up", lambda *_: None)


@planted("I3", scripts.a_caller_says_nothing)
def endless_patience() -> AbstractContextManager[object]:
    """The carrier's next word is waited for for a week."""
    return patch.object(journal, "deadline", lambda wait, now, talk_limit: now + A_WEEK)


@planted("I3", scripts.a_caller_vanishes)
def nobody_sweeps() -> AbstractContextManager[object]:
    """Calls that the carrier has lost stay open."""
    return patch.object(Switchboard, "sweep", lambda *_: 0)


@planted("I15", scripts.a_caller_vanishes)
@contextmanager
def a_connection_is_kept() -> Iterator[None]:
    """The sweeper keeps a database connection."""
    kept: list[PoolProxiedConnection] = []
    sweep = Switchboard.sweep

    def greedy(self: Switchboard, limit: int = 50) -> int:
        kept.extend([] if kept else [self._store._engine.raw_connection()])
        return sweep(self, limit)

    with patch.object(Switchboard, "sweep", greedy):
        yield
    for each in kept:
        each.close()


@planted("I15", scripts.the_ticket_system_was_asked)
def lookups_are_kept() -> AbstractContextManager[object]:
    """Answers of the ticket system are remembered for ever."""
    return patch.object(Lookups, "_forget_finished", lambda _: None)


@planted("I10", scripts.nobody_answers)
def letters_stay_leased() -> AbstractContextManager[object]:
    """What was delivered is never written down as sent."""
    return patch.object(Outbox, "sent", lambda *_: None)


def nothing(*_: Any, **__: Any) -> None:
    """Do nothing."""
