"""What the carrier tells, read as what a conversation hears: with what the books know of the rings beside."""

from datetime import datetime
from typing import assert_never

from db.repositories.calls import StoredCall
from db.unit_of_work import Work
from flows.call import EscalationCall
from flows.heard import (
    AttemptSeen,
    Digits,
    ForwardEnded,
    Heard,
    HoldEnded,
    MessageRecorded,
    NothingRecorded,
    RingEnded,
    RingNow,
    Silence,
    Started,
    StillWaiting,
    TalkEnded,
)
from flows.rules.ring_outcome import Guess, RingOutcome, outcome
from flows.wrap_up import Terms, WrapUp
from ivr.line import inside, messages
from ivr.line.conversations import hears, waits_on_hold
from ivr.line.told import DialEnded, HoldOver, Keys, Nothing, RecordingEnded, Told
from ivr.line.watching import attempt_seen

TALKED = RingOutcome.TALKED.value


def meaning(work: Work, stored: StoredCall, told: Told, now: datetime) -> Heard:
    """What a webhook means to the step that the call has come to."""
    match told:
        case Keys() if waits_on_hold(stored) and _is_being_joined(work, stored):
            return still_waiting(work, stored, now)  # too late to choose anything else: a manager is on the way
        case Keys(digits=digits) if digits:
            return Digits(at=now, keys=digits)
        case Keys() | Nothing() if waits_on_hold(stored):
            return still_waiting(work, stored, now)
        case Keys() | Nothing() if hears(stored, AttemptSeen):
            return attempt_seen(work, stored, now)
        case Keys():
            return Silence(at=now)
        case HoldOver(bridged=bridged, caller_left=caller_left):
            return _hold_ended(work, stored, bridged, caller_left, now)
        case DialEnded():
            return _dial_ended(work, stored, told, now)
        case RecordingEnded(recording=recording):
            message = messages.store(work, stored, recording, now)
            return MessageRecorded(at=now, message=message) if message else NothingRecorded(at=now)
        case Nothing() if hears(stored, NothingRecorded):
            return NothingRecorded(at=now)
        case Nothing():
            return Started(at=now) if stored.turn == 0 else Silence(at=now)
        case _:
            assert_never(told)


def _hold_ended(work: Work, stored: StoredCall, bridged: bool, caller_left: bool, now: datetime) -> HoldEnded:
    """Either leg may be the first to tell that the two have talked."""
    assert stored.attempt_id is not None
    accepted = [ring for ring in work.rings.of_attempt(stored.attempt_id) if ring.accepted_at is not None]
    latest = accepted[-1].leg_sid if accepted else None
    return HoldEnded(
        at=now,
        talked=has_talked(work, stored) or (bridged and bool(accepted)),
        caller_left=caller_left,
        accepted=any(ring.ended_at is None for ring in accepted),
        manager_left=_has_left(work, latest),
    )


def has_talked(work: Work, stored: StoredCall) -> bool:
    """Whether a manager's leg has told that it talked to this caller, who waited for it."""
    if stored.attempt_id is None or not isinstance(stored.state, EscalationCall) or not stored.state.ringing:
        return False
    rings = work.rings.of_attempt(stored.attempt_id)
    return any(ring.outcome == TALKED and ring.number in stored.state.ringing for ring in rings)


def _is_being_joined(work: Work, stored: StoredCall) -> bool:
    assert stored.attempt_id is not None
    return any(ring.accepted_at is not None for ring in work.rings.still_open(stored.attempt_id))


def still_waiting(work: Work, stored: StoredCall, now: datetime) -> StillWaiting:
    """What a caller on hold can be told of the phones beside."""
    assert stored.attempt_id is not None
    rings = work.rings.of_attempt(stored.attempt_id)
    talked = [ring for ring in rings if ring.outcome == TALKED]
    stated = talked[-1] if talked and talked[-1].terms else None
    return StillWaiting(
        at=now,
        rings=tuple(
            RingNow(
                number=ring.number,
                outcome=RingOutcome(ring.outcome) if ring.outcome else None,
                accepted=ring.accepted_at is not None,
                machine=ring.guess == Guess.MACHINE.value,
            )
            for ring in rings
        ),
        wrap_up=WrapUp(terms=Terms(stated.terms), until=stated.terms_until) if stated else None,
        manager_left=bool(talked) and _has_left(work, talked[-1].leg_sid),
    )


def _has_left(work: Work, leg_sid: str | None) -> bool:
    leg = work.calls.read(leg_sid) if leg_sid else None
    return leg is not None and leg.ended_at is not None


def _dial_ended(work: Work, stored: StoredCall, told: DialEnded, now: datetime) -> Heard:
    if stored.parent_sid is not None:
        waits = inside.on_hold_still(work.calls.read(stored.parent_sid))
        assert stored.ring_id is not None
        if not told.bridged:
            work.rings.end(stored.ring_id, RingOutcome.CALLER_LEFT, now)
        else:
            work.rings.end(stored.ring_id, RingOutcome.TALKED, now)
        return TalkEnded(at=now, talked=told.bridged, caller_waits=waits)
    ring = work.rings.open_for(stored.sid)
    if ring is None:
        return ForwardEnded(at=now, talked=told.bridged)
    ended = outcome(
        told.status,
        bridged=told.bridged,
        accepted=ring.accepted_at is not None,
        declined=ring.declined_at is not None,
        caller_left=told.caller_left,
    )
    return RingEnded(at=now, outcome=ended, caller_left=told.caller_left)
