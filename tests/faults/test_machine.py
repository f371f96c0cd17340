"""Steps of the machine in every test run; behind a marker twenty thousand, and a long run at random."""

import os
import random
from functools import partial

import pytest

from tests.faults.conftest import NewWorld
from tests.faults.runs import EVERY_TIME, TWENTY_THOUSAND, Runs, run, run_long

PROMISED_STEPS, PROMISED_IN_ALL = 5_000, 20_000
NO_HURRY = pytest.mark.timeout(7200)
"""Of real time: a run that takes so long hangs."""


def test_as_many_steps_are_taken_as_promised() -> None:
    assert sum(runs.steps for runs in EVERY_TIME) >= PROMISED_STEPS
    assert sum(runs.steps for runs in (*EVERY_TIME, *TWENTY_THOUSAND)) >= PROMISED_IN_ALL


@NO_HURRY
@pytest.mark.parametrize("runs", [runs for runs in EVERY_TIME if runs.database == "sqlite"], ids=str)
def test_everything_holds(runs: Runs, on_sqlite: NewWorld) -> None:
    assert run(runs, partial(on_sqlite, runs.ring_mode)) >= runs.steps


@NO_HURRY
@pytest.mark.parametrize("runs", [runs for runs in EVERY_TIME if runs.database == "postgresql"], ids=str)
def test_everything_holds_on_postgresql(runs: Runs, on_postgresql: NewWorld) -> None:
    assert run(runs, partial(on_postgresql, runs.ring_mode)) >= runs.steps


@pytest.mark.long
@NO_HURRY
@pytest.mark.parametrize("runs", TWENTY_THOUSAND, ids=str)
def test_everything_holds_for_twenty_thousand_steps(runs: Runs, on_sqlite: NewWorld) -> None:
    assert run(runs, partial(on_sqlite, runs.ring_mode)) >= runs.steps


@pytest.mark.long
@pytest.mark.timeout(0)
@pytest.mark.parametrize("ring_mode", ["hold", "dial"])
def test_everything_holds_for_long(
    ring_mode: str, on_sqlite: NewWorld, capsys: pytest.CaptureFixture[str]
) -> None:
    seed = int(os.environ.get("MACHINE_SEED", random.randrange(2**32)))
    with capsys.disabled():
        print(f"\nthe machine, {ring_mode}: MACHINE_SEED={seed}")
    steps = run_long(ring_mode, partial(on_sqlite, ring_mode), seed)
    with capsys.disabled():
        print(f"{steps} steps")
