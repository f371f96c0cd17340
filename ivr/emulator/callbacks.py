"""Status callbacks of a leg: initiated, ringing, answered, completed (https://www.twilio.com/docs/voice/twiml/number)."""

import asyncio
import re
from dataclasses import dataclass
from email.utils import format_datetime
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from ivr.emulator.documents import Page, method_of

if TYPE_CHECKING:
    from ivr.emulator.legs import Leg

PROGRESS = ("initiated", "ringing", "answered", "completed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """Who wants to hear about a leg. Without a list of events only ``completed`` is sent."""

    url: str
    method: str = "POST"
    kinds: frozenset[str] = frozenset({"completed"})

    @classmethod
    def from_noun(cls, element: Element, page: Page) -> "Watch | None":
        """Read statusCallback, statusCallbackMethod, statusCallbackEvent (one attribute, separated by blanks)."""
        url = element.get("statusCallback", "")
        if not url:
            return None
        kinds = frozenset(re.split(r"[\s,]+", element.get("statusCallbackEvent", "completed"))) & set(PROGRESS)
        return cls(
            url=page.absolute(url),
            method=method_of(element, "statusCallbackMethod"),
            kinds=kinds or frozenset({"completed"}),
        )


class Progress:
    """Sends a leg's callbacks, numbered from 0."""

    def __init__(self, leg: "Leg", watch: Watch | None) -> None:
        self._leg = leg
        self._watch = watch
        self._number = 0

    def report(self, kind: str) -> None:
        """Send a callback if somebody asked for this kind."""
        watch, leg = self._watch, self._leg
        if watch is None or kind not in watch.kinds:
            return
        form = leg.parameters() | {
            "CallbackSource": "call-progress-events",
            "Timestamp": format_datetime(leg.office.clock.now()),
            "SequenceNumber": str(self._number),
        }
        if kind == "completed":
            form |= {"CallDuration": str(leg.seconds()), "Duration": str(-(-leg.seconds() // 60))}
        if leg.sip:
            form["SipResponseCode"] = str(leg.sip)
        self._number += 1
        leg.office.spawn(self._deliver(watch, form, late=kind == "completed" and leg.parent is not None))

    async def _deliver(self, watch: Watch, form: dict[str, str], *, late: bool) -> None:
        office = self._leg.office
        if late and not office.assumptions.child_callback_before_action:
            await asyncio.sleep(2 * office.assumptions.request_seconds)
        await office.deliver("status", self._leg.sid, watch.url, watch.method, form)
