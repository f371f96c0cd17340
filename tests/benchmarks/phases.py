"""One stretch of load against one server, and what it measured."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import repeat

from tests.benchmarks.load import Record, Work, arrivals, at_once, closed_loop, open_loop
from tests.benchmarks.server import Server
from tests.benchmarks.signed import Call, Webhook

SETTLING = 0.3
"""Seconds for the workers to be forked before they begin together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase:
    """``rate``: webhooks a second whose answers were complete inside the measured stretch. ``seconds`` by name of the
    webhook. ``completed``: places in the supply of the calls that went through, counting those finished just after it.
    ``server_cpu``, ``generator_cpu``: processor seconds for each webhook."""

    rate: float
    seconds: dict[str, list[float]]
    completed: list[int]
    faults: list[str]
    server_cpu: float
    generator_cpu: float
    signing: float
    lags: list[float]

    @property
    def all_seconds(self) -> list[float]:
        """Of every webhook."""
        return [each for named in self.seconds.values() for each in named]


def saturated(server: Server, workers: int, seconds: float, supply: Sequence[Call]) -> Phase:
    """Calls in a closed loop: each of ``workers`` begins the next as soon as its last is over."""
    return _closed(server, workers, seconds, lambda mine, *when: closed_loop(supply[mine::workers], *when))


def floor(server: Server, workers: int, seconds: float, webhook: Webhook) -> Phase:
    """The same webhook again and again."""
    return _closed(server, workers, seconds, lambda _, *when: closed_loop(repeat((webhook,)), *when))


def steady(server: Server, workers: int, seconds: float, supply: Sequence[Call], rate: float, pause: float) -> Phase:
    """Calls that come in by themselves, ``rate`` a second: an open loop. Answers are timed from when the webhook was
    due, so a server that falls behind cannot hide it."""
    begins = time.perf_counter() + SETTLING
    starts = arrivals(rate, seconds, begins, seed=len(supply))
    used = min(len(starts), len(supply))
    works = [open_loop(supply[mine:used:workers], starts[mine:used:workers], pause) for mine in range(workers)]
    return _measured(server, works, workers, begins, begins + seconds)


def _closed(server: Server, workers: int, seconds: float, loop: Callable[[int, float, float], Work]) -> Phase:
    begins = time.perf_counter() + SETTLING
    ends = begins + seconds
    return _measured(server, [loop(mine, begins, ends) for mine in range(workers)], workers, begins, ends)


def _measured(server: Server, works: Sequence[Work], workers: int, begins: float, ends: float) -> Phase:
    before = server.cpu_seconds()
    records = at_once(server.port, works)
    used = server.cpu_seconds() - before
    answered = [each for record in records for each in record.answered]
    webhooks = max(len(answered), 1)
    return Phase(
        rate=sum(each.at < ends for each in answered) / (ends - begins),
        seconds=_by_name(records),
        completed=[mine + place * workers for mine, record in enumerate(records) for place in record.completed],
        faults=[fault for record in records for fault in record.faults],
        server_cpu=used / webhooks,
        generator_cpu=sum(record.cpu for record in records) / webhooks,
        signing=sum(record.signing for record in records) / max(sum(record.signed for record in records), 1),
        lags=[lag for record in records for lag in record.lags],
    )


def _by_name(records: Sequence[Record]) -> dict[str, list[float]]:
    named: dict[str, list[float]] = {}
    for record in records:
        for each in record.answered:
            named.setdefault(each.name, []).append(each.seconds)
    return named
