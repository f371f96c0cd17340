"""Machine detection: a guess at who picked up, a hint and no more. Before the first document, or beside the call.

Source: https://www.twilio.com/docs/voice/answering-machine-detection
"""

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from multidict import MultiMapping

from ivr.emulator.audio import BEEP_SECONDS, speaking_seconds
from ivr.emulator.automatic import GREETING_DELAY
from ivr.emulator.behaviours import Mailbox
from ivr.emulator.documents import Page, method_of, whole

if TYPE_CHECKING:
    from ivr.emulator.legs import Leg

DETECTION_SECONDS = 4.0
TIMEOUT, TIMEOUT_LEAST, TIMEOUT_MOST = 30, 3, 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Detection:
    """What to find out and whom to tell; ``timeout`` in seconds, after which the answer is ``unknown``.

    Assumed: a person is told from a machine after 4 s; the end of a machine's greeting is its last word and a beep.
    """

    to_message_end: bool
    is_async: bool
    callback: str = ""
    method: str = "POST"
    timeout: int = TIMEOUT

    @classmethod
    def of(cls, form: MultiMapping[object]) -> "Detection | None":
        """Read a REST request: MachineDetection, MachineDetectionTimeout, AsyncAmd (a string), AsyncAmdStatusCallback
        and its method."""
        kind = str(form.get("MachineDetection", ""))
        if kind not in ("Enable", "DetectMessageEnd"):
            return None
        seconds = str(form.get("MachineDetectionTimeout", ""))
        return cls(
            to_message_end=kind == "DetectMessageEnd", is_async=str(form.get("AsyncAmd", "")).lower() == "true",
            callback=str(form.get("AsyncAmdStatusCallback", "")),
            method="GET" if str(form.get("AsyncAmdStatusCallbackMethod", "")).upper() == "GET" else "POST",
            timeout=min(TIMEOUT_MOST, max(TIMEOUT_LEAST, int(seconds))) if seconds.isdecimal() else TIMEOUT,
        )  # fmt: skip

    @classmethod
    def from_noun(cls, noun: Element, page: Page) -> "Detection | None":
        """Read <Number> or <Sip>: machineDetection, machineDetectionTimeout, amdStatusCallback and its method. In a
        Dial it never holds up the call."""
        kind = noun.get("machineDetection", "")
        if kind not in ("Enable", "DetectMessageEnd"):
            return None
        callback = noun.get("amdStatusCallback", "")
        return cls(
            to_message_end=kind == "DetectMessageEnd", is_async=True,
            callback=page.absolute(callback) if callback else "", method=method_of(noun, "amdStatusCallbackMethod"),
            timeout=whole(noun, "machineDetectionTimeout", TIMEOUT, TIMEOUT_LEAST, TIMEOUT_MOST),
        )  # fmt: skip


async def detect(leg: "Leg", detection: Detection) -> None:
    """Listen, and note who it was; a leg that ends first leaves it unknown."""
    greeting = leg.phone.behaviour.greeting if leg.phone and isinstance(leg.phone.behaviour, Mailbox) else None
    seconds, guess = DETECTION_SECONDS, "human" if greeting is None else "machine_start"
    if greeting is not None and detection.to_message_end:
        seconds = max(seconds, GREETING_DELAY + speaking_seconds(greeting) + BEEP_SECONDS)
        guess = "machine_end_beep"
    try:
        async with asyncio.timeout(min(seconds, detection.timeout)):
            await leg.ended.wait()
    except TimeoutError:
        leg.answered_by = guess if seconds <= detection.timeout else "unknown"
    else:
        leg.answered_by = "unknown"


async def detect_beside(leg: "Leg", detection: Detection) -> None:
    """Listen while the call goes on, then tell the callback; without one nobody learns of it (21262)."""
    began = leg.office.clock.elapsed()
    await detect(leg, detection)
    if not detection.callback:
        leg.office.alert(21262, leg.sid, "")
        return
    form = {
        "CallSid": leg.sid, "AccountSid": leg.office.account_sid, "AnsweredBy": leg.answered_by,
        "MachineDetectionDuration": str(round((leg.office.clock.elapsed() - began) * 1000)),
    }  # fmt: skip
    await leg.office.deliver("detection", leg.sid, detection.callback, detection.method, form)
