"""The carrier and the networks: callbacks lost, late, doubled, reordered; webhooks repeated; orders that fail."""

from typing import assert_never

from hypothesis import strategies as st
from hypothesis.stateful import precondition

from tests.faults import company
from tests.faults.carrier import Fate
from tests.faults.deeds import network
from tests.faults.rest_desk import Manner
from tests.faults.rules.acting import PLACES, Acting, one_of, step
from tests.faults.wire import Mishap

TROUBLES: st.SearchStrategy[Fate | Manner | Mishap] = st.one_of(
    st.sampled_from([Fate.ARRIVE, *Fate]),
    st.sampled_from([Manner.FINE, *Manner]),
    st.sampled_from([each for each in Mishap if each is not Mishap.NONE]),
)
AWAY = st.sampled_from([None, None, 3.0, 15.0, 50.0])
KINDS = {
    Fate: "callbacks are lost, late, doubled, overtaken, or arrive",
    Manner: "the carrier's API works or fails",
    Mishap: "the next webhook is repeated, or the process dies over it",
}


class NetworkRules(Acting):
    """What goes wrong on the way."""

    @step(lambda trouble: KINDS[type(trouble)], trouble=TROUBLES)
    def trouble(self, trouble: Fate | Manner | Mishap) -> None:
        match trouble:
            case Fate():
                network.treats_callbacks(self.world, trouble)
            case Manner():
                network.answers_rest(self.world, trouble)
            case Mishap():
                network.befalls_the_next_webhook(self.world, trouble)
            case _:
                assert_never(trouble)

    @precondition(lambda self: self.world.on_a_call((*company.CALLERS, *company.MANAGERS)))
    @step("the network loses a call, or the site is down for a while", who=PLACES, seconds=AWAY)
    def accident(self, who: int, seconds: float | None) -> None:
        if seconds is not None:
            network.is_away(self.world, seconds)
        else:
            network.loses(self.world, one_of(self.world.on_a_call((*company.CALLERS, *company.MANAGERS)), who))
