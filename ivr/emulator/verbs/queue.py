"""<Dial><Queue>."""

import asyncio
from xml.etree.ElementTree import Element

from ivr.emulator.documents import NEXT, GoTo, Outcome, Page, action_of, method_of, text_of, truth, whole
from ivr.emulator.legs import Leg
from ivr.emulator.mixing import Mix
from ivr.emulator.program import Rules, follow
from ivr.emulator.queues import Queue, Waiting, queue_named
from ivr.emulator.recordings import recording_dial
from ivr.emulator.waiting import first_of

TOLD = Rules(allowed=frozenset({"Play", "Say", "Pause", "Redirect"}), code=13201)


async def dial_queue(leg: Leg, dial: Element, noun: Element, page: Page) -> Outcome:
    """Take the first caller out of a queue and talk to him. An empty queue is waited for until the Dial's timeout.

    ``url`` is heard by the QUEUED caller before the bridge, with QueueSid, CallSid, QueueTime and DequeingCallSid (the
    vendor's spelling). Only the dialling side may leave with star; ``timeLimit`` ends the talk as it does with every
    other noun, ``record`` records it.

    Contract: https://www.twilio.com/docs/voice/twiml/queue
    """
    queue = queue_named(leg.office, text_of(noun))
    found: list[Waiting] = []

    async def take() -> None:
        found.append(await queue.take(leg))

    won = await first_of(taken=take(), late=asyncio.sleep(whole(dial, "timeout", 30, 5, 600)))
    if won == "late":
        return _onward(dial, page, {"DialCallStatus": "no-answer", "DialBridged": "false"})
    one = found[0]
    try:
        await _tell_queued(one, queue, noun, page)
        limit = whole(dial, "timeLimit", 14400, 1, 86400)
        with recording_dial(leg, dial, page) as recorded:
            seconds = await _talk(leg, one, limit, star=truth(dial, "hangupOnStar", False))
    finally:
        one.over.set()
    return _onward(dial, page, {
        "DialCallStatus": "completed", "DialCallSid": one.leg.sid, "DialCallDuration": str(seconds), "DialBridged":
        "true", **recorded.parameters(),
    })  # fmt: skip


async def _tell_queued(one: Waiting, queue: Queue, noun: Element, page: Page) -> None:
    url = noun.get("url", "")
    if not url or one.taken_by is None:
        return
    form = {"QueueSid": queue.sid, "QueueTime": str(one.seconds()), "DequeingCallSid": one.taken_by.sid}
    step = GoTo(url=page.absolute(url), method=method_of(noun, "method"), parameters=form, kind="screening")
    await follow(one.leg, step, TOLD)


async def _talk(leg: Leg, one: Waiting, limit: float, *, star: bool) -> int:
    mix, began = Mix(), leg.office.clock.elapsed()
    mix.join(leg)
    mix.join(one.leg)
    leg.keypad.forget()
    ways = {"ended": one.leg.ended.wait(), "diverted": one.leg.diverted.wait(), "limit": asyncio.sleep(limit)}
    try:
        await (first_of(**ways, star=leg.keypad.key("*")) if star else first_of(**ways))
    finally:
        mix.leave(leg)
        mix.leave(one.leg)
    return round(leg.office.clock.elapsed() - began)


def _onward(dial: Element, page: Page, parameters: dict[str, str]) -> Outcome:
    return NEXT if dial.get("action") is None else action_of(dial, page, parameters)
