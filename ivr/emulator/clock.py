"""Time for the exchange: simulated (it jumps from one appointment to the next) or real (the demo).

Simulated time moves only while somebody drives the exchange and no real input or output is outstanding, so that an
application's slowness never looks like a caller's silence and a story ends the same way on every machine.
"""

import asyncio
import selectors
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta


@dataclass(slots=True, eq=False)
class Alarm:
    """A real-time deadline, for what really runs: sockets. Simulated timers cannot serve, they stand still
    meanwhile."""

    due: float
    ring: Callable[[], None]


class Clock:
    """The exchange's time. Read it from any thread; everything else belongs to the loop's thread."""

    def __init__(self, start: datetime, speed: float | None) -> None:
        if start.tzinfo is None:
            raise ValueError("the exchange starts at an aware datetime")
        if speed is not None and speed <= 0:
            raise ValueError("speed is a positive factor of real time, or None for simulated time")
        self.start = start.astimezone(UTC)
        self.speed = speed
        self._origin = time.monotonic()
        self._elapsed = 0.0
        self._drivers = 0
        self._outstanding = 0
        self._all_in = asyncio.Event()
        self._all_in.set()
        self._alarms: list[Alarm] = []

    def elapsed(self) -> float:
        """Seconds of exchange time since the start."""
        if self.speed is None:
            return self._elapsed
        return (time.monotonic() - self._origin) * self.speed

    def now(self) -> datetime:
        """The exchange's moment, aware, in UTC."""
        return self.start + timedelta(seconds=self.elapsed())

    @contextmanager
    def driven(self) -> Iterator[None]:
        """Let simulated time move."""
        self._drivers += 1
        try:
            yield
        finally:
            self._drivers -= 1

    @contextmanager
    def outstanding(self) -> Iterator[None]:
        """Hold simulated time: a request is under way in the real world."""
        self._outstanding += 1
        self._all_in.clear()
        try:
            yield
        finally:
            self._outstanding -= 1
            if not self._outstanding:
                self._all_in.set()

    async def settled(self) -> None:
        """Wait until nothing is under way in the real world and what came of it has been dealt with."""
        for _ in range(20):  # each answer may lead to a few more steps at the same moment
            await self._all_in.wait()
            await asyncio.sleep(0)

    @asynccontextmanager
    async def deadline(self, seconds: float) -> AsyncIterator[None]:
        """Raise TimeoutError in the body after so many REAL seconds."""
        task = asyncio.current_task()
        assert task is not None
        rung: list[bool] = []

        def ring() -> None:
            rung.append(True)
            task.cancel()

        alarm = Alarm(time.monotonic() + seconds, ring)
        self._alarms.append(alarm)
        try:
            yield
        except asyncio.CancelledError:
            if rung and not task.uncancel():
                raise TimeoutError from None
            raise
        finally:
            if alarm in self._alarms:
                self._alarms.remove(alarm)

    # The rest is the selector's business.

    def may_jump(self) -> bool:
        return self._drivers > 0 and not self._outstanding

    def jump(self, seconds: float) -> None:
        self._elapsed += seconds

    def real_wait(self) -> float | None:
        """Real seconds until the next alarm, None without one."""
        return max(0.0, min(alarm.due for alarm in self._alarms) - time.monotonic()) if self._alarms else None

    def ring_due_alarms(self) -> None:
        moment = time.monotonic()
        due = [alarm for alarm in self._alarms if alarm.due <= moment]
        for alarm in due:
            self._alarms.remove(alarm)
            alarm.ring()


class _PatientSelector(selectors.DefaultSelector):
    """Instead of sleeping until the next timer it moves the clock there, if it may."""

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self._clock = clock

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        ready = super().select(0)
        if ready or (timeout is not None and timeout <= 0):
            self._clock.ring_due_alarms()
            return ready
        speed = self._clock.speed
        if speed is None and timeout is not None and self._clock.may_jump():
            self._clock.jump(timeout)
            return []
        timer = timeout / speed if speed and timeout else None
        waits = [wait for wait in (self._clock.real_wait(), timer) if wait is not None]
        ready = super().select(min(waits) if waits else None)
        self._clock.ring_due_alarms()
        return ready


class ExchangeLoop(asyncio.SelectorEventLoop):
    """An event loop that lives by the exchange's clock."""

    def __init__(self, clock: Clock) -> None:
        self._exchange_clock = clock
        super().__init__(_PatientSelector(clock))

    def time(self) -> float:
        """Seconds of exchange time."""
        return self._exchange_clock.elapsed()
