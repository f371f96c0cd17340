"""<Redirect>."""

from xml.etree.ElementTree import Element

from ivr.emulator.debugger import Fault
from ivr.emulator.documents import GoTo, Outcome, Page, method_of, text_of
from ivr.emulator.legs import Leg


async def redirect(leg: Leg, element: Element, page: Page) -> Outcome:
    """Fetch another document, POST by default; verbs after it are unreachable. Blank: see
    ``Assumptions.blank_redirect``.

    Contract: https://www.twilio.com/docs/voice/twiml/redirect
    """
    target = text_of(element)
    if not target and leg.office.assumptions.blank_redirect == "error":
        raise Fault(11100, page.url, "blank Redirect")
    return GoTo(url=page.absolute(target), method=method_of(element, "method"), kind="redirect")
