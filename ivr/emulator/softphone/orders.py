"""What a person at the page (or terminal) may ask a telephone to do, read from JSON."""

import re
from dataclasses import dataclass
from typing import Any

from ivr.emulator.behaviours import Answers, Behaviour, Busy, Declines, Mailbox, Manual, NoAnswer, Unreachable
from ivr.emulator.phone import Phone, is_handset_address
from ivr.emulator.softphone.telephones import Telephones

GREETING = "You have reached the mailbox. Please leave a message after the tone."
KEYS = re.compile(r"[0-9*#A-DwW]{1,64}")
LONGEST_TEXT = 1000
LONGEST_NAME = 80
BEHAVIOURS = ("manual", "no_answer", "busy", "mailbox", "unreachable", "answers", "declines")


class Refused(Exception):
    """What was asked makes no sense now; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Dial:
    """Call a number."""

    phone: Phone
    number: str


@dataclass(frozen=True, slots=True)
class Press:
    """Press keys during a call."""

    phone: Phone
    keys: str


@dataclass(frozen=True, slots=True)
class Say:
    """Speak during a call."""

    phone: Phone
    text: str


@dataclass(frozen=True, slots=True)
class Text:
    """Send a text message."""

    phone: Phone
    number: str
    text: str


@dataclass(frozen=True, slots=True)
class Answer:
    """Pick up."""

    phone: Phone


@dataclass(frozen=True, slots=True)
class Decline:
    """The red button while it rings."""

    phone: Phone


@dataclass(frozen=True, slots=True)
class HangUp:
    """End the call."""

    phone: Phone


@dataclass(frozen=True, slots=True)
class Mute:
    """Close or open the microphone."""

    phone: Phone
    on: bool


@dataclass(frozen=True, slots=True)
class Behave:
    """What the telephone does by itself when called from now on."""

    phone: Phone
    behaviour: Behaviour


@dataclass(frozen=True, slots=True)
class Add:
    """One telephone more."""

    number: str
    name: str


Order = Dial | Press | Say | Text | Answer | Decline | HangUp | Mute | Behave | Add


def read(asked: dict[str, Any], telephones: Telephones) -> Order:
    """Understand a message of the form that ``wire`` documents. Refused: not understood."""
    do = asked.get("do")
    if do == "add":
        return Add(_number(asked), _text(asked, "name", LONGEST_NAME))
    address = str(asked.get("handset", ""))
    phone = telephones.find(address)
    if phone is None:
        raise Refused(f"There is no telephone at '{address}' here.")
    match do:
        case "dial":
            return Dial(phone, _number(asked))
        case "press":
            return Press(phone, _keys(asked))
        case "say":
            return Say(phone, _text(asked, "text", LONGEST_TEXT))
        case "text":
            return Text(phone, _number(asked), _text(asked, "text", LONGEST_TEXT))
        case "answer":
            return Answer(phone)
        case "decline":
            return Decline(phone)
        case "hang_up":
            return HangUp(phone)
        case "mute":
            return Mute(phone, asked.get("on") is True)
        case "behave":
            return Behave(phone, _behaviour(asked))
        case _:
            raise Refused(f"A telephone cannot {do!r}.")


def _number(asked: dict[str, Any]) -> str:
    number = re.sub(r"[\s().-]+", "", str(asked.get("number", "")))
    if not is_handset_address(number):
        raise Refused("A number starts with + and the country code, such as +12025550150.")
    return number


def _keys(asked: dict[str, Any]) -> str:
    keys = asked.get("keys")
    if not isinstance(keys, str) or not KEYS.fullmatch(keys):
        raise Refused("Keys are 0 to 9, star and pound.")
    return keys


def _text(asked: dict[str, Any], field: str, longest: int) -> str:
    text = str(asked.get(field, "")).strip()
    if not text or len(text) > longest:
        raise Refused(f"The {field} has 1 to {longest} characters.")
    return text


def _behaviour(asked: dict[str, Any]) -> Behaviour:
    after = _seconds(asked.get("after"))
    match asked.get("behaviour"):
        case "manual":
            return Manual()
        case "no_answer":
            return NoAnswer()
        case "busy":
            return Busy()
        case "unreachable":
            return Unreachable()
        case "answers":
            return Answers(after=3.0 if after is None else after)
        case "declines":
            return Declines(after=3.0 if after is None else after)
        case "mailbox":
            greeting = str(asked.get("greeting") or GREETING)[:LONGEST_TEXT]
            return Mailbox(greeting=greeting, after=5.0 if after is None else after)
        case _:
            raise Refused(f"A telephone can be {', '.join(BEHAVIOURS)}.")


def _seconds(given: Any) -> float | None:
    if given is None:
        return None
    if isinstance(given, bool) or not isinstance(given, int | float) or not 0 <= given <= 3600:
        raise Refused("After how many seconds: 0 to 3600.")
    return float(given)
