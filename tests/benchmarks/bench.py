"""A run: the servers, the supply of prepared calls, and which calls have gone through."""

import math
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager

from tests.benchmarks import floors
from tests.benchmarks.books import recount
from tests.benchmarks.contention import Contest, contend
from tests.benchmarks.databases import FIRST_TICKET, Database, database, fill
from tests.benchmarks.phases import Phase, floor, saturated, steady
from tests.benchmarks.script import WEBHOOKS, one_turn, whole_call
from tests.benchmarks.server import Server, serving
from tests.benchmarks.signed import AUTH_TOKEN, PUBLIC_BASE_URL, Call

FLOORS = "tests.benchmarks.floors:app"
WARM_UP_SECONDS = 1.0
FASTEST_IMAGINED = 400.0
"""Calls a second that are prepared for while none have been measured."""
RESERVE = 3.0
"""How many times more calls are prepared for a round than the fastest one so far would have needed."""
PAUSE = 0.02
"""Open loop: seconds between an answer and the next webhook of the same call."""
OPEN_WORKERS = 32
"""Open loop: more than there are ever calls at a time, unless the line is far too slow."""


class Bench:
    """The servers under load, and which calls have been made."""

    def __init__(self, options: Namespace, store: Database, line: Server, floors: Server) -> None:
        self._options = options
        self._store = store
        self._line = line
        self._floors = floors
        self._made: list[int] = []
        self._serial = 0
        self._fastest = FASTEST_IMAGINED / RESERVE
        self.faults: list[str] = []

    def warm_up(self) -> None:
        """Fill every cache in every process, and learn how many calls to prepare."""
        self.floor_a(WARM_UP_SECONDS)
        self.floor_c(WARM_UP_SECONDS)
        self._fastest = self.calls(WARM_UP_SECONDS).rate / WEBHOOKS

    def floor_a(self, seconds: float) -> Phase:
        """A constant document."""
        return self._floor(floors.CONSTANT_PATH, seconds)

    def floor_c(self, seconds: float) -> Phase:
        """Signature check and a document from the vendor's library."""
        return self._floor(floors.BUILT_PATH, seconds)

    def calls(self, seconds: float) -> Phase:
        """Whole calls, as many as the line takes."""
        workers = self._options.concurrency
        first = self._serial
        supply = self._supply(math.ceil(self._fastest * RESERVE * seconds) + 2 * workers)
        phase = saturated(self._line, workers, seconds, supply)
        self._fastest = max(self._fastest, phase.rate / WEBHOOKS)
        return self._entered(phase, first)

    def steady_calls(self, seconds: float) -> Phase:
        """Whole calls, as many as come in."""
        rate, first = self._options.calls_per_second, self._serial
        supply = self._supply(math.ceil(rate * seconds * RESERVE))
        return self._entered(steady(self._line, OPEN_WORKERS, seconds, supply, rate, PAUSE), first)

    def steady_floor(self, seconds: float) -> Phase:
        """Floor (c), as often as calls come in, in groups like theirs."""
        rate = self._options.calls_per_second
        like_a_call = (one_turn(floors.BUILT_PATH, floors.MARKER),) * WEBHOOKS
        supply = [like_a_call] * math.ceil(rate * seconds * RESERVE)
        return self._noted(steady(self._floors, OPEN_WORKERS, seconds, supply, rate, PAUSE))

    def recount(self) -> int:
        """Compare what is stored with the calls that went through; how many they are."""
        self.faults += recount(self._store.url, self._made)
        return len(self._made)

    def contest(self, tickets: int) -> Contest:
        """Everybody phones about the same ticket, for each of ``tickets``. Leaves calls live: recount before."""
        numbers = [str(FIRST_TICKET + serial) for serial in self._serials(tickets)]
        contest = contend(self._store.url, self._line.port, numbers, self._options.concurrency, self._serial)
        self.faults += contest.faults
        return contest

    def _floor(self, path: str, seconds: float) -> Phase:
        return self._noted(floor(self._floors, self._options.concurrency, seconds, one_turn(path, floors.MARKER)))

    def _supply(self, count: int) -> list[Call]:
        return [whole_call(serial, str(FIRST_TICKET + serial)) for serial in self._serials(count)]

    def _serials(self, count: int) -> range:
        """Numbers that no call has had; each has a ticket of its own."""
        taken = range(self._serial, self._serial + count)
        if taken.stop > self._options.tickets:
            raise SystemExit(f"{self._options.tickets} tickets are not enough: give --tickets more")
        self._serial = taken.stop
        return taken

    def _entered(self, phase: Phase, first: int) -> Phase:
        self._made += [first + place for place in phase.completed]
        return self._noted(phase)

    def _noted(self, phase: Phase) -> Phase:
        self.faults += phase.faults
        return phase


@contextmanager
def running(options: Namespace) -> Iterator[tuple[Bench, Database]]:
    """Databases and servers as ``options`` say, until the body ends."""
    with database(options.database) as store:
        fill(store.url, range(FIRST_TICKET, FIRST_TICKET + options.tickets))
        how = (options.workers, options.worker_class)
        with serving(FLOORS, *how, {}) as low, serving("wsgi:app", *how, _settings(store)) as line:
            yield Bench(options, store, line, low), store


def _settings(store: Database) -> dict[str, str]:
    return {
        "DATABASE_URL": store.url,
        "DATABASE_SYNCHRONOUS": store.synchronous,
        "PUBLIC_BASE_URL": PUBLIC_BASE_URL,
        "RING_MODE": "dial",  # no carrier is there that could be asked to ring anybody
        "TWILIO_ACCOUNT_SID": "AC0123456789abcdef0123456789abcdef",
        "TWILIO_AUTH_TOKEN": AUTH_TOKEN,
        "SECRET_KEY": AUTH_TOKEN,
    }
