"""<Hangup>."""

from xml.etree.ElementTree import Element

from ivr.emulator.documents import HangUp, Outcome, Page
from ivr.emulator.legs import Leg


async def hangup(_leg: Leg, _element: Element, _page: Page) -> Outcome:
    """End the call. As first verb it still answers (and bills).

    Contract: https://www.twilio.com/docs/voice/twiml/hangup
    """
    return HangUp()
