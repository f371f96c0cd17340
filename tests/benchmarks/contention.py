"""Every worker phones about the same ticket and confirms at the same moment: exactly one may ring the managers."""

import multiprocessing
from collections.abc import Sequence
from dataclasses import dataclass, replace
from multiprocessing.synchronize import Barrier

from tests.benchmarks.books import winners
from tests.benchmarks.load import Record, Telephone, Work, at_once
from tests.benchmarks.script import CLAIM, UNDER_WAY, asking_for, caller_sid
from tests.benchmarks.signed import Call

OTHERS_WITHIN = 60.0
REFUSED = b"being called about this ticket right now"


@dataclass(frozen=True, slots=True, kw_only=True)
class Contest:
    """What came of it: how long each claiming webhook took, in seconds, and what was wrong."""

    seconds: list[float]
    faults: list[str]


def contend(url: str, port: int, tickets: Sequence[str], contenders: int, first_serial: int) -> Contest:
    """Let ``contenders`` race for each of ``tickets``, one after the other."""
    barrier = multiprocessing.get_context("fork").Barrier(contenders)
    serials = [range(first_serial + mine * len(tickets), 10**9) for mine in range(contenders)]
    supplies = [[asking_for(mine[place], ticket) for place, ticket in enumerate(tickets)] for mine in serials]
    records = at_once(port, [_racer(supply, barrier) for supply in supplies])
    faults = [fault for record in records for fault in record.faults]
    for place, ticket in enumerate(tickets):
        told = [caller_sid(serials[mine][place]) for mine, record in enumerate(records) if place in record.completed]
        stored = winners(url, ticket)
        if len(told) != 1 or told != stored:
            faults.append(f"ticket {ticket}: {len(told)} callers heard that they had won, {len(stored)} are stored")
    return Contest(seconds=[each.seconds for record in records for each in record.answered], faults=faults)


def _racer(supply: Sequence[Call], barrier: Barrier) -> Work:
    """Its record will hold, as ``completed``, the places of the tickets it was told to have won."""

    def work(telephone: Telephone, record: Record) -> None:
        for place, call in enumerate(supply):
            telephone.place(call[:CLAIM])
            del record.answered[place:]    # only the claims are of interest
            barrier.wait(OTHERS_WITHIN)
            answer = telephone.ask(replace(call[CLAIM], marker=b"")) or b""
            if UNDER_WAY.encode() in answer:
                record.completed.append(place)
            elif REFUSED not in answer:
                record.faults.append(f"ticket {place}: neither won nor refused: {answer[-300:]!r}")

    return work
