"""The telephone as a story uses it: plain calls that let time pass until they are true, or fail with the transcript."""

import asyncio
import re
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from ivr.emulator.behaviours import (
    Answers,
    Behaviour,
    Busy,
    Declines,
    Mailbox,
    Manual,
    NoAnswer,
    Reaction,
    Unreachable,
    pattern_of,
)  # fmt: skip
from ivr.emulator.happenings import MessageSent
from ivr.emulator.phone import Phone, State
from ivr.emulator.trunks import hearers

T = TypeVar("T")
MOMENT = 0.25
"""Seconds a person needs for anything; lets the carrier's next request happen inside the step that caused it."""
CONNECTING = 1.0
PATIENCE = 120.0
"""Seconds of exchange time a story waits for what should happen."""


class Handset:
    """A telephone in a story. Times are seconds of exchange time. AssertionError: the story went differently."""

    def __init__(self, phone: Phone, drive: Callable[[Coroutine[Any, Any, Any]], Any]) -> None:
        self.phone = phone
        self._drive = drive

    # What the person does.

    def dial(self, number: str) -> None:
        """Call a number, and hold the telephone for a second: time enough for the line to answer."""
        self._act(lambda: self.phone.dial(number), moment=CONNECTING)

    def press(self, keys: str) -> None:
        """Press keys one after another (0.2 s each; ``w`` waits half a second)."""
        self._drive(self.phone.press(keys))

    def says(self, text: str) -> None:
        """Speak, as long as the words take."""
        self._drive(self.phone.says(text))

    def texts(self, number: str, words: str) -> None:
        """Send a text message."""
        self._act(lambda: self.phone.texts(number, words))

    def answer(self) -> None:
        """Pick up the ringing telephone."""
        self._act(self.phone.answer)

    def decline(self) -> None:
        """Press the red button while it rings."""
        self._act(self.phone.decline)

    def hang_up(self) -> None:
        """End the call."""
        self._act(self.phone.hang_up)

    def stays_silent(self, seconds: float) -> None:
        """Do nothing for a while."""
        self._drive(asyncio.sleep(seconds))

    # What happens to the person.

    def hears(self, what: str | re.Pattern[str], *, within: float = PATIENCE) -> str:
        """Wait until a sentence with this in it has been heard to its end; returns it. Continues after the last
        match."""
        return self._wait_to_hear(what, within, begun=False)

    def begins_to_hear(self, what: str | re.Pattern[str], *, within: float = PATIENCE) -> str:
        """Wait only until the sentence has begun, to interrupt it."""
        return self._wait_to_hear(what, within, begun=True)

    def rings(self, *, within: float = PATIENCE) -> None:
        """Wait until this telephone rings."""
        self._wait(lambda: self.state == "ringing", within, "rings")

    def stops_ringing(self, *, within: float = PATIENCE) -> None:
        """Wait until it rings no more."""
        self._wait(lambda: self.state != "ringing", within, "stops ringing")

    def talks_to(self, other: "Handset", *, within: float = PATIENCE) -> None:
        """Wait until these two hear each other."""
        self._wait(lambda: self.is_talking_to(other), within, f"talks to {other.name}")

    def call_ends(self, *, within: float = PATIENCE) -> None:
        """Wait until this telephone's call is over."""
        self._wait(lambda: self.state == "idle", within, "is idle")

    # What it does by itself when called, set in advance.

    def be_manual(self) -> None:
        """Ring until told otherwise (the default)."""
        self._behave(Manual())

    def no_answer(self) -> None:
        """Ring, with nobody there."""
        self._behave(NoAnswer())

    def answers_after(self, seconds: float = 3.0) -> None:
        """Pick up by itself."""
        self._behave(Answers(after=seconds))

    def declines_after(self, seconds: float = 3.0) -> None:
        """Press the red button by itself."""
        self._behave(Declines(after=seconds))

    def be_busy(self) -> None:
        """Be engaged."""
        self._behave(Busy())

    def be_unreachable(self) -> None:
        """Be switched off (SIP 480)."""
        self._behave(Unreachable())

    def be_mailbox(self, greeting: str = "Please leave a message after the tone.", *, after: float = 5.0) -> None:
        """Let a machine answer after so many seconds of ringing; it presses nothing."""
        self._behave(Mailbox(greeting=greeting, after=after))

    def when_hears(
        self, what: str | re.Pattern[str], *, press: str = "", says: str = "", hang_up: bool = False
    ) -> None:
        """Whenever a sentence with this in it ends: press keys, speak, hang up, half a second later."""
        self.phone.reactions.append(Reaction(pattern=pattern_of(what), press=press, says=says, hang_up=hang_up))

    # Facts.

    @property
    def name(self) -> str:
        """Who this is."""
        return self.phone.name

    @property
    def number(self) -> str:
        """Its number or address."""
        return self.phone.address

    @property
    def state(self) -> State:
        """idle, ringing, calling, talking."""
        return self.phone.state

    @property
    def heard(self) -> list[str]:
        """The sentences heard, in order; what was cut off ends in a dash."""
        return self.phone.transcript.sentences()

    @property
    def transcript(self) -> list[str]:
        """Sentences and sounds with their times."""
        return self.phone.transcript.lines()

    @property
    def messages(self) -> list[MessageSent]:
        """Text messages received."""
        return list(self.phone.messages)

    @property
    def call_sid(self) -> str | None:
        """The current or last call's identifier."""
        return self.phone.last_leg.sid if self.phone.last_leg is not None else None

    def is_talking_to(self, other: "Handset") -> bool:
        """Whether these two hear each other now."""
        peer = other.phone.leg
        return peer is not None and self.phone.leg is not None and self.phone in hearers(peer)

    # Inside.

    def _behave(self, behaviour: Behaviour) -> None:
        self.phone.behaviour = behaviour

    def _act(self, act: Callable[[], None], moment: float = MOMENT) -> None:
        async def acting() -> None:
            act()
            await asyncio.sleep(moment)

        self._drive(acting())

    def _wait_to_hear(self, what: str | re.Pattern[str], within: float, *, begun: bool) -> str:
        pattern, found = pattern_of(what), list[str]()

        def heard() -> bool:
            sentence = self.phone.transcript.find(pattern, begun=begun) if not found else None
            found.extend([sentence] if sentence is not None else [])
            return bool(found)

        was_on_a_call = self.phone.state != "idle"

        def settled() -> bool:
            return heard() or (was_on_a_call and self.phone.state == "idle")

        self._drive(self.phone.office.until(settled, within))
        assert found, self._story(f"never heard {pattern.pattern!r}")
        return found[0]

    def _wait(self, condition: Callable[[], bool], within: float, what: str) -> None:
        assert self._drive(self.phone.office.until(condition, within)), self._story(f"not so: {what}")

    def _story(self, complaint: str) -> str:
        lines = "\n  ".join(self.transcript) or "(nothing)"
        return f"{self.name}: {complaint} (state {self.state}). Heard:\n  {lines}"
