"""Calls to the account's lines: from a telephone, or from another call of the account."""

import asyncio
from typing import TYPE_CHECKING

from ivr.emulator.account import Line
from ivr.emulator.callbacks import Watch
from ivr.emulator.documents import GoTo
from ivr.emulator.happenings import Dialled
from ivr.emulator.legs import Fallback, Leg
from ivr.emulator.program import run_call
from ivr.emulator.waiting import first_of

if TYPE_CHECKING:
    from ivr.emulator.office import Office
    from ivr.emulator.phone import Phone


def call_in(phone: "Phone", number: str) -> None:
    """A telephone calls a number of the account; any other number is not in service (SIP 404)."""
    line = phone.office.lines.get(number)
    leg = _inbound(phone.office, line, sender=phone.address, receiver=number, address=phone.address)
    leg.phone = phone
    phone.connect(leg)
    phone.office.tell(Dialled(**leg.tag(), number=number))
    if line is None:
        leg.end("failed", 404)
    else:
        leg.program = phone.office.spawn(_ring_line(leg, line))


def call_across(near: Leg, line: Line) -> Leg:
    """A call of the account reaches one of its own lines: a second leg arrives there, and ends with the first."""
    far = _inbound(near.office, line, sender=near.sender, receiver=line.number, address=line.number)
    far.hops, far.across, near.across = near.hops + 1, near, far
    far.program = near.office.spawn(_ring_line(far, line))
    near.office.spawn(_end_together(near, far))
    return far


def _inbound(office: "Office", line: Line | None, *, sender: str, receiver: str, address: str) -> Leg:
    leg = Leg(
        office, sender=sender, receiver=receiver, direction="inbound", address=address, status="ringing",
        watch=Watch(url=line.status_callback) if line and line.status_callback else None,
        fallback=Fallback(url=line.voice_fallback_url) if line and line.voice_fallback_url else None,
    )  # fmt: skip
    leg.extra = {"CallToken": office.sids.token(), "StirVerstat": "TN-Validation-Passed-A"}
    return leg


async def _ring_line(leg: Leg, line: Line) -> None:
    await asyncio.sleep(leg.office.assumptions.call_setup_seconds)
    await run_call(leg, GoTo(url=line.voice_url, method=line.voice_method, kind="voice"))


async def _end_together(near: Leg, far: Leg) -> None:
    await first_of(near=near.ended.wait(), far=far.ended.wait())
    far.hung_up_by_owner()
    if near.answered.is_set():
        near.end("completed")  # before the answer, how the far leg ended is still to be judged
