"""The exchange: an emulated carrier with its telephones, its REST API and its clock. Start reading here."""

import asyncio
import json
from collections.abc import Callable
from datetime import datetime
from types import TracebackType
from typing import Self

from aiohttp import web

from ivr.emulator.account import Line, Message
from ivr.emulator.assumptions import Assumptions
from ivr.emulator.chaos import Mischief
from ivr.emulator.clock import Clock
from ivr.emulator.driving import Driven
from ivr.emulator.errands import Answer
from ivr.emulator.handset import Handset
from ivr.emulator.happenings import Alerted, Ended, Happening, WebhookMade
from ivr.emulator.office import Office
from ivr.emulator.phone import Phone, is_handset_address
from ivr.emulator.rest.site import build_site
from ivr.emulator.verbs.registry import VERBS


class Exchange(Driven):
    """A carrier with one account. Everything it does happens on a thread of its own; its methods may be called from
    any.

    ``speed`` None: simulated time that moves only inside ``pass_time``, ``until`` and the handsets' methods. A
    number: so many
    times real time, always moving.
    """

    def __init__(
        self, *, account_sid: str, auth_token: str, start: datetime, host: str = "127.0.0.1", port: int = 0,
        speed: float | None = None, seed: int = 0, assumptions: Assumptions | None = None,
        pages: Callable[[web.Application, Office], None] | None = None,
    ) -> None:  # fmt: skip
        super().__init__(Clock(start, speed))
        self._host, self._port, self._pages = host, port, pages
        self.office = Office(
            clock=self.clock, account_sid=account_sid, auth_token=auth_token, seed=seed,
            assumptions=assumptions or Assumptions(), verbs=VERBS,
        )  # fmt: skip
        self._expected: list[int] = []
        self._runner: web.AppRunner | None = None
        self._handsets: dict[str, Handset] = {}

    # Life.

    def start(self) -> None:
        """Bring up the REST API (``api_url``). OSError: the port is taken."""
        self.start_loop()
        try:
            self.drive(self._open())
        except OSError:
            self.stop_loop()
            raise

    def close(self) -> None:
        """End all calls, close all sockets. Raises what crashed inside the exchange, if anything did."""
        if not self.is_running:
            return
        self.drive(self._shut())
        self.stop_loop()
        if self.office.crashes:
            raise self.office.crashes[0]

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self.close()
            return
        self.drive(self._shut())  # the story has failed already: do not hide why
        self.stop_loop()

    async def _open(self) -> None:
        site = build_site(self.office)
        if self._pages is not None:
            self._pages(site, self.office)
        self._runner = web.AppRunner(site, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        await web.TCPSite(self._runner, self._host, self._port).start()
        self._port = int(self._runner.addresses[0][1])
        self.office.api_url = self.api_url

    async def _shut(self) -> None:
        await self.office.close()
        if self._runner is not None:
            await self._runner.cleanup()
        await asyncio.sleep(0)

    # The network.

    @property
    def api_url(self) -> str:
        """Where the REST API is, for TWILIO_API_BASE_URL."""
        return f"http://{self._host}:{self._port}"

    def now(self) -> datetime:
        """The exchange's moment, aware UTC; safe from any thread."""
        return self.clock.now()

    def line(
        self, number: str, *, voice_url: str, voice_method: str = "POST", status_callback: str | None = None,
        voice_fallback_url: str | None = None, sms_url: str | None = None, name: str = "",
    ) -> Line:  # fmt: skip
        """Buy an incoming number and point it at the application."""
        line = Line(
            sid=self.office.sids.new("PN"), number=number, voice_url=voice_url, voice_method=voice_method,
            voice_fallback_url=voice_fallback_url, status_callback=status_callback, sms_url=sms_url, name=name or
            number,
        )  # fmt: skip
        self.office.lines[number] = line
        return line

    def handset(self, address: str, *, name: str = "") -> Handset:
        """A telephone at a number, ``client:name`` or ``sip:...``; asking again gives the same one."""
        if not is_handset_address(address):
            raise ValueError(f"not E.164, client: or sip: {address}")
        if address not in self._handsets:
            self.office.phones.setdefault(address, Phone(self.office, address, name))
            self._handsets[address] = Handset(self.office.phones[address], self.drive)
        return self._handsets[address]

    def recording_lasts(self, url: str, seconds: float) -> None:
        """How long the sound at this address plays; others take the assumed length. The exchange fetches no media."""
        self.office.media[url] = seconds

    def deliver_json(self, url: str, payload: object) -> Answer:
        """Send the application a JSON webhook (an event stream's, say): signed by its URL alone, which carries the
        body's hash as ``bodySHA256``. Comes back with the application's answer; like every webhook it is in ``log``.

        Contract: https://www.twilio.com/docs/usage/security
        """
        body = json.dumps(payload, ensure_ascii=False).encode()
        return self.drive(self.office.request("json", "", url, "POST", {}, json=body))

    # Time and what happened in it.

    def pass_time(self, seconds: float) -> None:
        """Let so many seconds of exchange time go by."""
        self.drive(asyncio.sleep(seconds))

    def until(self, condition: Callable[[], bool], *, within: float = 60.0) -> bool:
        """Let time pass until the condition holds (looked at whenever something happens); False if it does not in
        time."""
        return self.drive(self.office.until(condition, within))

    @property
    def happenings(self) -> tuple[Happening, ...]:
        """Everything so far."""
        return tuple(self.office.happenings)

    @property
    def log(self) -> tuple[WebhookMade, ...]:
        """Every webhook and its answer, in order."""
        return tuple(happening for happening in self.happenings if isinstance(happening, WebhookMade))

    @property
    def debugger(self) -> tuple[Alerted, ...]:
        """The alerts, with the vendor's codes."""
        return tuple(happening for happening in self.happenings if isinstance(happening, Alerted))

    @property
    def messages(self) -> tuple[Message, ...]:
        """Text messages sent from the account."""
        return tuple(self.office.messages)

    def subscribe(self, subscriber: Callable[[Happening], None]) -> Callable[[], None]:
        """Be told of everything from now on, on the exchange's thread. Returns how to stop it."""
        self.office.subscribers.append(subscriber)
        return lambda: self.office.subscribers.remove(subscriber)

    def be_unkind(self, mischief: Mischief, handset: Handset | None = None) -> None:
        """Let things go wrong, for everybody or for the call a telephone is on. ``Mischief()`` is kind again."""
        self.office.chaos.set(mischief, (handset.call_sid or "") if handset is not None else "")

    def lose(self, handset: Handset) -> None:
        """The network loses this telephone's call."""
        leg = handset.phone.leg
        assert leg is not None, f"{handset.name} cannot be lost: it is not on a call."
        self.do(leg.lose)

    def expect_alert(self, code: int) -> None:
        """This story is meant to raise this alert, as often as it likes."""
        self._expected.append(code)

    def nothing_else_happens(self, quiet: float = 60.0) -> None:
        """The end of a story: no live call, nothing pending, no unexpected alert, and ``quiet`` seconds bring
        nothing new."""
        self.pass_time(1.0)
        self.until(lambda: not self.office.undelivered)
        live = [leg for leg in self.office.legs.values() if leg.is_live]
        assert not live, "still live: " + ", ".join(f"{leg.address} {leg.status}" for leg in live) + self._story()
        before = len(self.happenings)
        self.pass_time(quiet)
        later = [item for item in self.happenings[before:] if not isinstance(item, Ended)]
        assert not later, f"something else happened: {later}"
        assert not self.office.crashes, f"the exchange crashed: {self.office.crashes!r}"
        alerts = [alert for alert in self.debugger if alert.code not in self._expected]
        assert not alerts, "the debugger has: " + "; ".join(f"{one.code} {one.text} {one.url}" for one in alerts)

    def _story(self) -> str:
        parts = [f"\n{one.name} heard:\n" + "\n".join(one.phone.transcript.lines()) for one in self._handsets.values()]
        return "".join(parts)
