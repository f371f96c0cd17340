"""Eight processes want the same thing at the same moment; exactly one gets it."""

from concurrent.futures import ProcessPoolExecutor

from db.engine import open_engine
from db.unit_of_work import Store
from tests.db.conftest import RACERS
from tests.db.racing import claim_each_day, empty_the_outbox
from tests.db.samples import NOW, TICKET

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
