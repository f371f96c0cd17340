"""The telephones of an exchange in another process (a running ``ivr demo``), for programs without an event loop.

::

    with RemoteExchange("http://127.0.0.1:5080") as exchange:
        exchange.subscribe(print)
        caller = exchange.handset("+12025550123")
        caller.dial("+12025550150")
        exchange.until(lambda: caller.state == "talking", within=10)
"""

import asyncio
import threading
import time
from collections.abc import Callable, Coroutine
from types import TracebackType
from typing import Any, Self, TypeVar

from aiohttp import ClientError, ClientSession, ClientWebSocketResponse, WSMsgType

from ivr.emulator.softphone.remote_handset import RemoteHandset
from ivr.emulator.softphone.wire import Shown, happening_of

T = TypeVar("T")
PATIENCE = 30.0
"""Real seconds to wait for the exchange before it counts as lost."""


class ExchangeLost(Exception):
    """The exchange cannot be reached, or has gone."""


class OrderRefused(Exception):
    """What was asked makes no sense now; the sentence says why."""


class RemoteExchange:
    """An exchange at an address. ``happenings`` are those so far, oldest first; ``lines`` maps numbers to names;
    ``speed`` is how many times faster than life it runs, None when its time is simulated and moves only on request."""

    def __init__(self, url: str) -> None:
        self._url = url.rstrip("/") + "/softphone/line"
        self.happenings: list[Shown] = []
        self.lines: dict[str, str] = {}
        self.speed: float | None = None
        self._views: dict[str, dict[str, Any]] = {}
        self._subscribers: list[Callable[[Shown], None]] = []
        self._answers: dict[int, asyncio.Future[str | None]] = {}
        self._stirred = threading.Condition()
        self._greeted, self._is_lost = threading.Event(), False
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="softphone", daemon=True)
        self._web: ClientSession | None = None
        self._socket: ClientWebSocketResponse | None = None
        self._reader: asyncio.Task[None] | None = None
        self._last_id = 0

    def __enter__(self) -> Self:
        """Connect. ExchangeLost: nobody there."""
        self._thread.start()
        try:
            self._run(self._open())
        except (ClientError, OSError, TimeoutError) as error:
            self.close()
            raise ExchangeLost(f"no exchange answers at {self._url}: {error}") from error
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Leave; the telephones stay as they are."""
        self._run(self._shut())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(PATIENCE)
        self._loop.close()

    # The telephones.

    @property
    def handsets(self) -> tuple[RemoteHandset, ...]:
        """All of them."""
        return tuple(RemoteHandset(address, self.view, self.order) for address in tuple(self._views))

    def handset(self, address: str, *, name: str = "") -> RemoteHandset:
        """The telephone at an address; put up if there is none."""
        if address not in self._views:
            self.order({"do": "add", "number": address, "name": name or address})
        return RemoteHandset(address, self.view, self.order)

    def view(self, address: str) -> dict[str, Any]:
        """What the exchange said last about a telephone; ``wire`` documents it. KeyError: there is none."""
        return self._views[address]

    # Following.

    def subscribe(self, subscriber: Callable[[Shown], None]) -> Callable[[], None]:
        """Be told of everything from now on, on another thread, where no orders can be given. Returns how to stop."""
        self._subscribers.append(subscriber)
        return lambda: self._subscribers.remove(subscriber)

    def until(self, condition: Callable[[], bool], *, within: float = 60.0) -> bool:
        """Wait (real seconds) until the condition holds; False if it does not in time. ExchangeLost: it has gone."""
        due = time.monotonic() + within
        with self._stirred:
            while not condition():
                left = due - time.monotonic()
                if self._is_lost:
                    raise ExchangeLost(f"the exchange at {self._url} has gone")
                if left <= 0 or not self._stirred.wait(left):
                    return condition()
        return True

    def order(self, order: dict[str, Any]) -> None:
        """Send one order, as ``wire`` documents them, and wait until it is done. OrderRefused, ExchangeLost."""
        error = self._run(self._ask(order))
        if error is not None:
            raise OrderRefused(error)

    # On the thread of the loop.

    def _run(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()

    async def _open(self) -> None:
        self._web = ClientSession()
        self._socket = await asyncio.wait_for(self._web.ws_connect(self._url, max_msg_size=0), PATIENCE)
        self._received(await self._socket.receive_json(timeout=PATIENCE))
        self._reader = asyncio.ensure_future(self._read(self._socket))

    async def _shut(self) -> None:
        if self._reader is not None:
            self._reader.cancel()
            await asyncio.gather(self._reader, return_exceptions=True)
        if self._socket is not None:
            await self._socket.close()
        if self._web is not None:
            await self._web.close()

    async def _ask(self, order: dict[str, Any]) -> str | None:
        if self._socket is None or self._socket.closed:
            raise ExchangeLost(f"the exchange at {self._url} has gone")
        self._last_id += 1
        self._answers[self._last_id] = answer = self._loop.create_future()
        await self._socket.send_json({"id": self._last_id, **order})
        error: str | None = await answer
        return error

    async def _read(self, socket: ClientWebSocketResponse) -> None:
        async for frame in socket:
            if frame.type is WSMsgType.TEXT:
                self._received(frame.json())
        self._is_lost = True
        for answer in self._answers.values():
            answer.set_exception(ExchangeLost(f"the exchange at {self._url} has gone"))
        self._stir()

    def _received(self, message: dict[str, Any]) -> None:
        match message["type"]:
            case "snapshot":
                self.speed = message["speed"]
                self.lines = {line["number"]: line["name"] for line in message["lines"]}
                self._views = {view["address"]: view for view in message["handsets"]}
                self.happenings = [happening_of(one) for one in message["happenings"]]
            case "handset":
                self._views[message["address"]] = message
            case "happened":
                self._tell(happening_of(message))
            case "answer":
                self._answers.pop(message["id"]).set_result(message["error"])
            case _:
                pass  # a newer exchange tells more
        self._stir()

    def _tell(self, happening: Shown) -> None:
        self.happenings.append(happening)
        for subscriber in tuple(self._subscribers):
            subscriber(happening)

    def _stir(self) -> None:
        with self._stirred:
            self._stirred.notify_all()
