"""Queues: callers who wait for somebody to take them (https://www.twilio.com/docs/voice/twiml/enqueue)."""

import asyncio
from dataclasses import dataclass

from ivr.emulator.legs import Leg
from ivr.emulator.office import Office

QUEUE_AT_MOST = 1000


@dataclass(slots=True, eq=False, kw_only=True)
class Waiting:
    """One caller in a queue. ``taken`` is set by whoever dequeues him, with the leg that does; ``over`` ends the
    bridge."""

    leg: Leg
    since: float
    taken: asyncio.Event
    over: asyncio.Event
    taken_by: Leg | None = None

    def seconds(self) -> int:
        """Whole seconds in the queue."""
        return round(self.leg.office.clock.elapsed() - self.since)


class Queue:
    """A queue by name, first come first served."""

    def __init__(self, office: Office, name: str) -> None:
        self.office, self.name, self.sid = office, name, office.sids.new("QU")
        self.max_size = QUEUE_AT_MOST
        self.created = office.clock.now()
        self.waiting: list[Waiting] = []
        self.arrived = asyncio.Event()
        office.queues[self.sid] = self

    @property
    def average_wait(self) -> int:
        """Average seconds that those who wait now have waited."""
        return round(sum(one.seconds() for one in self.waiting) / len(self.waiting)) if self.waiting else 0

    def enter(self, leg: Leg) -> Waiting:
        """Stand at the end."""
        one = Waiting(leg=leg, since=self.office.clock.elapsed(), taken=asyncio.Event(), over=asyncio.Event())
        self.waiting.append(one)
        self.arrived.set()
        return one

    def leave(self, one: Waiting) -> None:
        """Stand there no more; leaving twice is harmless."""
        if one in self.waiting:
            self.waiting.remove(one)

    async def take(self, leg: Leg) -> Waiting:
        """The first in the queue, as soon as there is one."""
        while not self.waiting:
            self.arrived.clear()
            await self.arrived.wait()
        one = self.waiting.pop(0)
        one.taken_by = leg
        one.taken.set()
        return one

    def wait_form(self, one: Waiting) -> dict[str, str]:
        """What a waiting document is told."""
        return {
            "QueuePosition": str(self.waiting.index(one) + 1 if one in self.waiting else 0), "QueueSid": self.sid,
            "QueueTime": str(one.seconds()), "AvgQueueTime": str(self.average_wait),
            "CurrentQueueSize": str(len(self.waiting)), "MaxQueueSize": str(self.max_size),
        }  # fmt: skip


def queue_named(office: Office, name: str) -> Queue:
    """The queue of this name or SID, made if there is none."""
    found = (queue for queue in office.queues.values() if name in (queue.name, queue.sid))
    return next(found, None) or Queue(office, name)
