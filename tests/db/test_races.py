"""Eight processes want the same thing at the same moment; exactly one gets it."""

from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from db import migrate
from db.engine import open_engine
from db.unit_of_work import Store
from tests.db.conftest import RACERS
from tests.db.racing import claim_each_day, empty_the_outbox, settle_promises, upgrade
from tests.db.samples import MINUTE, NOW, TICKET, begin_attempt, begin_ring
from tests.db.servers import PostgresServer

ROUNDS = 50


def recount(url: str) -> tuple[list[int], int]:
    """Attempts begun for the ticket, and messages in the outbox: read by somebody who took no part."""
    store = Store(open_engine(url))
    with store.reading() as work:
        attempts = sorted(attempt.id for attempt in work.attempts.of_ticket(TICKET.number, limit=1000))
        messages = sum(work.outbox.by_key(f"attempt/{attempt}") is not None for attempt in attempts)
    store.close()
    return attempts, messages


def test_eight_callers_one_ticket_fifty_rounds_one_winner_each(racers: ProcessPoolExecutor, database_url: str) -> None:
    tickets = [TICKET.number] * ROUNDS
    jobs = [racers.submit(claim_each_day, database_url, str(me), tickets) for me in range(RACERS)]
    wins = sorted(attempt for job in jobs for attempt in job.result())
    assert len(wins) == len(set(wins)) == ROUNDS
    assert recount(database_url) == (wins, ROUNDS)


def test_eight_callers_about_a_ticket_never_heard_of(racers: ProcessPoolExecutor, database_url: str) -> None:
    tickets = [f"unheard-{number}" for number in range(10)]
    jobs = [racers.submit(claim_each_day, database_url, str(me), tickets) for me in range(RACERS)]
    assert sum(len(job.result()) for job in jobs) == len(tickets)


def test_eight_dispatchers_send_each_message_once(racers: ProcessPoolExecutor, database_url: str) -> None:
    keys = sorted(f"message/{number}" for number in range(200))
    store = Store(open_engine(database_url))
    with store.writing() as work:
        for key in keys:
            work.outbox.add("notice", key, {}, NOW)
    store.close()
    jobs = [racers.submit(empty_the_outbox, database_url) for _ in range(RACERS)]
    assert sorted(key for job in jobs for key in job.result()) == keys


def test_eight_workers_settle_each_promise_once(racers: ProcessPoolExecutor, database_url: str) -> None:
    store = Store(open_engine(database_url))
    with store.writing() as work:
        attempt = begin_attempt(work)
        ring = begin_ring(work, attempt)
        made = [work.promises.make(str(one), attempt, ring, "dana", NOW - MINUTE, NOW) for one in range(100)]
    store.close()
    jobs = [racers.submit(settle_promises, database_url) for _ in range(RACERS)]
    assert sorted(promise for job in jobs for promise in job.result()) == made


def all_upgrade(racers: ProcessPoolExecutor, url: str) -> migrate.Schema:
    """Eight instances are started at once on an empty database."""
    for job in [racers.submit(upgrade, url) for _ in range(RACERS)]:
        job.result()
    return migrate.check(url)


def test_eight_upgrades_at_once_of_an_empty_file(racers: ProcessPoolExecutor, tmp_path: Path) -> None:
    assert all_upgrade(racers, f"sqlite:///{tmp_path / 'empty.db'}").fit


def test_eight_upgrades_at_once_of_an_empty_server(racers: ProcessPoolExecutor, postgresql: PostgresServer) -> None:
    url = postgresql.create(migrated=False)
    assert all_upgrade(racers, url).fit
    postgresql.drop(url)
