"""<Refer>."""

import asyncio
from xml.etree.ElementTree import Element

from ivr.emulator.documents import NEXT, Outcome, Page, action_of, text_of
from ivr.emulator.legs import Leg


async def refer(leg: Leg, element: Element, page: Page) -> Outcome:
    """Hand a SIP leg over to another SIP address; 12200 and the next verb for any other leg.

    The action gets ReferCallStatus, ReferSipResponseCode and, once the other side reported, NotifySipResponseCode.

    Contract: https://www.twilio.com/docs/voice/twiml/refer
    """
    target = element.find("Sip")
    if target is None or not leg.address.startswith("sip"):
        leg.office.alert(12200, leg.sid, page.url, "<Refer> needs a SIP leg and a <Sip> noun")
        return NEXT
    await asyncio.sleep(leg.office.assumptions.ring_setup_seconds)
    known = text_of(target) in leg.office.phones
    form = {"ReferCallStatus": "completed" if known else "failed", "ReferSipResponseCode": "202"}
    form["NotifySipResponseCode"] = "200" if known else "404"
    return action_of(element, page, form) if element.get("action") is not None else NEXT
