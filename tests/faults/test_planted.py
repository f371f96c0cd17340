"""Every invariant bites: bugs planted into the line are caught, each by the invariant it is meant for."""

from collections import Counter

import pytest

from tests.faults.conftest import NewWorld
from tests.faults.invariants import INVARIANTS
from tests.faults.planted import PLANTED, Bug
from tests.faults.planted.scripts import Script

FEWEST = 2
SCRIPTS = sorted({(bug.script, bug.ring_mode) for bug in PLANTED}, key=lambda one: (one[0].__name__, one[1]))


def test_every_invariant_has_bugs_to_catch() -> None:
    planted = Counter(bug.code for bug in PLANTED)

    assert {each.code: planted[each.code] for each in INVARIANTS if planted[each.code] < FEWEST} == {}


@pytest.mark.parametrize("bug", PLANTED, ids=str)
def test_a_planted_bug_is_caught(bug: Bug, on_sqlite: NewWorld) -> None:
    with bug.plant(), on_sqlite(bug.ring_mode) as world:
        bug.script(world)

    assert bug.code in {each.code for each in world.found}, f"not caught; found: {[str(one) for one in world.found]}"


@pytest.mark.parametrize(("script", "ring_mode"), SCRIPTS, ids=lambda each: getattr(each, "__name__", each))
def test_without_a_bug_nothing_is_found(script: Script, ring_mode: str, on_sqlite: NewWorld) -> None:
    with on_sqlite(ring_mode) as world:
        script(world)

    assert [str(each) for each in world.found] == []
