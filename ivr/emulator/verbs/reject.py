"""<Reject>."""

from xml.etree.ElementTree import Element

from ivr.emulator.documents import HangUp, Outcome, Page
from ivr.emulator.legs import Leg


async def reject(leg: Leg, element: Element, _page: Page) -> Outcome:
    """Refuse the call. Only as first verb it prevents answering: reason rejected (default) ends no-answer, busy ends
    busy.

    Contract: https://www.twilio.com/docs/voice/twiml/reject
    """
    if leg.answered.is_set():
        return HangUp()
    return HangUp(status="busy" if element.get("reason") == "busy" else "no-answer")
