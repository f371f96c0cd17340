"""<Enqueue>."""

import asyncio
from dataclasses import replace
from xml.etree.ElementTree import Element

from ivr.emulator.conferences import HOLD_MUSIC
from ivr.emulator.documents import NEXT, GoTo, HangUp, LeaveQueue, Outcome, Page, action_of, method_of, text_of, whole
from ivr.emulator.legs import Leg
from ivr.emulator.program import Rules, discard, follow
from ivr.emulator.queues import QUEUE_AT_MOST, Queue, Waiting, queue_named
from ivr.emulator.waiting import first_of

WAITING = Rules(allowed=frozenset({"Play", "Say", "Pause", "Redirect", "Hangup", "Leave", "Gather"}), code=13244)


async def enqueue(leg: Leg, element: Element, page: Page) -> Outcome:
    """Wait in a queue until somebody takes the caller, he leaves, or hangs up; the waitUrl is asked again when
    exhausted.

    QueueResult: bridged (told when the bridge ends), leave, redirected, hangup, queue-full; with QueueSid and
    QueueTime.
    Without an action the next verb follows.

    Contract: https://www.twilio.com/docs/voice/twiml/enqueue
    """
    queue = queue_named(leg.office, text_of(element)[:64])
    queue.max_size = whole(element, "maxQueueSize", QUEUE_AT_MOST, 1, 5000)
    if len(queue.waiting) >= queue.max_size:
        return _told(element, page, queue, "queue-full", 0)
    one = queue.enter(leg)
    try:
        result = await _wait(leg, element, page, queue, one)
    except asyncio.CancelledError:
        left = "redirected-from-bridged" if one.taken.is_set() else "redirected"
        result = left if leg.is_live else "hangup"
        if element.get("action") is not None:
            leg.office.spawn(discard(leg, action_of(element, page, _form(queue, result, one.seconds()))))
        raise
    finally:
        queue.leave(one)
    return HangUp() if result == "hangup" else _told(element, page, queue, result, one.seconds())


async def _wait(leg: Leg, element: Element, page: Page, queue: Queue, one: Waiting) -> str:
    how: list[Outcome] = []

    async def waiting() -> None:
        how.append(await _hear_documents(leg, element, page, queue, one))

    won = await first_of(taken=one.taken.wait(), document=waiting())
    if won == "document":
        return "leave" if isinstance(how[0], LeaveQueue) else "hangup"
    await one.over.wait()
    return "bridged"


async def _hear_documents(leg: Leg, element: Element, page: Page, queue: Queue, one: Waiting) -> Outcome:
    url = element.get("waitUrl", "")
    if not url:
        with leg.sounding(HOLD_MUSIC):
            await asyncio.Event().wait()
    start = GoTo(url=page.absolute(url), method=method_of(element, "waitUrlMethod"), kind="wait")
    while True:
        outcome = await follow(leg, replace(start, parameters=queue.wait_form(one)), WAITING)
        if isinstance(outcome, LeaveQueue | HangUp):
            return outcome


def _form(queue: Queue, result: str, seconds: int) -> dict[str, str]:
    return {"QueueResult": result, "QueueSid": queue.sid, "QueueTime": str(seconds)}


def _told(element: Element, page: Page, queue: Queue, result: str, seconds: int) -> Outcome:
    return NEXT if element.get("action") is None else action_of(element, page, _form(queue, result, seconds))
