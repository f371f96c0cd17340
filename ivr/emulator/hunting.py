"""Ringing the nouns of a Dial, at once or in turn, screening whoever answers, and bridging."""

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass
from typing import Any, Literal

from ivr.emulator.audio import RING_TONE
from ivr.emulator.callbacks import Watch
from ivr.emulator.debugger import Fault
from ivr.emulator.detection import Detection, detect_beside
from ivr.emulator.documents import GoTo, HangUp
from ivr.emulator.legs import Leg
from ivr.emulator.mixing import Mix
from ivr.emulator.placing import place
from ivr.emulator.program import APOLOGY, SCREENING, follow
from ivr.emulator.waiting import first_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One noun: whom to ring, and the document that screens."""

    address: str
    screening: GoTo | None = None
    watch: Watch | None = None
    send_digits: str = ""
    detection: Detection | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """The attributes of the Dial; seconds."""

    caller_id: str
    timeout: float
    time_limit: float
    hangup_on_star: bool = False
    sequential: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Hunted:
    """How the hunt ended, for the action's parameters."""

    status: str
    child: Leg | None = None
    is_bridged: bool = False
    was_diverted: bool = False


class Hunt:
    """One Dial at work."""

    def __init__(self, leg: Leg, terms: Terms, targets: tuple[Target, ...]) -> None:
        self._leg, self._terms, self._targets = leg, terms, targets
        self._children: list[Leg] = []
        self._accepted: dict[str, asyncio.Event] = {}
        self._mix = Mix()
        self.is_bridged = False

    async def run(self) -> Hunted:
        """Ring until somebody answers; then screen and bridge. Without ``sequential`` all ring at once."""
        groups = [(target,) for target in self._targets] if self._terms.sequential else [self._targets]
        hunted = Hunted(status="failed")
        for group in groups:
            with self._leg.sounding(RING_TONE):
                winner = await self._ring(group)
                accepted = winner is not None and await self._screened(winner)
            if winner is None:
                hunted = self._unanswered()
            elif accepted:
                return await self._talk(winner)
            else:
                hunted = Hunted(status="completed", child=winner)
                if not self._leg.office.assumptions.sequential_advances_after_screen_out:
                    break
        return hunted

    async def _ring(self, group: tuple[Target, ...]) -> Leg | None:
        ringing = [self._start(target) for target in group]
        winner: Leg | None = None
        waits = {asyncio.ensure_future(_taken(child)): child for child in ringing}
        try:
            while waits and winner is None:
                done, _ = await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
                taken = [waits.pop(task) for task in done]
                winner = next((child for child in ringing if child in taken and child.answered.is_set()), None)
        finally:
            for task in waits:
                task.cancel()
        for other in ringing:
            if other is not winner:
                other.end("canceled", 487)  # the first to answer stops the others; acceptance plays no part
        return winner

    def _start(self, target: Target) -> Leg:
        parent = self._leg
        child = Leg(
            parent.office, sender=self._terms.caller_id, receiver=target.address, direction="outbound-dial",
            address=target.address, status="queued", parent=parent, watch=target.watch, fallback=None,
        )  # fmt: skip
        self._children.append(child)
        self._accepted[child.sid] = asyncio.Event()
        child.program = parent.office.spawn(self._child(child, target))
        return child

    async def _child(self, child: Leg, target: Target) -> None:
        """Ring, then screen. A document that ends normally accepts; one that hangs up, or fails, does not."""
        if not await place(child, self._terms.timeout):
            return
        if target.detection is not None:
            child.office.spawn(detect_beside(child, target.detection))
        await asyncio.sleep(sum({"w": 0.5, "W": 1.0}.get(key, 0.1) for key in target.send_digits))
        if target.screening is not None:
            try:
                outcome = await follow(child, target.screening, SCREENING)
            except Fault as fault:
                child.office.alert(fault.code, child.sid, fault.url, fault.detail)
                await child.speak(APOLOGY, "en-US", "man")
                outcome = HangUp()
            if isinstance(outcome, HangUp):
                child.end("completed")
                return
        self._accepted[child.sid].set()

    async def _screened(self, child: Leg) -> bool:
        won = await first_of(
            accepted=self._accepted[child.sid].wait(), ended=child.ended.wait(), diverted=child.diverted.wait()
        )
        return won == "accepted"

    async def _talk(self, child: Leg) -> Hunted:
        leg, terms = self._leg, self._terms
        leg.answer()
        leg.keypad.forget()
        self.is_bridged = True
        self._mix.join(leg)
        self._mix.join(child)
        ways: dict[str, Coroutine[Any, Any, Any]] = {
            "ended": child.ended.wait(), "diverted": child.diverted.wait(), "limit": asyncio.sleep(terms.time_limit),
        }  # fmt: skip
        if terms.hangup_on_star:
            ways["star"] = leg.keypad.key("*")
        won = await first_of(**ways)
        self._mix.leave(leg)
        self._mix.leave(child)
        if won in ("limit", "star"):
            child.end("completed")
        return Hunted(status="completed", child=child, is_bridged=True, was_diverted=won == "diverted")

    def _unanswered(self) -> Hunted:
        found = {child.status for child in self._children}
        status = next((status for status in ("no-answer", "busy", "failed") if status in found), "canceled")
        return Hunted(status=status, child=self._children[-1])

    def end_children(self, status: Literal["canceled"] = "canceled") -> None:
        """The parent is gone: stop what still rings or talks."""
        self._mix.leave(self._leg)
        for child in self._children:
            if child.answered.is_set():
                child.end("completed")
            else:
                child.end(status, 487)

    def abandoned(self) -> Hunted:
        """How the hunt stands when the caller leaves it."""
        child = self._children[-1] if self._children else None
        answered = any(leg.answered.is_set() for leg in self._children)
        status = "completed" if answered else self._leg.office.assumptions.abandoned_dial_status
        return Hunted(status=status, child=child, is_bridged=self.is_bridged)


async def _taken(child: Leg) -> None:
    await first_of(answered=child.answered.wait(), ended=child.ended.wait())
