"""Reads a webhook's form: only the fields we know, each given once, in the shape the carrier documents.

The signature does not tell {"a": "1b2"} from {"a": "1", "b": "2"}, nor a value from the same one twice: shape matters.
"""

import re
from typing import Protocol

import phonenumbers

from flows.rules.ring_outcome import Guess
from ivr.line.ports import Recording
from ivr.line.told import DialEnded, HoldOver, Keys, Leg, Nothing, RecordingEnded, Told

CALL_SID = re.compile(r"CA[0-9a-f]{32}")
RECORDING_SID = re.compile(r"RE[0-9a-f]{32}")
KEYS = re.compile(r"[0-9*#]*")
SECONDS = re.compile(r"-?[0-9]{1,6}")
"""A duration is -1 while it is not known."""
LIVE = frozenset({"", "queued", "ringing", "in-progress"})
BRIDGED = frozenset({"bridged", "redirected-from-bridged"})
MOST_KEYS = 40
"""Nobody keys more on purpose; the rest of a flood of keys is cut off."""


class Malformed(Exception):
    """A webhook that the carrier would not send: a field is missing, repeated, or of another shape."""


class Form(Protocol):
    """A multi-valued form."""

    def getlist(self, key: str) -> list[str]:
        """All values of ``key``."""


def leg(form: Form) -> Leg:
    """The leg a webhook is about. Raises Malformed."""
    return Leg(
        sid=call_sid(form, "CallSid"),
        caller=_e164(_one(form, "From")),
        called=_one(form, "To"),
        parent=call_sid(form, "ParentCallSid") if _one(form, "ParentCallSid") else "",
    )


def call_sid(form: Form, name: str = "CallSid") -> str:
    """A call SID: CA and 32 hexadecimal digits. Raises Malformed."""
    sid = _one(form, name)
    if not CALL_SID.fullmatch(sid):
        raise Malformed(f"{name} is not a call SID")
    return sid


def told(form: Form) -> Told:
    """What came of the last turn. Raises Malformed."""
    status = _one(form, "DialCallStatus")
    if status:
        bridged = _one(form, "DialBridged") == "true"
        return DialEnded(status=status, bridged=bridged, caller_left=_one(form, "CallStatus") not in LIVE)
    queue = _one(form, "QueueResult")
    if queue:
        left = queue == "hangup" or _one(form, "CallStatus") not in LIVE
        return HoldOver(bridged=queue in BRIDGED, caller_left=left)
    if _one(form, "RecordingUrl"):
        return RecordingEnded(recording=recording(form))
    if form.getlist("Digits"):
        return _keys(_one(form, "Digits"))
    return Nothing()


def recording(form: Form) -> Recording:
    """What a webhook tells about a recording; its name also ends its address. Raises Malformed."""
    sid = _one(form, "RecordingSid") or _one(form, "RecordingUrl").rpartition("/")[2]
    seconds = _one(form, "RecordingDuration") or "0"
    if not RECORDING_SID.fullmatch(sid):
        raise Malformed("RecordingSid is not a recording SID")
    if not SECONDS.fullmatch(seconds):
        raise Malformed("RecordingDuration is not a number of seconds")
    return Recording(sid=sid, seconds=int(seconds))


def transcription(form: Form) -> tuple[str, str]:
    """A recording's SID and what the carrier understood; no words when it understood none. Raises Malformed."""
    words = _one(form, "TranscriptionText") if _one(form, "TranscriptionStatus") == "completed" else ""
    return recording(form).sid, words


def dial_talked(form: Form) -> bool:
    """Whether a dialled phone talked to the caller."""
    return _one(form, "DialBridged") == "true"


def call_status(form: Form) -> str:
    """The carrier's word for how a leg stands."""
    return _one(form, "CallStatus")


def guess(form: Form) -> Guess:
    """Who has picked up, as the carrier guesses; its words for machines say more than anybody needs."""
    answered_by = _one(form, "AnsweredBy")
    if answered_by == "human":
        return Guess.PERSON
    return Guess.MACHINE if answered_by.startswith(("machine", "fax")) else Guess.UNKNOWN


def is_over(form: Form) -> bool:
    """Whether the leg has ended, by whatever final status."""
    return _one(form, "CallStatus") not in LIVE


def _keys(digits: str) -> Keys:
    if not KEYS.fullmatch(digits):
        raise Malformed("Digits holds something that is no key")
    return Keys(digits=digits[:MOST_KEYS])


def _one(form: Form, name: str) -> str:
    values = form.getlist(name)
    if len(values) > 1:
        raise Malformed(f"{name} is given {len(values)} times")
    return values[0] if values else ""


def _e164(number: str) -> str:
    """The caller's number, or nothing when it is withheld or not one ("anonymous", "client:…")."""
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return ""
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
