"""<Leave>."""

from xml.etree.ElementTree import Element

from ivr.emulator.documents import LeaveQueue, Outcome, Page
from ivr.emulator.legs import Leg


async def leave(_leg: Leg, _element: Element, _page: Page) -> Outcome:
    """Take the caller out of the queue he waits in; his Enqueue's action gets QueueResult=leave.

    Contract: https://www.twilio.com/docs/voice/twiml/leave
    """
    return LeaveQueue()
