"""What the racing processes do. They start together at each round, so that every round is a real race."""

from contextlib import suppress
from datetime import timedelta
from multiprocessing.synchronize import Barrier

from db import migrate
from db.engine import open_engine
from db.repositories.claims import Won
from db.repositories.overrides import OverrideClash
from db.unit_of_work import Store
from flows.rules.cooldown import Outcome
from flows.rules.promise import State
from flows.rules.schedule import Override
from tests.db.samples import MINUTE, NOW, TERMS

PATIENT = timedelta(seconds=30)
"""The machine may be busy with other things: who waits long shall still lose by the rules, not by a timeout."""
_starting_line: Barrier | None = None


def take_place(barrier: Barrier) -> None:
    """Run in each new process, for a barrier can be handed over only then: remember where to wait for the others."""
    global _starting_line
    _starting_line = barrier


def wait_for_the_others() -> None:
    """Return in all processes at the same moment."""
    assert _starting_line is not None
    _starting_line.wait(timeout=60)


def upgrade(url: str) -> None:
    """Several instances of the line are started at once."""
    wait_for_the_others()
    migrate.upgrade(url)


def claim_each_day(url: str, me: str, tickets: list[str]) -> list[int]:
    """Claim one ticket a day against the others; the numbers of the attempts won. A win puts a notice in the outbox
    in the same transaction, and is over before the next day."""
    store = Store(open_engine(url, patience=PATIENT, pool_size=1))
    wins = []
    for day, ticket in enumerate(tickets):
        now = NOW + timedelta(days=2 * day)
        wait_for_the_others()
        with store.writing() as work:
            answer = work.claims.claim(ticket, f"CA-{me}-{day}", now, now + MINUTE, TERMS, NOW)
            if isinstance(answer, Won):
                work.outbox.add("notice", f"attempt/{answer.attempt_id}", {"ticket": ticket}, now)
                wins.append(answer.attempt_id)
        wait_for_the_others()
        if isinstance(answer, Won):
            with store.writing() as work:
                work.claims.end(answer.attempt_id, Outcome.LEFT_EARLY, None, 0, now)
    store.close()
    return wins


def settle_promises(url: str) -> list[int]:
    """Take and settle promises until none is due; those that were ours to settle."""
    store = Store(open_engine(url, patience=PATIENT, pool_size=1))
    wait_for_the_others()
    mine: list[int] = []
    while True:
        with store.writing() as work:
            due = work.promises.due(NOW, MINUTE, 3)
        if not due:
            break
        for promise in due:
            with store.writing() as work:
                mine += [promise.id] if work.promises.close(promise.id, State.BROKEN, NOW) else []
    store.close()
    return mine


def empty_the_outbox(url: str) -> list[str]:
    """Take and settle messages until none is due; their keys."""
    store = Store(open_engine(url, patience=PATIENT, pool_size=1))
    wait_for_the_others()
    keys: list[str] = []
    while True:
        with store.writing() as work:
            messages = work.outbox.claim_due(NOW, MINUTE, 5)
        if not messages:
            break
        with store.writing() as work:
            for message in messages:
                work.outbox.sent(message.id, NOW)
        keys += [message.key for message in messages]
    store.close()
    return keys


def put_somebody_in(url: str, me: str, rounds: int) -> int:
    """Put oneself in for the same hour as the others, on one day after the other; how often that went well."""
    store = Store(open_engine(url, patience=PATIENT, pool_size=1))
    done = 0
    for day in range(rounds):
        starts = NOW + timedelta(days=day)
        wait_for_the_others()
        with suppress(OverrideClash), store.writing() as work:
            work.overrides.add(Override(schedule="shift", person=me, starts_at=starts, ends_at=starts + MINUTE), NOW)
            done += 1
    store.close()
    return done
