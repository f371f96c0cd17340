"""A theatre instead of a process of its own: it plays what it is told, when the story says so."""

from collections.abc import Callable

import pytest

from ivr import app as wiring
from ivr.drill.desk import DrillDesk
from ivr.drill.plan import DrillPlan, Moment, Played

PLAYED = Played(moments=(Moment(seconds=61.5, who="Dana Whitfield", verb="hears", words='"<b>1</b>"'),),
                ending="Exhausted: nobody took the call.")


class Theatre:
    """``plans`` are those it has played; ``trouble`` is raised instead of playing."""

    def __init__(self) -> None:
        self.plans: list[DrillPlan] = []
        self.waiting: list[Callable[[], None]] = []
        self.trouble: Exception | None = None

    def play(self, plan: DrillPlan) -> Played:
        self.plans.append(plan)
        if self.trouble:
            raise self.trouble
        return PLAYED

    def goes_on(self) -> None:
        """What was begun last is played to its end."""
        self.waiting.pop()()


def opened(monkeypatch: pytest.MonkeyPatch) -> Theatre:
    """Sites that are made from now on play their drills here."""
    theatre = Theatre()
    monkeypatch.setattr(
        wiring, "DrillDesk", lambda store, clock: DrillDesk(store, clock, theatre.play, theatre.waiting.append)
    )
    return theatre
