"""Time, which passes, and strangers, who forge."""

from hypothesis import strategies as st
from hypothesis.stateful import precondition

from tests.faults.deeds import strangers
from tests.faults.deeds.strangers import Forged
from tests.faults.rules.acting import Acting, one_of, step

SECONDS = st.sampled_from([1.0, 3.0, 7.0, 7.0, 15.0, 20.0])
MINUTES = st.sampled_from([0.6, 0.6, 0.8, 1.0, 2.0, 7.0, 22.0, 35.0, 70.0, 300.0, 1600.0])


class OtherRules(Acting):
    """What happens by itself."""

    @step("seconds pass", seconds=SECONDS)
    def seconds_pass(self, seconds: float) -> None:
        self.world.passes(seconds)

    @step("minutes or hours pass", minutes=MINUTES)
    def minutes_pass(self, minutes: float) -> None:
        self.world.passes(minutes * 60)

    @precondition(lambda self: self.world.carrier.wire.made)
    @step("somebody forges a webhook", how=st.sampled_from(Forged), which=st.integers(0, 200))
    def forges(self, how: Forged, which: int) -> None:
        strangers.forges(self.world, how, one_of(self.world.carrier.wire.made, which))
