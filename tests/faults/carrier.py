"""The emulated carrier on a wire of our own: its telephones, documents and clock as they are, without sockets."""

import asyncio
import threading
from collections.abc import Coroutine, Mapping
from datetime import datetime
from enum import Enum
from typing import Any, TypeVar

from aiohttp import CookieJar

from ivr.emulator.assumptions import Assumptions
from ivr.emulator.chaos import KINDNESS, Chaos, Mischief
from ivr.emulator.clock import ExchangeLoop
from ivr.emulator.errands import Answer
from ivr.emulator.exchange import Exchange
from ivr.emulator.happenings import WebhookMade
from tests.faults.rest_desk import RestDesk
from tests.faults.wire import UNREACHABLE, Wire

T = TypeVar("T")
SETTLING_TURNS = 6
"""What an answer leads to at the same moment is done; there are no sockets whose answers were still to come."""
LATE_SECONDS, OVERTAKEN_SECONDS, APART_SECONDS = 40.0, 3.0, 0.4


class Fate(Enum):
    """What becomes of the carrier's callbacks."""

    ARRIVE = "arrive"
    LOST = "lost"
    DOUBLED = "doubled"
    LATE = "late"
    OVERTAKEN = "overtaken"


class Fates(Chaos):
    """Every callback's fate is the one told last. ``lost`` are the calls of which the line has missed one, ``late``
    those of which it has got one late, with the moment when the last of them arrives."""

    def __init__(self, carrier: "Carrier") -> None:
        super().__init__(0)
        self._carrier = carrier
        self.fate = Fate.ARRIVE
        self.lost: set[str] = set()
        self.late: dict[str, float] = {}

    def towards(self, call_sid: str) -> Mischief:
        """Kind, or not: only of kind days the callbacks of one call come one after the other."""
        return KINDNESS if self.fate is Fate.ARRIVE else Mischief(delay=1.0)

    def deliveries(self, call_sid: str) -> tuple[float, ...]:
        """Delays after which a callback comes."""
        match self.fate:
            case Fate.ARRIVE:
                return (0.0,)
            case Fate.LOST:
                self.lost.add(call_sid)
                return ()
            case Fate.DOUBLED:
                return (0.0, APART_SECONDS)
            case Fate.LATE | Fate.OVERTAKEN:
                delay = LATE_SECONDS if self.fate is Fate.LATE else OVERTAKEN_SECONDS
                self.late[call_sid] = self._carrier.clock.elapsed() + delay
                return (delay,)


class Carrier(Exchange):
    """An exchange whose webhooks go over ``wire`` and whose REST API is ``rest``."""

    wire: Wire

    def __init__(self, account_sid: str, token: str, start: datetime, assumptions: Assumptions) -> None:
        super().__init__(account_sid=account_sid, auth_token=token, start=start, assumptions=assumptions)
        self.fates = Fates(self)
        self.office.chaos = self.fates
        self.office.request = self._request  # type: ignore[method-assign]
        self.rest = RestDesk(self.office, self.run_now)

    def start(self) -> None:
        """Begin to live: with no socket to open, and on the machine's own thread, for each change of threads costs more
        than what is done there."""
        self._loop, self._thread = ExchangeLoop(self.clock), threading.current_thread()

    def stop_loop(self) -> None:
        """Stop living."""
        loop, self._loop, self._thread = self._loop, None, None
        if loop is not None:
            loop.run_until_complete(loop.shutdown_default_executor())
            loop.close()

    def drive(self, work: Coroutine[Any, Any, T]) -> T:
        """Do something while time moves; when it is done time stands still and all answers are in."""

        async def driven() -> T:
            try:
                with self.clock.driven():
                    return await work
            finally:
                for _ in range(SETTLING_TURNS):
                    await asyncio.sleep(0)

        assert self._loop is not None
        return self._loop.run_until_complete(driven())

    def run_now(self, work: Coroutine[Any, Any, T]) -> T:
        """Run what has nothing to wait for, from any thread. The machine's own cannot wait for itself: a webhook is
        answered on it."""
        if threading.current_thread() is not self._thread:
            assert self._loop is not None
            return asyncio.run_coroutine_threadsafe(work, self._loop).result()
        try:
            work.send(None)
        except StopIteration as done:
            result: T = done.value
            return result
        raise AssertionError("it waited for something")

    async def _request(
        self, kind: str, sid: str, url: str, method: str, form: Mapping[str, str], jar: CookieJar | None = None, *,
        json: bytes | None = None,
    ) -> Answer:  # fmt: skip
        at, parameters = self.now(), dict(form)
        if self._is_a_last_word(sid) and self.fates.fate is Fate.LOST and kind != "status":
            self.fates.lost.add(sid)
            return Answer(url=url, method=method, code=UNREACHABLE, error="the carrier says nothing after the end")
        with self.clock.outstanding():
            answer = await self.wire.deliver(kind, sid, url, method, parameters)
        if answer.code == UNREACHABLE:
            self.fates.lost.add(sid)
        self.office.tell(WebhookMade(
            at=at, kind=kind, call_sid=sid, method=method, url=url, parameters=parameters, status=answer.status,
            body=answer.body.decode("utf-8", "replace"), error=answer.error,
        ))  # fmt: skip
        return answer

    def _is_a_last_word(self, sid: str) -> bool:
        """What the carrier still says about a leg that has ended."""
        leg = self.office.legs.get(sid)
        return leg is not None and not leg.is_live
