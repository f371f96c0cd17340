"""<Play>."""

from itertools import repeat
from xml.etree.ElementTree import Element

from ivr.emulator.audio import KEY_SECONDS, LOOPS_AT_MOST
from ivr.emulator.documents import NEXT, Outcome, Page, text_of, whole
from ivr.emulator.legs import Leg


async def play(leg: Leg, element: Element, page: Page) -> Outcome:
    """Play a recording ``loop`` times (0 is until hang-up, capped), or the tones of ``digits``.

    Contract: https://www.twilio.com/docs/voice/twiml/play
    """
    digits = element.get("digits", "")
    if digits:
        await leg.tones(digits, KEY_SECONDS)
        return NEXT
    url = page.absolute(text_of(element))
    for _ in repeat(None, whole(element, "loop", 1) or LOOPS_AT_MOST):
        await leg.play(url)
    return NEXT
