"""One page (or program) on the WebSocket: told everything, and obeyed."""

import asyncio
import json
from collections.abc import Callable
from typing import Any

from aiohttp import WSMsgType, web

from ivr.emulator.softphone.obeying import carry_out
from ivr.emulator.softphone.orders import Refused, read
from ivr.emulator.softphone.telephones import Telephones

BACKLOG = 10_000
"""Messages a page may be behind. One that is further behind is cut off; it comes back and asks for a new snapshot."""
LARGEST = 64 * 1024


class Connection:
    """The state of one connection. Messages go out in order through a queue, so that nobody waits for a slow page."""

    def __init__(self, telephones: Telephones, socket: web.WebSocketResponse) -> None:
        self._telephones, self._socket = telephones, socket
        self._outgoing: asyncio.Queue[dict[str, Any] | None] = asyncio.Queue()
        self._orders: set[asyncio.Task[None]] = set()
        self._is_cut = False

    async def serve(self, snapshot: dict[str, Any]) -> None:
        """Talk until the other side goes."""
        self._put(snapshot)
        stop = self._telephones.watch(self._put)
        sender = asyncio.ensure_future(self._send())
        try:
            async for frame in self._socket:
                if frame.type is WSMsgType.TEXT:
                    self._received(frame.data)
        finally:
            stop()
            for task in (sender, *self._orders):
                task.cancel()
            await asyncio.gather(sender, *self._orders, return_exceptions=True)

    def _put(self, message: dict[str, Any]) -> None:
        if self._outgoing.qsize() >= BACKLOG and not self._is_cut:
            self._is_cut = True
            self._outgoing.put_nowait(None)
        if not self._is_cut:
            self._outgoing.put_nowait(message)

    async def _send(self) -> None:
        while (message := await self._outgoing.get()) is not None:
            await self._socket.send_json(message)
        await self._socket.close()

    def _received(self, text: str) -> None:
        task = asyncio.ensure_future(self._obey(text))
        self._orders.add(task)
        task.add_done_callback(self._orders.discard)

    async def _obey(self, text: str) -> None:
        asked = _object(text)
        error: str | None = None
        try:
            await carry_out(read(asked, self._telephones), self._telephones)
        except Refused as refused:
            error = str(refused)
        self._telephones.tell_changes()
        self._put({"type": "answer", "id": asked.get("id"), "error": error})


def _object(text: str) -> dict[str, Any]:
    try:
        asked = json.loads(text)
    except ValueError:
        return {}
    return asked if isinstance(asked, dict) else {}


def answering(
    telephones: Callable[[], Telephones], greeting: dict[str, Any], open_sockets: set[web.WebSocketResponse]
) -> Callable[[web.Request], Any]:
    """The handler of the WebSocket. ``greeting`` is the part of the snapshot that never changes."""

    async def answer(request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse(max_msg_size=LARGEST)
        await socket.prepare(request)
        open_sockets.add(socket)
        try:
            await Connection(telephones(), socket).serve(telephones().so_far() | greeting)
        finally:
            open_sockets.discard(socket)
        return socket

    return answer
