"""The stateful machine: callers, managers, networks, servers and admins against one line, and every invariant after
every step."""

from collections.abc import Callable

from hypothesis.stateful import RuleBasedStateMachine, invariant

from tests.faults.deeds.ending import all_is_over
from tests.faults.rules.callers import CallerRules
from tests.faults.rules.house import HouseRules
from tests.faults.rules.managers import ManagerRules
from tests.faults.rules.network import NetworkRules
from tests.faults.rules.others import OtherRules
from tests.faults.tally import TALLY
from tests.faults.world import World


class EscalationMachine(
    CallerRules, ManagerRules, NetworkRules, HouseRules, OtherRules, RuleBasedStateMachine
):
    """One run: a fresh line on a fresh database, some steps, and an end in which everything must come to rest."""

    new_world: Callable[[], World]

    def __init__(self) -> None:
        super().__init__()
        self.world = type(self).new_world().__enter__()
        self._is_over = False

    @invariant()
    def everything_holds(self) -> None:
        """Every invariant of faults.md section 2.3."""
        try:
            self.world.judged()
        finally:
            self._is_over = bool(self.world.found)
        self._nothing_found()

    def teardown(self) -> None:
        """Everybody hangs up, everything comes to rest, everything is given back."""
        try:
            if not self._is_over:
                all_is_over(self.world)
        finally:
            self.world.__exit__(None, None, None)
        self._nothing_found()
        TALLY.run(self.world.page(), len(self.world.witness.bridges))

    def _nothing_found(self) -> None:
        assert not self.world.found, "\n".join(map(str, self.world.found))
