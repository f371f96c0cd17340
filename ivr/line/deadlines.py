"""How long after an answer the next word of the carrier is due. The sweeper closes calls that miss it.

The claim on a ticket is leased until the same instant, so that a crash cannot lock a ticket.
"""

from datetime import datetime, timedelta
from typing import assert_never

from db.unit_of_work import Work
from flows.call import EscalationCall
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
    Ring,
    Wait,
)
from ivr.line.answer import OneMoment

SPEECH = timedelta(minutes=2)
"""More than any prompt of ours takes to speak."""
SCREENING = timedelta(seconds=90)
"""More than the manager's conversation can take with all its tries."""
CARRIER = timedelta(seconds=15)
"""What the carrier may add: it waits about 5 s longer than told, and at most 15 s for an answer of ours."""


def deadline(wait: Wait | OneMoment, now: datetime, talk_limit: timedelta) -> datetime:
    """The instant by which the carrier must have said what came of ``wait``."""
    match wait:
        case Hold(joining=True):
            return now + SPEECH + talk_limit + CARRIER
        case Listen(seconds=seconds) | ListenOnHold(seconds=seconds) | Hold(seconds=seconds):
            return now + SPEECH + timedelta(seconds=seconds) + CARRIER
        case Ring(ring_seconds=seconds):
            return now + SPEECH + timedelta(seconds=seconds) + SCREENING + CARRIER
        case Forward(ring_seconds=seconds):
            return now + SPEECH + timedelta(seconds=seconds) + talk_limit + CARRIER
        case Bridge():
            return now + SPEECH + talk_limit + CARRIER
        case JoinCaller(talk_limit=limit):
            return now + SPEECH + limit + CARRIER
        case AwaitRingEnd() | AwaitTalkEnd() | HangUp() | LeaveHold() | OneMoment():
            return now + SPEECH + CARRIER
        case _:
            assert_never(wait)



def give_time_to_talk(work: Work, caller_sid: str, now: datetime) -> None:
    """A manager joins this caller: the next webhook is due only when the talk is over, and the claim lasts as long."""
    waiting = work.calls.read(caller_sid)
    assert waiting is not None
    assert isinstance(waiting.state, EscalationCall)
    until = now + SPEECH + waiting.state.line.talk_limit + CARRIER
    work.calls.postpone(caller_sid, until)
    if waiting.attempt_id is not None:
        work.claims.renew(waiting.attempt_id, until)
