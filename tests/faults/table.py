"""Prints what the machine does in a test run: steps by kind, what came of them, and the planted bugs caught.

``python -m tests.faults.table`` takes as long as the test run does.
"""

import tempfile
from collections import Counter
from contextlib import ExitStack
from functools import partial
from pathlib import Path

from ivr.logs import configure
from tests.db.servers import PostgresServer, copied_sqlite, migrated_sqlite, postgres_server
from tests.faults.invariants import INVARIANTS
from tests.faults.planted import PLANTED, Bug
from tests.faults.runs import EVERY_TIME, run
from tests.faults.tally import TALLY
from tests.faults.world import World


class Databases:
    """An empty, migrated database for each world, of either kind."""

    def __init__(self, folder: Path, server: PostgresServer) -> None:
        self._folder, self._server = folder, server
        self._template = migrated_sqlite(folder)
        self._lent = ""

    def world(self, database: str, ring_mode: str) -> World:
        """A new world."""
        return World(self._sqlite() if database == "sqlite" else self._postgresql(), ring_mode)

    def _sqlite(self) -> str:
        for left in self._folder.glob("line.db*"):
            left.unlink()
        return copied_sqlite(self._template, self._folder)

    def _postgresql(self) -> str:
        if self._lent:
            self._server.take_back(self._lent)
        self._lent = self._server.lend()
        return self._lent


def main() -> None:
    """Run everything and print the tables."""
    configure("CRITICAL")
    with ExitStack() as open_things:
        folder = Path(open_things.enter_context(tempfile.TemporaryDirectory()))
        databases = Databases(folder, open_things.enter_context(postgres_server()))
        for runs in EVERY_TIME:
            steps = run(runs, partial(databases.world, runs.database, runs.ring_mode))
            print(f"{runs!s:<24}{steps:>8} steps")
        _print("Steps by kind", TALLY.steps)
        _print(f"What came of {TALLY.runs} runs", TALLY.came_of_it)
        print(f"\n{TALLY.total} steps; every invariant held after each of them.\n")
        _print_bugs(databases)


def _print(title: str, counted: Counter[str]) -> None:
    print(f"\n{title}")
    for name, count in counted.most_common():
        print(f"{count:>8}  {name}")


def _print_bugs(databases: Databases) -> None:
    caught = {str(bug): _is_caught(bug, databases) for bug in PLANTED}
    for each in INVARIANTS:
        mine = [bug for bug in PLANTED if bug.code == each.code]
        print(f"{each.code:<4} {each.words}: {sum(caught[str(bug)] for bug in mine)} of {len(mine)} bugs caught")
        for bug in mine:
            print(f"       {'caught' if caught[str(bug)] else 'MISSED'}  {bug.words}")
    print(f"\n{sum(caught.values())} of {len(PLANTED)} planted bugs caught.")


def _is_caught(bug: Bug, databases: Databases) -> bool:
    with bug.plant(), databases.world("sqlite", bug.ring_mode) as world:
        bug.script(world)
    return bug.code in {each.code for each in world.found}


if __name__ == "__main__":
    main()
