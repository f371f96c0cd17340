"""One whole call as the carrier would report it: ten webhooks, from the first ring to both hang-ups."""

from db.seed import LINE_NUMBER
from tests.benchmarks.company import phone_for
from tests.benchmarks.signed import NO_CONTENT, Call, Webhook, prepared, prepared_but_for_the_ring

PARTIES, PLACE = ("Called", "To", "Caller", "From"), ("City", "State", "Zip", "Country")
UNKNOWN_PLACES = {f"{party}{what}": "" for party in PARTIES for what in PLACE}
CLAIM = 3
"""The place in the script of the webhook that takes the claim and rings the first manager."""
WEBHOOKS, TURNS = 10, 8
"""How many webhooks a call has, and how many of them are turns of a conversation."""

UNDER_WAY = "The escalation is under way"


def caller_sid(serial: int) -> str:
    """The SID of the caller's leg in call ``serial``."""
    return f"CA{serial:032x}"


def whole_call(serial: int, ticket: str) -> Call:
    """English, the ticket, "press 1 to escalate"; Level 1 answers, presses 1, they talk; "press 1 if resolved"."""
    caller, manager = _caller(serial), _manager(serial, phone_for(ticket))
    keyed = caller | {"CallStatus": "in-progress"}
    over = {"CallStatus": "completed", "CallbackSource": "call-progress-events", "SequenceNumber": "0", "Duration": "1"}
    talked = {"DialCallStatus": "completed", "DialBridged": "true", "DialCallSid": manager["CallSid"]}
    return (
        *asking_for(serial, ticket),
        prepared_but_for_the_ring("screening", "/voice/screening/{ring}", manager, marker="Press 1 to accept"),
        prepared_but_for_the_ring(
            "accepts", "/voice/screening/{ring}/turn/1", manager | _keys("1"), marker="Connecting you now"
        ),
        prepared("status, manager", "/voice/status", manager | over, status=NO_CONTENT),
        prepared("talk over", "/voice/turn/4", keyed | talked, marker="If this is resolved"),
        prepared("resolved", "/voice/turn/5", keyed | _keys("1"), marker="<Hangup"),
        prepared("status, caller", "/voice/status", caller | over, status=NO_CONTENT),
    )


def asking_for(serial: int, ticket: str) -> Call:
    """The first four webhooks: the last of them claims the ticket."""
    caller = _caller(serial)
    keyed = caller | {"CallStatus": "in-progress"}
    return (
        prepared("incoming", "/voice/incoming", caller, marker="For English, press 1"),
        prepared("language", "/voice/turn/1", keyed | _keys("1"), marker="key in your ticket number"),
        prepared("ticket", "/voice/turn/2", keyed | _keys(ticket, "#"), marker="may be escalated"),
        prepared("confirms", "/voice/turn/3", keyed | _keys("1"), marker=UNDER_WAY),
    )


def one_turn(path: str, marker: str) -> Webhook:
    """A webhook like any turn's, for a floor."""
    return prepared("floor", path, _caller(1) | _keys("1"), marker=marker)


def _keys(digits: str, finished: str = "") -> dict[str, str]:
    return {"Digits": digits, "FinishedOnKey": finished}


def _caller(serial: int) -> dict[str, str]:
    number = f"+1212555{serial % 10_000:04}"
    extra = {"CallToken": f"{serial:032x}", "StirVerstat": "TN-Validation-Passed-A"}
    return _leg(caller_sid(serial), "ringing", "inbound", number, LINE_NUMBER) | extra


def _manager(serial: int, phone: str) -> dict[str, str]:
    sid = f"CA{serial + (1 << 120):032x}"
    leg = _leg(sid, "in-progress", "outbound-dial", LINE_NUMBER, phone)
    return leg | {"ParentCallSid": caller_sid(serial)}


def _leg(sid: str, status: str, direction: str, sender: str, receiver: str) -> dict[str, str]:
    return UNKNOWN_PLACES | {
        "AccountSid": "AC0123456789abcdef0123456789abcdef", "ApiVersion": "2010-04-01", "CallSid": sid,
        "CallStatus": status, "Direction": direction,
        "From": sender, "To": receiver, "Caller": sender, "Called": receiver,
    }
