"""Eight processes to race with, shared by the races because starting them takes seconds."""

import multiprocessing
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor

import pytest

from tests.db.racing import take_place

RACERS = 8


@pytest.fixture(scope="session")
def racers() -> Iterator[ProcessPoolExecutor]:
    """Eight processes of their own: nothing but the database is shared. Submit exactly eight jobs that wait for one
    another, then each process takes one."""
    # Forked from a clean server that has imported everything once: no connection of ours is inherited.
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.db.racing"])
    barrier = context.Barrier(RACERS)
    with ProcessPoolExecutor(RACERS, mp_context=context, initializer=take_place, initargs=(barrier,)) as pool:
        yield pool
