"""The phones beside a caller on hold, and everything that may come of them."""

from datetime import datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from flows.effects import RingClosed, RingsStopped
from flows.heard import Digits, Heard, HoldEnded, RingNow, StillWaiting
from flows.rules.ring_outcome import RingOutcome
from flows.turn import AwaitTalkEnd, Hold, LeaveHold, ListenOnHold, Turn
from flows.wrap_up import Terms, WrapUp
from tests.flows.world import NOW

WAITS_ON_HOLD = (Hold, ListenOnHold, LeaveHold, AwaitTalkEnd)

FRUITLESS = (
    RingOutcome.DECLINED,
    RingOutcome.NOT_ACCEPTED,
    RingOutcome.NO_ANSWER,
    RingOutcome.BUSY,
    RingOutcome.FAILED,
    RingOutcome.NOT_ALLOWED,
    RingOutcome.NOT_PLACED,
    RingOutcome.TAKEN,
)
LATE = st.sampled_from([0, 0, 12, 70]).map(lambda seconds: timedelta(seconds=seconds))
"""What the carrier's next look may be late by; 70 seconds are several lost ones."""

without_time = st.sampled_from([Terms.RESOLVED, Terms.HANDED_UP, Terms.HANDED_UP])
times = st.integers(30, 72 * 60).map(lambda minutes: NOW + timedelta(minutes=minutes))
stated = (
    st.none()
    | st.builds(WrapUp, terms=without_time)
    | st.builds(WrapUp, terms=st.sampled_from([Terms.PROMISED, Terms.QUIET]), until=times)
)
"""What a manager may have said by now."""


class Beside:
    """The attempt's rings as our books would hold them: at most one is accepted at a time."""

    def __init__(self, data: st.DataObject) -> None:
        self._data = data
        self.rings: list[RingNow] = []

    def follow(self, turn: Turn[Any]) -> None:
        """Enter what a turn of the caller's conversation has stated and ordered."""
        for effect in turn.effects:
            match effect:
                case RingsStopped(outcome=outcome):
                    self._end(lambda ring: not ring.accepted, outcome)
                case RingClosed(outcome=outcome):
                    self._end(lambda ring: True, outcome)
                case _:
                    pass
        if isinstance(turn.then, Hold):
            self.rings += [RingNow(number=ring.number, outcome=None, accepted=False) for ring in turn.then.ring]

    def answer(self, turn: Turn[Any], now: datetime, *, keys: bool) -> Heard:
        """What comes next; ``keys``: the caller may press some."""
        draw = self._data.draw
        if isinstance(turn.then, LeaveHold):
            return self._hold_over(now)
        if isinstance(turn.then, AwaitTalkEnd):
            self._accepted_ring_ends()
            return self._look(now)
        if keys and draw(st.sampled_from([False, False, True])):
            return Digits(at=now, keys=draw(st.sampled_from(["1", "2", "4", "9", "*", "5", "#"])))
        if self.accepted or self._talked(turn):
            return self._joining_or_over(turn, now)
        if keys and draw(st.sampled_from([False] * 9 + [True])):
            return HoldEnded(at=now, talked=False, caller_left=True)
        self._something_happens()
        return self._look(now)

    @property
    def accepted(self) -> bool:
        """Whether a manager has pressed 1 and how that ends is not known yet."""
        return any(ring.accepted and ring.outcome is None for ring in self.rings)

    def _talked(self, turn: Turn[Any]) -> bool:
        return any(ring.outcome is RingOutcome.TALKED and ring.number in turn.call.ringing for ring in self.rings)

    def _joining_or_over(self, turn: Turn[Any], now: datetime) -> Heard:
        """The carrier joins both; either leg may be the first to tell that the talk is over, and one may be lost."""
        if self._talked(turn):
            return HoldEnded(at=now, talked=True, caller_left=self._data.draw(st.booleans()))
        if self._data.draw(st.booleans()):
            return self._hold_over(now)
        self._accepted_ring_ends()
        return self._look(now)

    def _hold_over(self, now: datetime) -> HoldEnded:
        talked = any(ring.accepted for ring in self.rings) and self._data.draw(st.sampled_from([True, True, False]))
        left = self._data.draw(st.sampled_from([False, False, True]))
        return HoldEnded(at=now, talked=talked, caller_left=left, accepted=self.accepted)

    def _look(self, now: datetime) -> StillWaiting:
        talked = any(ring.outcome is RingOutcome.TALKED for ring in self.rings)
        wrap_up = self._data.draw(stated) if talked else None
        left = talked and self._data.draw(st.booleans())
        return StillWaiting(at=now, rings=tuple(self.rings), wrap_up=wrap_up, manager_left=left)

    def _something_happens(self) -> None:
        """To each ringing phone; whoever accepts takes the call from all the others."""
        for index, ring in enumerate(self.rings):
            if ring.outcome is None:
                kind = self._data.draw(st.sampled_from(["rings", "rings", "ends", "accepts"]))
                if kind == "accepts":
                    self._accept(index)
                    return
                if kind == "ends":
                    ended = self._data.draw(st.sampled_from(FRUITLESS))
                    self.rings[index] = RingNow(number=ring.number, outcome=ended, accepted=False)

    def _accept(self, index: int) -> None:
        self._end(lambda ring: ring is not self.rings[index], RingOutcome.TAKEN)
        self.rings[index] = RingNow(number=self.rings[index].number, outcome=None, accepted=True)

    def _accepted_ring_ends(self) -> None:
        outcome = self._data.draw(st.sampled_from([RingOutcome.TALKED, RingOutcome.CALLER_LEFT]))
        self._end(lambda ring: ring.accepted, outcome)

    def _end(self, which: Any, outcome: RingOutcome) -> None:
        for index, ring in enumerate(self.rings):
            if ring.outcome is None and which(ring):
                self.rings[index] = RingNow(number=ring.number, outcome=outcome, accepted=ring.accepted)
