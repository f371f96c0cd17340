"""How long after an answer the next word of the carrier is due. The sweeper closes calls that miss it.

The claim on a ticket is leased until the same instant, so that a crash cannot lock a ticket.
"""

from datetime import datetime, timedelta
from typing import assert_never

from db.repositories.calls import StoredCall
from db.unit_of_work import Work
from flows.turn import (
    AwaitRingEnd,
    AwaitTalkEnd,
    Bridge,
    Forward,
    HangUp,
    Hold,
    JoinCaller,
    LeaveHold,
    Listen,
    ListenOnHold,
    Record,
    Ring,
    Wait,
    Watch,
)
from ivr.line.answer import OneMoment

SPEECH = timedelta(minutes=2)
"""More than any prompt of ours takes to speak."""
WORDS_ON_HOLD = timedelta(seconds=60)
"""Whoever waits is told little at a time, and asks for the next piece of music twice a minute: if that stays away the
caller has left, whatever the carrier says, and no more phones are rung."""
SCREENING = timedelta(seconds=90)
"""More than the manager's conversation can take with all its tries."""
CARRIER = timedelta(seconds=15)
"""What the carrier may add: it waits about 5 s longer than told, and at most 15 s for an answer of ours."""


def deadline(wait: Wait | OneMoment, now: datetime, talk_limit: timedelta) -> datetime:
    """The instant by which the carrier must have said what came of ``wait``."""
    match wait:
        case Hold(joining=True):
            return now + SPEECH + talk_limit + CARRIER
        case ListenOnHold(seconds=seconds) | Hold(seconds=seconds):
            return now + WORDS_ON_HOLD + timedelta(seconds=seconds) + CARRIER
        case Listen(seconds=seconds) | Watch(seconds=seconds):
            return now + SPEECH + timedelta(seconds=seconds) + CARRIER
        case Ring(ring_seconds=seconds):
            return now + SPEECH + timedelta(seconds=seconds) + SCREENING + CARRIER
        case Record(longest=longest, silence=silence):
            return now + SPEECH + longest + silence + CARRIER
        case Forward(ring_seconds=seconds):
            return now + SPEECH + timedelta(seconds=seconds) + talk_limit + CARRIER
        case Bridge():
            return now + SPEECH + talk_limit + CARRIER
        case JoinCaller(talk_limit=limit):
            return now + SPEECH + limit + CARRIER
        case AwaitTalkEnd():
            return now + 2 * CARRIER
        case AwaitRingEnd() | HangUp() | LeaveHold() | OneMoment():
            return now + SPEECH + CARRIER
        case _:
            assert_never(wait)


def give_time_to_talk(work: Work, manager: StoredCall, now: datetime) -> None:
    """A manager joins the caller: the caller's next webhook is due only when the talk is over, and the claim lasts as
    long."""
    assert manager.parent_sid is not None
    line = work.routing.read(manager.routing_version).line(manager.line)
    assert line is not None
    until = now + SPEECH + line.talk_limit + CARRIER
    work.calls.postpone(manager.parent_sid, until)
    if manager.attempt_id is not None:
        work.claims.renew(manager.attempt_id, until)
