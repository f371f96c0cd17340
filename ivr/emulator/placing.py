"""Placing an outgoing call: dialling, ringing, and how it was taken. Shared by Dial and the REST API."""

import asyncio

from ivr.emulator.account import Line
from ivr.emulator.automatic import Verdict
from ivr.emulator.happenings import Rang
from ivr.emulator.incoming import call_across
from ivr.emulator.legs import Leg
from ivr.emulator.waiting import first_of


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
        line = leg.office.lines.get(leg.address)
        return await _ring_own_line(leg, line, seconds) if line else Verdict("failed", 404)  # nobody has this number
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


async def _ring_own_line(leg: Leg, line: Line, seconds: float) -> Verdict:
    """Assumed: the account hears of a second, inbound leg; answering, refusing and ending there count here."""
    if leg.hops >= leg.office.assumptions.hops_at_most:
        return Verdict("failed", 483)
    far = call_across(leg, line)
    leg.advance("ringing")
    try:
        async with asyncio.timeout(seconds):
            won = await first_of(answered=far.answered.wait(), ended=far.ended.wait())
    except TimeoutError:
        return Verdict("no-answer", 487)
    if won == "answered":
        return Verdict("answered")
    return Verdict("busy", 486) if far.status == "busy" else Verdict("no-answer", 480)
