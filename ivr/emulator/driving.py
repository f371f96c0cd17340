"""Getting things done on the exchange's own thread, from any other."""

import asyncio
import threading
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from ivr.emulator.clock import Clock, ExchangeLoop

T = TypeVar("T")
PATIENCE = 60.0
"""Real seconds after which a step in simulated time is given up: something hangs. Real-time steps take what they
take."""


class Driven:
    """Something that lives on a loop with its own clock, in a thread of its own."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self._loop: ExchangeLoop | None = None
        self._thread: threading.Thread | None = None

    @property
    def is_running(self) -> bool:
        """Between start and close."""
        return self._loop is not None

    def start_loop(self) -> None:
        """Begin to live."""
        loop = self._loop = ExchangeLoop(self.clock)
        self._thread = threading.Thread(target=_live, args=(loop,), name="exchange", daemon=True)
        self._thread.start()

    def stop_loop(self) -> None:
        """Stop living; stopping twice is harmless."""
        if self._loop is not None and self._thread is not None:
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join(PATIENCE)
        self._loop = self._thread = None

    def drive(self, work: Coroutine[Any, Any, T]) -> T:
        """Run something on the exchange while time moves; when it is done time stands still and all answers are in."""
        if self._loop is None:
            work.close()
            raise RuntimeError("The exchange is not running: use it inside `with Exchange(...)`, or start() it first.")

        async def driven() -> T:
            try:
                with self.clock.driven():
                    return await work
            finally:
                if self.clock.speed is None:
                    await self.clock.settled()

        done = asyncio.run_coroutine_threadsafe(driven(), self._loop)
        return done.result(PATIENCE if self.clock.speed is None else None)

    def do(self, work: Callable[[], T]) -> T:
        """Run a plain function on the exchange's thread, without letting time pass."""

        async def once() -> T:
            return work()

        return self.drive(once())


def _live(loop: ExchangeLoop) -> None:
    asyncio.set_event_loop(loop)
    try:
        loop.run_forever()
    finally:
        loop.run_until_complete(loop.shutdown_asyncgens())
        loop.run_until_complete(loop.shutdown_default_executor())
        loop.close()
