"""What the carrier told us with one webhook, before the stored call gives it its meaning."""

from dataclasses import dataclass
from typing import TypeAlias

from ivr.line.ports import Recording


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """Keys pressed, or none in time (empty)."""

    digits: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DialEnded:
    """A phone we had the carrier dial is done: the carrier's word for how, whether both were bridged, and whether the
    caller's own leg is over as well."""

    status: str
    bridged: bool
    caller_left: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldOver:
    """The caller is off hold. ``bridged``: after a talk; ``caller_left``: the caller's leg is over."""

    bridged: bool
    caller_left: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingEnded:
    """What the caller has said is recorded."""

    recording: Recording


@dataclass(frozen=True, slots=True, kw_only=True)
class Nothing:
    """Only that it is our turn again: the call has just begun, or a hold is over."""


Told: TypeAlias = Keys | DialEnded | HoldOver | RecordingEnded | Nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class Leg:
    """One leg of a call as the carrier describes it; numbers in E.164, empty when withheld or unknown."""

    sid: str
    caller: str
    called: str
    parent: str = ""
