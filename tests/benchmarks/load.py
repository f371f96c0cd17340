"""The load: a process for each worker, blocking sockets, a fresh connection for each webhook, bytes made beforehand.

Processes, because threads of one interpreter would wait for each other. Every answer's status and marker are checked.
"""

import gc
import multiprocessing
import re
import socket
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from random import Random

from tests.benchmarks.signed import Call, Webhook

RING = re.compile(rb"/voice/screening/(\d+)")
ANSWER_WITHIN = 30.0
LARGEST_PART = 65536
_forking = multiprocessing.get_context("fork")    # the prepared bytes are shared, not copied


@dataclass(frozen=True, slots=True)
class Answered:
    """One webhook: which, when its answer was complete (monotonic), and how many seconds after it was due."""

    name: str
    at: float
    seconds: float


@dataclass(slots=True)
class Record:
    """What one worker did. ``completed`` are the places, in its own supply, of the calls that went through;
    ``signing`` the seconds spent on signatures that could not be made beforehand, outside the measured times;
    ``lags`` by how many seconds it woke up late (open loop)."""

    answered: list[Answered] = field(default_factory=list)
    completed: list[int] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    lags: list[float] = field(default_factory=list)
    signing: float = 0.0
    signed: int = 0
    cpu: float = 0.0


class Telephone:
    """Sends the webhooks of calls, one after the other, to ``port``."""

    def __init__(self, port: int, record: Record) -> None:
        self._address = ("127.0.0.1", port)
        self._record = record

    def place(self, call: Call, due: float | None = None, pause: float = 0.0) -> bool:
        """One call; False as soon as an answer is wrong. ``due`` is when its first webhook should have been sent;
        each further one is due ``pause`` seconds after the answer before it."""
        ring = 0
        for webhook in call:
            answer = self.ask(webhook, ring, due)
            if answer is None:
                return False
            found = RING.search(answer)
            ring = int(found[1]) if found else ring
            due = None if due is None else self.wait_until(time.perf_counter() + pause)
        return True

    def ask(self, webhook: Webhook, ring: int = 0, due: float | None = None) -> bytes | None:
        """Send one webhook, note how long it took since ``due`` (None: since now); None when the answer is wrong."""
        request = self._request(webhook, ring)
        begun = time.perf_counter() if due is None else due
        answer = self._exchange(request)
        now = time.perf_counter()
        self._record.answered.append(Answered(webhook.name, now, now - begun))
        if answer.startswith(webhook.status) and webhook.marker in answer:
            return answer
        self._record.faults.append(f"{webhook.name}: {answer[:60]!r} ... {answer[-300:]!r}")
        return None

    def wait_until(self, due: float) -> float:
        """Sleep until ``due``; answers ``due``, and notes how late it really was."""
        time.sleep(max(due - time.perf_counter(), 0.0))
        self._record.lags.append(time.perf_counter() - due)
        return due

    def _request(self, webhook: Webhook, ring: int) -> bytes:
        if not webhook.late:
            return webhook.request(ring)
        begun = time.perf_counter()
        request = webhook.request(ring)
        self._record.signing += time.perf_counter() - begun
        self._record.signed += 1
        return request

    def _exchange(self, request: bytes) -> bytes:
        """Send a request over a connection of its own; the whole answer."""
        try:
            with socket.socket() as connection:
                connection.settimeout(ANSWER_WITHIN)
                connection.connect(self._address)
                connection.sendall(request)
                received = part = connection.recv(LARGEST_PART)
                while part:
                    part = connection.recv(LARGEST_PART)
                    received += part
                return received
        except OSError as error:
            return f"no answer: {error}".encode()


Work = Callable[[Telephone, Record], None]


def closed_loop(supply: Iterable[Call], begins: float, ends: float) -> Work:
    """One call after the other, the next as soon as the last is over; the call under way at ``ends`` is completed."""

    def work(telephone: Telephone, record: Record) -> None:
        time.sleep(max(begins - time.perf_counter(), 0.0))
        for place, call in enumerate(supply):
            if time.perf_counter() >= ends:
                return
            if telephone.place(call):
                record.completed.append(place)
        if time.perf_counter() < ends:
            record.faults.append("the prepared calls did not last: the round is not valid")

    return work


def open_loop(supply: Sequence[Call], starts: Sequence[float], pause: float) -> Work:
    """Each call starts at its own moment, whether or not earlier ones are over."""

    def work(telephone: Telephone, record: Record) -> None:
        for place, (call, start) in enumerate(zip(supply, starts, strict=True)):
            if telephone.place(call, due=telephone.wait_until(start), pause=pause):
                record.completed.append(place)

    return work


def arrivals(rate: float, seconds: float, begins: float, seed: int) -> list[float]:
    """Moments at which calls come in: at random, as people do, ``rate`` a second on average."""
    chance = Random(seed)
    moments = [begins + chance.expovariate(rate)]
    while moments[-1] < begins + seconds:
        moments.append(moments[-1] + chance.expovariate(rate))
    return moments[:-1]


def at_once(port: int, works: Sequence[Work]) -> list[Record]:
    """Run each of ``works`` in a process of its own; their records in the same order."""
    pipes = [_forking.Pipe(duplex=False) for _ in works]
    processes = [
        _forking.Process(target=_worker, args=(port, work, sending))
        for work, (_, sending) in zip(works, pipes, strict=True)
    ]
    for process in processes:
        process.start()
    for _, sending in pipes:
        sending.close()    # so that a worker that dies is noticed
    records: list[Record] = []
    for process, (receiving, _) in zip(processes, pipes, strict=True):
        with receiving:
            records.append(receiving.recv())
        process.join()
    return records


def _worker(port: int, work: Work, sending: Connection) -> None:
    gc.disable()    # looking through everything prepared would copy it into every worker, at the server's expense
    record = Record()
    begun = time.process_time()
    work(Telephone(port, record), record)
    record.cpu = time.process_time() - begun
    sending.send(record)
