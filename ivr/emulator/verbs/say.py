"""<Say>."""

from itertools import repeat
from xml.etree.ElementTree import Element

from ivr.emulator.audio import LOOPS_AT_MOST
from ivr.emulator.debugger import Fault
from ivr.emulator.documents import NEXT, Outcome, Page, text_of, whole
from ivr.emulator.legs import Leg

BASIC_LIMIT, POLLY_LIMIT, GOOGLE_LIMIT = 4096, 3000, 5000


async def say(leg: Leg, element: Element, page: Page) -> Outcome:
    """Speak text. loop 0 is until hang-up (capped). Too long for the voice's engine is 13521: 4096 characters, Polly
    3000.

    Contract: https://www.twilio.com/docs/voice/twiml/say
    """
    text, voice = text_of(element), element.get("voice", "man")
    if len(text) > limit_of(voice):
        raise Fault(13521, page.url, f"{len(text)} characters")
    for _ in repeat(None, whole(element, "loop", 1) or LOOPS_AT_MOST):
        await leg.speak(text, element.get("language", "en-US"), voice)
    return NEXT


def limit_of(voice: str) -> int:
    """Characters that the engine of this voice takes."""
    if voice.startswith("Polly."):
        return POLLY_LIMIT
    return GOOGLE_LIMIT if voice.startswith("Google.") else BASIC_LIMIT
