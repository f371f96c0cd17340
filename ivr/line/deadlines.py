"""How long after an answer the next word of the carrier is due. The sweeper closes calls that miss it.

The claim on a ticket is leased until the same instant, so that a crash cannot lock a ticket.
"""

from datetime import datetime, timedelta
from typing import assert_never

from flows.turn import AwaitRingEnd, Bridge, Forward, HangUp, Listen, Ring, Wait
from ivr.line.answer import Hold

SPEECH = timedelta(minutes=2)
"""More than any prompt of ours takes to speak."""
SCREENING = timedelta(seconds=90)
"""More than the manager's conversation can take with all its tries."""
CARRIER = timedelta(seconds=15)
"""What the carrier may add: it waits about 5 s longer than told, and at most 15 s for an answer of ours."""


def deadline(wait: Wait | Hold, now: datetime, talk_limit: timedelta) -> datetime:
    """The instant by which the carrier must have said what came of ``wait``."""
    match wait:
        case Listen(seconds=seconds):
            return now + SPEECH + timedelta(seconds=seconds) + CARRIER
        case Ring(ring_seconds=seconds):
            return now + SPEECH + timedelta(seconds=seconds) + SCREENING + CARRIER
        case Forward(ring_seconds=seconds):
            return now + SPEECH + timedelta(seconds=seconds) + talk_limit + CARRIER
        case Bridge():
            return now + SPEECH + talk_limit + CARRIER
        case AwaitRingEnd() | HangUp() | Hold():
            return now + SPEECH + CARRIER
        case _:
            assert_never(wait)


def talking(now: datetime, talk_limit: timedelta) -> datetime:
    """The caller's deadline once a manager has accepted."""
    return now + SPEECH + talk_limit + CARRIER
