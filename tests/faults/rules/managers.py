"""Managers: they answer, decline, stay silent, are a mailbox or busy, press any key at any moment, and wrap up."""

from hypothesis import strategies as st
from hypothesis.stateful import precondition

from tests.faults import company
from tests.faults.deeds import managers
from tests.faults.rules.acting import PLACES, Acting, one_of, step

KEYS = st.sampled_from(["1", "2", "3", "9", "*", "#", "7", "30#", "*2#", "0#", "9999#", "11", "*1", "**"])
WRAP_UPS = st.sampled_from(["1", "2", "3", "9", "*", "5"])
LENGTHS = st.sampled_from(["1", "30", "*2", "90", "0", "9999"])


class ManagerRules(Acting):
    """What managers do."""

    @precondition(lambda self: self.world.ringing())
    @step("a manager accepts", who=PLACES)
    def accepts(self, who: int) -> None:
        managers.accepts(self.world, one_of(self.world.ringing(), who))

    @precondition(lambda self: self.world.ringing())
    @step("a manager picks up", who=PLACES)
    def picks_up(self, who: int) -> None:
        managers.picks_up(self.world, one_of(self.world.ringing(), who))

    @precondition(lambda self: self.world.ringing())
    @step("a manager passes the call on", who=PLACES)
    def passes_on(self, who: int) -> None:
        managers.passes_on(self.world, one_of(self.world.ringing(), who))

    @precondition(lambda self: self.world.ringing())
    @step("a manager presses the red button", who=PLACES)
    def refuses(self, who: int) -> None:
        managers.refuses(self.world, one_of(self.world.ringing(), who))

    @precondition(lambda self: self.world.ringing())
    @step("all managers accept at the same moment")
    def accept_at_once(self) -> None:
        managers.accept_at_once(self.world, self.world.ringing())

    @precondition(lambda self: self.world.on_a_call(company.MANAGERS))
    @step("a manager presses keys", who=PLACES, keys=KEYS)
    def presses(self, who: int, keys: str) -> None:
        managers.presses(self.world, one_of(self.world.on_a_call(company.MANAGERS), who), keys)

    @precondition(lambda self: self.world.on_a_call(company.MANAGERS))
    @step("a manager wraps up", who=PLACES, key=WRAP_UPS, length=LENGTHS)
    def wraps_up(self, who: int, key: str, length: str) -> None:
        managers.wraps_up(self.world, one_of(self.world.on_a_call(company.MANAGERS), who), key, length)

    @precondition(lambda self: self.world.on_a_call(company.MANAGERS))
    @step("a manager hangs up", who=PLACES)
    def leaves(self, who: int) -> None:
        managers.hangs_up(self.world, one_of(self.world.on_a_call(company.MANAGERS), who))
