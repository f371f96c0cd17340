"""What a telephone does by itself: pick up, decline, be a machine, react to what it hears."""

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from ivr.emulator.behaviours import Mailbox, Reaction

if TYPE_CHECKING:
    from ivr.emulator.phone import Phone

GREETING_DELAY = 0.2


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a telephone took an offered call: answered, busy, failed; with the SIP answer."""

    status: Literal["answered", "busy", "failed", "no-answer"]
    sip: int = 200


async def decide_after(phone: "Phone", seconds: float, verdict: Verdict) -> None:
    """Take or refuse the call that rings now, if it still rings by then."""
    ringing = phone.ringing_for
    await asyncio.sleep(seconds)
    if ringing is not None and ringing is phone.ringing_for:
        phone.decide(verdict)


async def be_mailbox(phone: "Phone", mailbox: Mailbox) -> None:
    """Answer, speak the greeting, listen until patience ends."""
    await decide_after(phone, mailbox.after, Verdict("answered"))
    await asyncio.sleep(GREETING_DELAY)
    leg = phone.leg
    if leg is None:
        return
    await phone.says(mailbox.greeting)
    await asyncio.sleep(mailbox.patience)
    if phone.leg is leg:
        phone.hang_up()


async def react(phone: "Phone", reaction: Reaction) -> None:
    """Do what was agreed for a sentence, if the call lasts that long."""
    leg = phone.leg
    await asyncio.sleep(reaction.after)
    if leg is None or phone.leg is not leg:
        return
    if reaction.press:
        await phone.press(reaction.press)
    if reaction.says and phone.leg is leg:
        await phone.says(reaction.says)
    if reaction.hang_up and phone.leg is leg:
        phone.hang_up()
