"""Counts what the machine has done in this process."""

from collections import Counter
from dataclasses import dataclass, field

from tests.faults.books import Page


@dataclass(slots=True)
class Tally:
    """Steps by kind, runs, and what the steps led to."""

    steps: Counter[str] = field(default_factory=Counter)
    runs: int = 0
    came_of_it: Counter[str] = field(default_factory=Counter)

    def step(self, name: str) -> None:
        """One more step of this kind."""
        self.steps[name] += 1

    def run(self, page: Page, talks: int) -> None:
        """One run is over: what it has led to."""
        self.runs += 1
        self.came_of_it.update(f"attempts {row.outcome}" for row in page.attempts)
        self.came_of_it.update(f"rings {row.outcome}" for row in page.rings)
        self.came_of_it.update(f"terms {row.terms}" for row in page.rings if row.terms)
        self.came_of_it.update(f"messages {row.state}" for row in page.messages)
        self.came_of_it.update(f"callbacks {row.state}" for row in page.callbacks)
        self.came_of_it["refusals"] += len(page.refusals)
        self.came_of_it["talks"] += talks
        self.came_of_it["calls"] += len(page.calls)

    @property
    def total(self) -> int:
        """Steps of every kind."""
        return self.steps.total()


TALLY = Tally()
