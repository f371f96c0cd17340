"""The exchange's insides: what all legs, telephones and documents share. Lives on the exchange's loop."""

import asyncio
import time
from collections import deque
from collections.abc import Callable, Coroutine, Mapping
from typing import TYPE_CHECKING, Any

from aiohttp import CookieJar

from ivr.emulator.account import Line, Message
from ivr.emulator.assumptions import Assumptions
from ivr.emulator.chaos import KINDNESS, Chaos
from ivr.emulator.clock import Clock
from ivr.emulator.debugger import level_of, text_of
from ivr.emulator.errands import Answer
from ivr.emulator.happenings import Alerted, Happening, WebhookMade
from ivr.emulator.legs import Leg
from ivr.emulator.phone import Phone
from ivr.emulator.program import Verb
from ivr.emulator.sids import Sids
from ivr.emulator.webhooks import Courier

if TYPE_CHECKING:
    from ivr.emulator.conferences import Conference
    from ivr.emulator.queues import Queue
    from ivr.emulator.recordings import Recording


class Office:
    """The central office."""

    def __init__(
        self, *, clock: Clock, account_sid: str, auth_token: str, seed: int, assumptions: Assumptions,
        verbs: Mapping[str, Verb],
    ) -> None:  # fmt: skip
        self.clock, self.assumptions, self.verbs = clock, assumptions, verbs
        self.account_sid, self.auth_token, self.seed = account_sid, auth_token, seed
        self.sids, self.chaos = Sids(seed), Chaos(seed)
        self.courier = Courier(clock=clock, auth_token=auth_token, sids=self.sids)
        self.phones: dict[str, Phone] = {}
        self.lines: dict[str, Line] = {}
        self.legs: dict[str, Leg] = {}
        self.verified: set[str] = set()
        self.messages: list[Message] = []
        self.next_call_at = 0.0
        self.undelivered = 0
        self._deliveries: dict[str, asyncio.Task[None]] = {}
        self.conferences: dict[str, Conference] = {}
        self.queues: dict[str, Queue] = {}
        self.recordings: dict[str, Recording] = {}
        self.api_url = ""
        self.happenings: list[Happening] = []
        self.subscribers: list[Callable[[Happening], None]] = []
        self.media: dict[str, float] = {}
        self.crashes: list[BaseException] = []
        self._tasks: set[asyncio.Task[None]] = set()
        self._stirred: deque[asyncio.Event] = deque()

    # Telling and waiting.

    def tell(self, happening: Happening) -> None:
        """Write down what happened and wake whoever waits for it."""
        self.happenings.append(happening)
        for subscriber in tuple(self.subscribers):
            subscriber(happening)
        self.stir()

    def stir(self) -> None:
        """Let everybody who waits in ``until`` look again."""
        for waiting in self._stirred:
            waiting.set()

    async def until(self, condition: Callable[[], bool], within: float) -> bool:
        """Let time pass until the condition holds; False after ``within`` seconds."""
        stirred = asyncio.Event()
        self._stirred.append(stirred)
        try:
            async with asyncio.timeout(within):
                while not condition():
                    await stirred.wait()
                    stirred.clear()
        except TimeoutError:
            return condition()
        finally:
            self._stirred.remove(stirred)
        return True

    def spawn(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """Run something beside the rest; what it raises is kept for the story's end."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._finished)
        return task

    def _finished(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (crash := task.exception()) is not None:
            self.crashes.append(crash)
        self.stir()

    def alert(self, code: int, sid: str, url: str, detail: str = "") -> None:
        """Write to the debugger."""
        text = f"{text_of(code)}{': ' + detail if detail else ''}"
        self.tell(Alerted(at=self.clock.now(), code=code, level=level_of(code), text=text, call_sid=sid, url=url))

    # Requests.

    async def request(
        self, kind: str, sid: str, url: str, method: str, form: Mapping[str, str], jar: CookieJar | None = None, *,
        json: bytes | None = None,
    ) -> Answer:  # fmt: skip
        """One webhook about a call (or message ...), written down with what came back."""
        at, began = self.clock.now(), time.monotonic()
        retry = not self.chaos.towards(sid).refuse_retry
        answer = await self.courier.request(url, method, form, jar, retry=retry, json=json)
        self.tell(
            WebhookMade(
                at=at, kind=kind, call_sid=sid, method=method, url=url, parameters=dict(form),
                status=answer.status, body=answer.body.decode("utf-8", "replace"), error=answer.error,
                real_seconds=time.monotonic() - began, json=(json or b"").decode(),
            )
        )  # fmt: skip
        return answer

    async def deliver(self, kind: str, sid: str, url: str, method: str, form: Mapping[str, str]) -> None:
        """A callback whose answer is not read; a failure is only an alert.

        Those about one call (conference, message) go out one after another, so that a story ends the same way every
        time;
        chaos may delay, drop, double or reorder them.
        """
        is_kind = self.chaos.towards(sid) == KINDNESS
        for delay in self.chaos.deliveries(sid):
            before = self._deliveries.get(sid) if is_kind else None
            self.undelivered += 1
            self._deliveries[sid] = self.spawn(self._deliver_once(kind, sid, url, method, form, delay, before))

    async def _deliver_once(
        self, kind: str, sid: str, url: str, method: str, form: Mapping[str, str], delay: float,
        before: asyncio.Task[None] | None,
    ) -> None:  # fmt: skip
        try:
            if before is not None:
                await asyncio.wait({before})
            await asyncio.sleep(delay)
            answer = await self.request(kind, sid, url, method, form)
        finally:
            self.undelivered -= 1
        if answer.code:
            self.alert(15003 if answer.status else answer.code, sid, url, answer.error)

    # Calls.

    def may_call_from(self, number: str, token: str) -> bool:
        """Bought, verified, a client or SIP address, or the number of a caller whose CallToken is shown."""
        if number in self.lines or number in self.verified or number.startswith(("client:", "sip:")):
            return True
        return any(leg.extra.get("CallToken") == token and leg.sender == number for leg in self.legs.values() if token)

    async def close(self) -> None:
        """End everything."""
        for leg in list(self.legs.values()):
            leg.end("completed")
        while self._tasks:  # a task that ends may start another: a Dial winds up
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.courier.close()

    # Sounds.

    def media_seconds(self, url: str) -> float:
        """How long a recording takes: as told in ``media``, else the assumed length."""
        return self.media.get(url, self.assumptions.play_seconds)
