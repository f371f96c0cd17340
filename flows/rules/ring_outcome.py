"""What became of one ring. Ring, answer, accept and bridge are four different facts."""

from datetime import timedelta
from enum import Enum


class RingOutcome(Enum):
    """The end of one ring of one manager's phone, or why a manager was passed over and no phone rang."""

    TALKED = "talked"                # the carrier says bridged and we stored that leg's key press
    DECLINED = "declined"            # the manager pressed 2
    NOT_ACCEPTED = "not-accepted"    # answered, but nobody pressed a key: a mailbox, or silence
    NO_ANSWER = "no-answer"
    BUSY = "busy"
    FAILED = "failed"                # the carrier could not reach the phone
    NOT_ALLOWED = "not-allowed"      # a number the line must never dial
    CALLER_LEFT = "caller-left"
    TAKEN = "taken"                  # another phone that rang together with this one was accepted
    NOT_PLACED = "not-placed"        # the carrier did not take the order for the call
    OFF_DUTY = "off-duty"
    QUIET_HOURS = "quiet-hours"
    RUNG_ENOUGH = "rung-enough"      # as often as anybody is to be rung in one night
    ENGAGED = "engaged"              # on another call of ours
    NOBODY_ON_SHIFT = "nobody-on-shift"


class Guess(Enum):
    """Who the carrier thinks has picked up. A hint, wrong often enough: only a key press decides anything."""

    PERSON = "person"
    MACHINE = "machine"
    UNKNOWN = "unknown"


PASSED_OVER = frozenset({
    RingOutcome.OFF_DUTY,
    RingOutcome.QUIET_HOURS,
    RingOutcome.RUNG_ENOUGH,
    RingOutcome.ENGAGED,
    RingOutcome.NOBODY_ON_SHIFT,
})  # fmt: skip
"""No phone rang."""

LONGEST_CALL = timedelta(hours=6)
"""A talk lasts four hours at most; no ring that began earlier is still live."""

NEVER_RANG = PASSED_OVER | {RingOutcome.NOT_ALLOWED, RingOutcome.NOT_PLACED}
"""What disturbed nobody."""


BY_STATUS = {
    "busy": RingOutcome.BUSY,
    "no-answer": RingOutcome.NO_ANSWER,
    "canceled": RingOutcome.CALLER_LEFT,
}


def outcome(dial_status: str, *, bridged: bool, accepted: bool, declined: bool, caller_left: bool) -> RingOutcome:
    """What became of a ring, from the carrier's ``dial_status`` and ``bridged`` and from what we stored ourselves.

    A screened-out or timed-out leg is reported as completed but not bridged, and a mailbox may be bridged without ever
    having pressed a key, so the status alone proves nothing. Unknown statuses count as failed.
    """
    if bridged and accepted:
        return RingOutcome.TALKED
    if declined:
        return RingOutcome.DECLINED
    if caller_left:
        return RingOutcome.CALLER_LEFT
    if dial_status in {"completed", "answered"} or bridged:
        return RingOutcome.NOT_ACCEPTED
    return BY_STATUS.get(dial_status, RingOutcome.FAILED)
