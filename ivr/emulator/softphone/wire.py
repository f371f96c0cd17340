"""The messages on the WebSocket ``/softphone/line``: JSON objects, one per text frame.

From the exchange::

    {"type": "snapshot", "now": TIME, "speed": 1.0 | null, "lines": [{"number", "name"}], "handsets": [HANDSET],
     "people": [{"name", "number", "email", "role"}], "happenings": [HAPPENED], "guide": GUIDE | null,
     "speech": ["en", "de", ...]}
        First, once. ``happenings`` are the newest 5,000 so far: replaying them gives every transcript. ``speed`` null:
        simulated time, which stands still by itself. ``speech``: the languages that GET /softphone/speech can say.
    {"type": "happened", "number": 12, "what": "Spoke", "facts": {...}}
        HAPPENED. ``what`` and ``facts`` are the name and the fields of a dataclass of ivr.emulator.happenings, or
        MailArrived (ivr.emulator.softphone.mail).
    {"type": "handset", "address", "name", "state", "behaviour", "muted", "talks_to": [ADDRESS], "since": TIME | null}
        HANDSET, whenever one has changed. ``state``: idle, ringing, calling, talking. ``behaviour``: manual, no_answer,
        busy, mailbox, unreachable, answers, declines. ``since``: when the call was answered, else begun; null when
        idle.
    {"type": "answer", "id": 7, "error": "Level 1 is not ringing."}
        To one command, when it is done; ``error`` is null when it went well.

To the exchange, with an ``id`` of the sender's choice::

    {"id": 1, "do": "dial", "handset": ADDRESS, "number": NUMBER}
    {"id": 2, "do": "press", "handset": ADDRESS, "keys": "48213#"}          0-9 * # A-D, w waits half a second
    {"id": 3, "do": "say", "handset": ADDRESS, "text": TEXT}                 heard by whoever is on the call
    {"id": 4, "do": "text", "handset": ADDRESS, "number": NUMBER, "text": TEXT}   to a line; nobody reads it: refused
    {"id": 5, "do": "answer" | "decline" | "hang_up", "handset": ADDRESS}
    {"id": 6, "do": "mute", "handset": ADDRESS, "on": true}                  until the call is over
    {"id": 7, "do": "behave", "handset": ADDRESS, "behaviour": "mailbox", "after": 5.0, "greeting": TEXT}
                                                                              after: seconds; both may be left out
    {"id": 8, "do": "add", "number": NUMBER, "name": TEXT}                   a telephone more

TIME is ISO 8601 in UTC, by the exchange's clock.
"""

from dataclasses import fields
from datetime import datetime
from typing import Any, get_args

from ivr.emulator.happenings import Happening
from ivr.emulator.softphone.mail import MailArrived

Shown = Happening | MailArrived
"""All that the page shows."""

KINDS: dict[str, type[Any]] = {kind.__name__: kind for kind in (*get_args(Happening), MailArrived)}


def happened(number: int, happening: Shown) -> dict[str, Any]:
    """A happening as a message."""
    facts = {field.name: _plain(getattr(happening, field.name)) for field in fields(happening)}
    return {"type": "happened", "number": number, "what": type(happening).__name__, "facts": facts}


def happening_of(message: dict[str, Any]) -> Shown:
    """The happening in a message. KeyError: a kind that this side does not know."""
    facts = dict(message["facts"])
    facts["at"] = datetime.fromisoformat(facts["at"])
    facts |= {name: tuple(value) for name, value in facts.items() if isinstance(value, list)}
    told: Shown = KINDS[message["what"]](**facts)
    return told


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value
