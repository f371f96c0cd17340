"""Bugs against I4 and I5: who may ring managers about a ticket, and how often."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from datetime import datetime
from typing import Any
from unittest.mock import patch

from db.repositories.claims import Claims, Won
from flows.rules.cooldown import Outcome
from ivr.line import inside
from tests.faults.planted import scripts
from tests.faults.planted.bug import planted


@planted("I4", scripts.nobody_answers_and_the_caller_calls_again)
@contextmanager
def no_rest() -> Iterator[None]:
    """An attempt ends, and the ticket does not rest."""
    end = Claims.end

    def restless(self: Claims, attempt: int, outcome: Outcome, quiet_until: Any, *rest: Any, **more: Any) -> bool:
        return end(self, attempt, outcome, None, *rest, **more)

    with patch.object(Claims, "end", restless):
        yield


@planted("I4", scripts.a_manager_asks_for_quiet_and_the_caller_for_the_next_level)
@contextmanager
def rings_on() -> Iterator[None]:
    """Before a ring nobody looks whether a manager has asked for quiet meanwhile."""
    check = inside._check_cooldown

    def careless(work: Any, *asked: Any) -> Any:
        standing = work.claims.standing
        with patch.object(work.claims, "standing", lambda number: replace(standing(number), quiet_until=None)):
            return check(work, *asked)

    with patch.object(inside, "_check_cooldown", careless):
        yield


@planted("I5", scripts.two_callers_and_one_ticket)
def claims_run_out() -> AbstractContextManager[object]:
    """A claim is not prolonged while the ladder rings: after two minutes the next caller gets it."""
    return patch.object(Claims, "renew", lambda *_: True)


@planted("I5", scripts.nobody_answers)
@contextmanager
def claims_twice() -> Iterator[None]:
    """Each escalation makes two attempts, the first of which ends at once."""
    claim = Claims.claim

    def eager(self: Claims, number: str, sid: str, now: datetime, *terms: Any) -> Any:
        won = claim(self, number, sid, now, *terms)
        if not isinstance(won, Won):
            return won
        self.end(won.attempt_id, Outcome.LEFT_EARLY, None, 0, now)
        return claim(self, number, sid, now, *terms)

    with patch.object(Claims, "claim", eager):
        yield
