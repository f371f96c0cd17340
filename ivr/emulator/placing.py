"""Placing an outgoing call: dialling, ringing, and how it was taken. Shared by Dial and the REST API."""

import asyncio

from ivr.emulator.automatic import Verdict
from ivr.emulator.happenings import Rang
from ivr.emulator.legs import Leg


async def place(leg: Leg, seconds: float) -> bool:
    """Ring the leg's telephone for at most ``seconds``, counted from dialling. True: answered; else the leg has
    ended."""
    setup = leg.office.assumptions.ring_setup_seconds
    leg.advance("initiated")
    await asyncio.sleep(setup)
    verdict = await _ring(leg, max(0.1, seconds - setup))
    if verdict.status != "answered":
        leg.end(verdict.status, verdict.sip)
        return False
    leg.answer()
    return True


async def _ring(leg: Leg, seconds: float) -> Verdict:
    phone = leg.office.phones.get(leg.address)
    if phone is None:
        return Verdict("failed", 404)  # nobody has this number
    offer = phone.offer(leg)
    if not offer.done():
        leg.advance("ringing")
        leg.office.tell(Rang(**leg.tag(), caller=leg.sender))
    try:
        async with asyncio.timeout(seconds):
            verdict = await offer
    except TimeoutError:
        return Verdict("no-answer", 487)
    if verdict.status == "answered":
        leg.phone = phone
        phone.connect(leg)
    return verdict


