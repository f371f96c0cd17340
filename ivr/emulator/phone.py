"""A telephone: what its owner does, and what it does by itself. Use on the exchange's loop only."""

import asyncio
import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Literal, assert_never

from ivr.emulator.audio import BUSY_TONE, KEY_SECONDS, speaking_seconds, spoken_part
from ivr.emulator.automatic import Verdict, be_mailbox, decide_after, react
from ivr.emulator.behaviours import Answers, Behaviour, Busy, Declines, Mailbox, Manual, NoAnswer, Reaction, Unreachable
from ivr.emulator.happenings import MessageSent, Pressed, Said, Silenced, Sounded, Spoke
from ivr.emulator.hearing import Heard, Transcript
from ivr.emulator.incoming import call_in
from ivr.emulator.texting import receive
from ivr.emulator.trunks import hearers, reached

if TYPE_CHECKING:
    from ivr.emulator.legs import Leg
    from ivr.emulator.office import Office

KEYS = frozenset("0123456789*#ABCDwW")
State = Literal["idle", "ringing", "calling", "talking"]


class Phone:
    """One telephone with its owner."""

    def __init__(self, office: "Office", address: str, name: str) -> None:
        self.office = office
        self.address = address
        self.name = name or address
        self.behaviour: Behaviour = Manual()
        self.reactions: list[Reaction] = []
        self.transcript = Transcript()
        self.messages: list[MessageSent] = []
        self.leg: Leg | None = None
        self.last_leg: Leg | None = None
        self._verdict: asyncio.Future[Verdict] | None = None

    @property
    def state(self) -> State:
        """idle, ringing (somebody calls), calling (we call, not answered yet), talking."""
        if self._verdict is not None:
            return "ringing"
        if self.leg is None:
            return "idle"
        return "talking" if self.leg.answered.is_set() else "calling"

    # What the owner does.

    def dial(self, number: str) -> None:
        """Call a number."""
        if self.leg is not None or self._verdict is not None:
            raise RuntimeError(f"{self.name} cannot call {number}: it is already on a call.")
        call_in(self, number)

    def answer(self) -> None:
        """Pick up."""
        self.decide(Verdict("answered"))

    def decline(self) -> None:
        """Press the red button while it rings."""
        self.decide(self.declined)

    async def press(self, keys: str) -> None:
        """Press keys, one after another, as long as the call lasts; ``w`` waits half a second."""
        leg = self._on_the_line("press a key")
        if unknown := set(keys) - KEYS:
            raise ValueError(f"A telephone has no key {' or '.join(sorted(unknown))}: 0-9, *, #, A-D, and w to wait.")
        for key in keys:
            if key in "wW":
                await asyncio.sleep(0.5 if key == "w" else 1.0)
            elif leg.is_live:
                self.office.tell(Pressed(**leg.tag(), key=key))
                for one in reached(leg):
                    one.keypad.typed(key)
                await asyncio.sleep(KEY_SECONDS)

    async def says(self, text: str) -> None:
        """Speak: the others on the call hear it, and so does a Gather for speech or a Record."""
        leg = self._on_the_line("speak")
        self.office.tell(Said(**leg.tag(), text=text))
        microphones = [one.keypad for one in reached(leg)]
        for keypad in microphones:
            keypad.speaking = True
        try:
            with ExitStack() as voices:
                for phone in hearers(leg):
                    voices.enter_context(phone.hearing(text, "", self.name))
                await asyncio.sleep(speaking_seconds(text))
        finally:
            for keypad in microphones:
                keypad.speaking = False
        for keypad in microphones:
            keypad.said(text)

    def texts(self, number: str, words: str) -> None:
        """Send a text message to a line of the account. RuntimeError: there is none at that number."""
        line = self.office.lines.get(number)
        if line is None:
            raise RuntimeError(f"{self.name} cannot text {number}: no line of the account has this number.")
        self.office.spawn(receive(self.office, line, self.address, words))

    def hang_up(self) -> None:
        """Put the telephone down; while it rings, decline."""
        if self._verdict is not None:
            self.decline()
        elif self.leg is not None:
            self.leg.hung_up_by_owner()

    # What the network does to it.

    def offer(self, leg: "Leg") -> "asyncio.Future[Verdict]":
        """A call comes in. The verdict may already be there (busy, unreachable)."""
        verdict: asyncio.Future[Verdict] = asyncio.get_running_loop().create_future()
        if self.leg is not None or self._verdict is not None:
            verdict.set_result(Verdict("busy", 486))
            return verdict
        self._verdict, self.last_leg = verdict, leg
        verdict.add_done_callback(self._stops_ringing)
        self._take(verdict)
        return verdict

    def _take(self, verdict: "asyncio.Future[Verdict]") -> None:
        match self.behaviour:
            case Manual() | NoAnswer():
                pass
            case Busy():
                verdict.set_result(Verdict("busy", 486))
            case Unreachable():
                verdict.set_result(Verdict("failed", 480))
            case Answers(after=after):
                self.office.spawn(decide_after(self, after, Verdict("answered")))
            case Declines(after=after):
                self.office.spawn(decide_after(self, after, self.declined))
            case Mailbox() as mailbox:
                self.office.spawn(be_mailbox(self, mailbox))
            case unknown:
                assert_never(unknown)

    def connect(self, leg: "Leg") -> None:
        """The leg is on this telephone from now on."""
        self.leg = self.last_leg = leg

    def disconnect(self, leg: "Leg") -> None:
        """The leg is gone."""
        if self.leg is leg:
            self.leg = None
            if leg.status == "busy":
                self.sounds(BUSY_TONE, over=True)

    @contextmanager
    def hearing(self, text: str, language: str, voice: str) -> Iterator[None]:
        """A voice speaks to this telephone for as long as the body runs; leaving early cuts it."""
        leg = self.leg
        if leg is None:
            yield
            return
        seconds, began = speaking_seconds(text), self.office.clock.elapsed()
        entry = Heard(at=self.office.clock.now(), text=text, is_speech=True)
        self.transcript.entries.append(entry)
        self.office.tell(Spoke(**leg.tag(), text=text, language=language, voice=voice, seconds=seconds))
        try:
            yield
        finally:
            self._over(leg, entry, (self.office.clock.elapsed() - began) / seconds)

    def _over(self, leg: "Leg", entry: Heard, share: float) -> None:
        if share < 0.999:
            entry.text, entry.was_cut = spoken_part(entry.text, share), True
            entry.over = True
            self.office.tell(Silenced(**leg.tag(), text=entry.text))
            return
        entry.over = True
        for reaction in self.reactions:
            if reaction.pattern.search(entry.text):
                self.office.spawn(react(self, reaction))
        self.office.stir()

    def sounds(self, sound: str, *, seconds: float = 0.0, over: bool = False) -> Heard:
        """A sound that is not speech begins."""
        entry = Heard(at=self.office.clock.now(), text=sound, is_speech=False, over=over or not seconds)
        self.transcript.entries.append(entry)
        leg = self.leg or self.last_leg
        if leg is not None:
            self.office.tell(Sounded(**leg.tag(), sound=sound, seconds=seconds))
        return entry

    @property
    def declined(self) -> Verdict:
        """The verdict of the red button."""
        return Verdict(self.office.assumptions.declined_call_status, 603)

    @property
    def ringing_for(self) -> "asyncio.Future[Verdict] | None":
        """The offered call it rings for."""
        return self._verdict

    def decide(self, verdict: Verdict) -> None:
        """Take or refuse the ringing call. RuntimeError: it is not ringing."""
        if self._verdict is None or self._verdict.done():
            raise RuntimeError(f"{self.name} is not ringing: there is nothing to answer or decline.")
        ringing, self._verdict = self._verdict, None
        ringing.set_result(verdict)

    def _stops_ringing(self, verdict: "asyncio.Future[Verdict]") -> None:
        if self._verdict is verdict:
            self._verdict = None
        self.office.stir()

    def _on_the_line(self, what: str) -> "Leg":
        if self.leg is None:
            heard = "\n  ".join(self.transcript.lines()) or "(nothing)"
            raise RuntimeError(f"{self.name} cannot {what}: it is not on a call. Heard:\n  {heard}")
        return self.leg


def is_handset_address(address: str) -> bool:
    """Whether this can be the address of a telephone: E.164, ``client:name`` or ``sip:...``."""
    return re.fullmatch(r"\+[1-9]\d{1,14}|client:.+|sips?:.+", address) is not None
