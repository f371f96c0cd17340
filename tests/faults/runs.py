"""How the machine is run: as many steps as the test run can bear, the same ones every time; or for long, at random."""

import os
from collections.abc import Callable
from dataclasses import dataclass

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.faults.machine import EscalationMachine
from tests.faults.tally import TALLY
from tests.faults.world import World

STEPS_A_RUN = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Runs:
    """So many runs of the machine on one kind of database, ringing in one way; ``part`` tells runs apart that differ in
    nothing else: each has steps of its own."""

    database: str
    ring_mode: str
    part: str
    runs: int

    def __str__(self) -> str:
        return f"{self.database}-{self.ring_mode}-{self.part}"

    @property
    def steps(self) -> int:
        """How many steps that are at least. The library tries the shortest run as well, and none is cut short."""
        return self.runs * STEPS_A_RUN


EVERY_TIME = (
    Runs(database="sqlite", ring_mode="hold", part="a", runs=40),
    Runs(database="sqlite", ring_mode="dial", part="a", runs=50),
    Runs(database="postgresql", ring_mode="hold", part="a", runs=5),
    Runs(database="postgresql", ring_mode="dial", part="a", runs=5),
)
"""What every test run does, in about a minute of one core: a step takes 7 ms, most of it for webhooks."""

TWENTY_THOUSAND = tuple(
    Runs(database="sqlite", ring_mode=mode, part=part, runs=38) for mode in ("hold", "dial") for part in "bcde"
)
"""The rest of twenty thousand steps, behind the marker for long runs; each of the tests ends soon."""


def run(runs: Runs, new_world: Callable[[], World]) -> int:
    """Run the machine; how many steps it took. Derandomized and without a memory: a test run finds the same as the one
    before, or the code has changed. Nothing is shrunk here, which could take minutes; ``run_long`` does."""
    before = TALLY.total
    how = settings(
        max_examples=runs.runs, stateful_step_count=STEPS_A_RUN, derandomize=True, database=None, deadline=None,
        phases=[Phase.generate], report_multiple_bugs=False, suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    run_state_machine_as_test(_machine(f"{runs.ring_mode}_{runs.part}", new_world), settings=how)
    return TALLY.total - before


def run_long(ring_mode: str, new_world: Callable[[], World], seed: int) -> int:
    """Run the machine for long, at random from ``seed``; what it finds is shrunk to the shortest script."""
    before = TALLY.total
    how = settings(
        max_examples=int(os.environ.get("MACHINE_RUNS", "2000")), stateful_step_count=STEPS_A_RUN, database=None,
        deadline=None, report_multiple_bugs=False, suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    machine = _machine(ring_mode, new_world)
    machine._hypothesis_internal_use_seed = seed  # type: ignore[attr-defined]
    run_state_machine_as_test(machine, settings=how)
    return TALLY.total - before


def _machine(name: str, new_world: Callable[[], World]) -> type[EscalationMachine]:
    """A machine of its own name: the name is part of what its steps are derived from."""
    return type(f"Machine_{name}", (EscalationMachine,), {"new_world": staticmethod(new_world)})
