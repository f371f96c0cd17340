"""<Pause>."""

import asyncio
from xml.etree.ElementTree import Element

from ivr.emulator.documents import NEXT, Outcome, Page, whole
from ivr.emulator.legs import Leg


async def pause(_leg: Leg, element: Element, _page: Page) -> Outcome:
    """Wait ``length`` seconds (default 1, at least 1) in silence. As first verb it delays answering.

    Contract: https://www.twilio.com/docs/voice/twiml/pause
    """
    await asyncio.sleep(whole(element, "length", 1, 1))
    return NEXT
