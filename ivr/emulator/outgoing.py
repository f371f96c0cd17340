"""Calls that the account places by REST: queued at the account's pace, rung, then run like any other call."""

import asyncio
from dataclasses import dataclass

from multidict import MultiMapping

from ivr.emulator.callbacks import PROGRESS, Watch
from ivr.emulator.detection import Detection, detect, detect_beside
from ivr.emulator.documents import GoTo, Page
from ivr.emulator.legs import Fallback, Leg
from ivr.emulator.office import Office
from ivr.emulator.placing import place
from ivr.emulator.program import run_call


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """A call to place; seconds."""

    sender: str
    receiver: str
    start: GoTo | Page
    watch: Watch | None = None
    misspelt_watch: bool = False
    fallback: Fallback | None = None
    timeout: float = 60.0
    time_limit: float = 14400.0
    send_digits: str = ""
    detection: Detection | None = None

    @classmethod
    def of(cls, form: MultiMapping[object], *, sender: str, receiver: str, start: GoTo | Page) -> "Order":
        """Read the request. Timeout 60 by default, at most 600."""
        kinds = [str(kind) for kind in form.getall("StatusCallbackEvent", ["completed"])]
        url, fallback = str(form.get("StatusCallback", "")), str(form.get("FallbackUrl", ""))
        sound = all(kind in PROGRESS for kind in kinds)
        method = "GET" if str(form.get("StatusCallbackMethod", "")).upper() == "GET" else "POST"
        return cls(
            sender=sender, receiver=receiver, start=start,
            watch=Watch(url=url, method=method, kinds=frozenset(kinds)) if url and sound else None,
            misspelt_watch=not sound, fallback=Fallback(url=fallback) if fallback else None,
            timeout=_seconds(form, "Timeout", 60.0, 600.0), time_limit=_seconds(form, "TimeLimit", 14400.0, 86400.0),
            send_digits=str(form.get("SendDigits", "")),
            detection=Detection.of(form),
        )  # fmt: skip


def order_call(office: Office, order: Order) -> Leg:
    """Queue a call: one a second per account by default. A malformed list of events is warning 21626 and no
    callbacks at all."""
    leg = Leg(
        office, sender=order.sender, receiver=order.receiver, direction="outbound-api", address=order.receiver,
        status="queued", watch=order.watch, fallback=order.fallback,
    )  # fmt: skip
    if order.misspelt_watch:
        office.alert(21626, leg.sid, "", "no callbacks will be made")
    moment = office.clock.elapsed()
    delay = max(0.0, office.next_call_at - moment)
    office.next_call_at = moment + delay + 1.0 / office.assumptions.calls_per_second
    leg.queue_time = round(delay * 1000)
    leg.program = office.spawn(_run(leg, order, delay))
    return leg


async def _run(leg: Leg, order: Order, delay: float) -> None:
    await asyncio.sleep(delay)
    if not await place(leg, order.timeout):
        return
    leg.office.spawn(_limit(leg, order.time_limit))
    await asyncio.sleep(sum({"w": 0.5, "W": 1.0}.get(key, 0.1) for key in order.send_digits))
    match order.detection:
        case None:
            pass
        case Detection(is_async=True) as detection:
            leg.office.spawn(detect_beside(leg, detection))
        case detection:
            await detect(leg, detection)
            leg.extra = leg.extra | {"AnsweredBy": leg.answered_by}
    await run_call(leg, order.start)


async def _limit(leg: Leg, seconds: float) -> None:
    try:
        async with asyncio.timeout(seconds):
            await leg.ended.wait()
    except TimeoutError:
        leg.end("completed")


def _seconds(form: MultiMapping[object], name: str, default: float, most: float) -> float:
    text = str(form.get(name, ""))
    return min(most, max(1.0, float(text))) if text.isdecimal() else default
