"""One leg: a call between the carrier and one telephone, the vendor's "Call" resource."""

import asyncio
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

from ivr.emulator.audio import playing, speaking_seconds
from ivr.emulator.callbacks import Progress, Watch
from ivr.emulator.happenings import Answered, Ended
from ivr.emulator.keypad import Keypad
from ivr.emulator.trunks import ears

if TYPE_CHECKING:
    from aiohttp import CookieJar

    from ivr.emulator.mixing import Mix
    from ivr.emulator.office import Office
    from ivr.emulator.phone import Phone

TRUNK_SECONDS = 0.1
Direction = Literal["inbound", "outbound-api", "outbound-dial"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fallback:
    """Where to ask when a document cannot be had or read."""

    url: str
    method: str = "POST"


class Leg:
    """The state of one leg. Programs (documents) act on it; so do its telephone and the REST API."""

    def __init__(
        self, office: "Office", *, sender: str, receiver: str, direction: Direction, address: str, status: str,
        parent: "Leg | None" = None, watch: Watch | None = None, fallback: Fallback | None = None,
    ) -> None:  # fmt: skip
        self.office = office
        self.sid = office.sids.new("CA")
        self.sender, self.receiver, self.direction, self.address = sender, receiver, direction, address
        self.parent, self.fallback, self.status = parent, fallback, status
        self.phone: Phone | None = None
        self.progress = Progress(self, watch)
        self.keypad = Keypad()
        self.created, self.answered_at, self.ended_at = office.clock.now(), None, None
        self.answered, self.ended, self.diverted = asyncio.Event(), asyncio.Event(), asyncio.Event()
        self.program: asyncio.Task[None] | None = None
        self.wind_up_seconds = 0.0
        self.mix: Mix | None = None
        self.muted, self.on_hold, self.coaching = False, False, ""
        self.jar: CookieJar = office.courier.new_jar()
        self.extra: dict[str, str] = {}
        self.sip = 0
        self.answered_by, self.queue_time = "", 0
        self.across: Leg | None = None
        self.hops: int = parent.hops if parent is not None else 0
        office.legs[self.sid] = self

    answered_at: datetime | None
    ended_at: datetime | None

    @property
    def is_live(self) -> bool:
        """Not over yet."""
        return not self.ended.is_set()

    def tag(self) -> dict[str, Any]:
        """What every happening on this leg carries."""
        return {"at": self.office.clock.now(), "call_sid": self.sid, "handset": self.address}

    def seconds(self) -> int:
        """Whole seconds since the answer, to the end if it is over; 0 when never answered."""
        if self.answered_at is None:
            return 0
        return round(((self.ended_at or self.office.clock.now()) - self.answered_at).total_seconds())

    # Its life.

    def answer(self) -> None:
        """The leg is answered; answering twice is harmless."""
        if self.answered.is_set() or not self.is_live:
            return
        self.status = "in-progress"
        self.answered_at = self.office.clock.now()
        self.answered.set()
        self.office.tell(Answered(**self.tag()))
        self.progress.report("answered")
        if (seconds := self.office.chaos.towards(self.sid).kill_after) is not None:
            self.office.spawn(self._lost_after(seconds))

    async def pick_up(self) -> None:
        """A document answers the leg. On a trunk it then waits a moment, until both ends are through."""
        was_answered = self.answered.is_set()
        self.answer()
        if self.across is not None and not was_answered:
            await asyncio.sleep(TRUNK_SECONDS)

    def advance(self, status: str) -> None:
        """The leg reaches ``initiated`` or ``ringing``."""
        self.status = status
        self.progress.report(status)

    def end(self, status: str = "completed", sip: int = 0) -> None:
        """The leg is over; whatever runs on it stops. Ending twice is harmless."""
        if not self.is_live:
            return
        self.status, self.sip, self.ended_at = status, sip, self.office.clock.now()
        self.ended.set()
        if self.mix is not None:
            self.mix.leave(self)
        if self.phone is not None:
            self.phone.disconnect(self)
        if self.program is not None and self.program is not asyncio.current_task():
            self.program.cancel()
        self.office.tell(Ended(**self.tag(), status=status, seconds=self.seconds()))
        self.progress.report("completed")

    def hung_up_by_owner(self) -> None:
        """The person at the telephone has hung up."""
        self.end("completed" if self.answered.is_set() else self.office.assumptions.abandoned_inbound_status)

    def lose(self) -> None:
        """The network loses the leg."""
        self.end("completed" if self.answered.is_set() else "failed")

    async def _lost_after(self, seconds: float) -> None:
        await asyncio.sleep(seconds)
        self.lose()

    # What its telephone hears.

    async def speak(self, text: str, language: str, voice: str) -> None:
        """Say a sentence to the end, or until cancelled."""
        if not text or (self.phone is None and self.across is None):
            return
        with ExitStack() as voices:
            for phone in ears(self):
                voices.enter_context(phone.hearing(text, language, voice))
            await asyncio.sleep(speaking_seconds(text))

    async def play(self, url: str) -> None:
        """Play a recording to the end, or until cancelled."""
        seconds = self.office.media_seconds(url)
        with self.sounding(playing(url), seconds):
            await asyncio.sleep(seconds)

    async def tones(self, digits: str, seconds: float) -> None:
        """Send key tones down the line; ``w`` is half a second."""
        for phone in ears(self):
            phone.sounds(f"(tones {digits})")
        await asyncio.sleep(sum(0.5 if digit == "w" else seconds for digit in digits))

    @contextmanager
    def sounding(self, sound: str, seconds: float = 0.0) -> Iterator[None]:
        """A sound lasts as long as the body runs."""
        entries = [phone.sounds(sound, seconds=seconds) for phone in ears(self)]
        try:
            yield
        finally:
            for entry in entries:
                entry.over = True
            self.office.stir()

    def parameters(self) -> dict[str, str]:
        """What every request about this leg carries, in the vendor's order of mind; unknown places are empty
        strings."""
        places = {f"{who}{what}": "" for who in ("Called", "To", "Caller", "From") for what in PLACE}
        known = {
            "AccountSid": self.office.account_sid, "ApiVersion": "2010-04-01", "CallSid": self.sid,
            "CallStatus": self.status, "Direction": self.direction,
            "From": self.sender, "To": self.receiver, "Caller": self.sender, "Called": self.receiver,
        }  # fmt: skip
        parent = {"ParentCallSid": self.parent.sid} if self.parent is not None else {}
        return places | known | parent | self.extra


PLACE = ("City", "State", "Zip", "Country")


