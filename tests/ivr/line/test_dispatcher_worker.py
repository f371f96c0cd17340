"""The worker: it goes on whatever happens, and says that it is alive."""

from datetime import timedelta
from threading import Event

import pytest
from structlog.testing import capture_logs

from db.errors import StoreUnavailable, Trouble
from db.unit_of_work import Store
from ivr.line.dispatcher import BEAT, Worker
from tests.ivr.line.outbox_stories import NOW, PostOffice, ToldClock, a_dispatcher, nothing_waits, post_notices


class Breaks(Event):
    """A stop signal that counts the pauses and ends the work at the last of them."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self.most = most
        self.pauses: list[float | None] = []

    def wait(self, timeout: float | None = None) -> bool:
        self.pauses.append(timeout)
        if len(self.pauses) == self.most:
            self.set()
        return self.is_set()


@pytest.fixture
def clock() -> ToldClock:
    return ToldClock()


def last_beat(store: Store) -> object:
    with store.reading() as work:
        return work.heartbeats.last("worker")


def test_the_worker_pauses_only_when_there_is_nothing_to_do(store: Store, clock: ToldClock) -> None:
    amounts = [2, 1, 0, 3, 0]
    breaks = Breaks(most=2)

    Worker([lambda: amounts.pop(0)], store, clock).run_forever(breaks, idle_seconds=0.7)

    assert amounts == []
    assert breaks.pauses == [0.7, 0.7]


def test_the_worker_empties_the_outbox_and_rests(store: Store, clock: ToldClock) -> None:
    post = PostOffice()
    post_notices(store, "call-1")
    breaks = Breaks(most=1)

    Worker([a_dispatcher(store, clock, post).run_once], store, clock).run_forever(breaks)

    assert post.keys == ["call-1"]
    assert nothing_waits(store)


def test_a_worker_told_to_stop_does_nothing_more(store: Store, clock: ToldClock) -> None:
    post = PostOffice()
    post_notices(store, "call-1")
    stop = Event()
    stop.set()

    Worker([a_dispatcher(store, clock, post).run_once], store, clock).run_forever(stop)

    assert post.asked == []
    assert last_beat(store) is None


def test_one_failing_task_stops_neither_the_others_nor_the_heartbeat(store: Store, clock: ToldClock) -> None:
    def sweep() -> int:
        raise StoreUnavailable(Trouble.LOCKED, "held by +12025550123")

    def dispatch() -> int:
        return 4

    with capture_logs() as logged:
        assert Worker([sweep, dispatch], store, clock).run_once() == 4

    assert [line["event"] for line in logged] == ["task failed"]
    assert "sweep" in logged[0]["task"]
    assert "0123" not in str(logged)
    assert last_beat(store) == NOW


def test_the_heart_beats_every_few_seconds_not_at_every_turn(store: Store, clock: ToldClock) -> None:
    worker = Worker([], store, clock)
    worker.run_once()

    clock.advance(BEAT - timedelta(seconds=1))
    worker.run_once()
    assert last_beat(store) == NOW

    clock.advance(timedelta(seconds=1))
    worker.run_once()
    assert last_beat(store) == NOW + BEAT


def test_a_clock_set_back_does_not_stop_the_heart(store: Store, clock: ToldClock) -> None:
    worker = Worker([], store, clock)
    worker.run_once()

    clock.advance(timedelta(days=-1))
    worker.run_once()

    assert last_beat(store) == NOW - timedelta(days=1)
