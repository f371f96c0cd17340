"""Carrying out what a person at the page (or terminal) asks a telephone to do."""

from typing import assert_never

from ivr.emulator.phone import Phone
from ivr.emulator.softphone.orders import (
    Add,
    Answer,
    Behave,
    Decline,
    Dial,
    HangUp,
    Mute,
    Order,
    Press,
    Refused,
    Say,
    Text,
)
from ivr.emulator.softphone.telephones import Telephones


async def carry_out(order: Order, telephones: Telephones) -> None:
    """Do it; comes back when it is done (keys and words take time). Refused: it makes no sense now."""
    match order:
        case Dial(phone=phone, number=number):
            _must(phone, phone.state == "idle", "is already on a call")
            phone.dial(number)
        case Press(phone=phone, keys=keys):
            _must(phone, phone.leg is not None, "is not on a call: keys are heard by nobody")
            await phone.press(keys)
        case Say(phone=phone, text=text):
            _must(phone, phone.state == "talking", "is not on a call: nobody hears this")
            _must(phone, phone.address not in telephones.muted, "is muted: nobody hears this")
            await phone.says(text)
        case Text(phone=phone, number=number, text=text):
            line = telephones.office.lines.get(number)
            if line is None or not line.sms_url:
                raise Refused(f"Nobody reads text messages at {number}.")
            phone.texts(number, text)
        case Answer(phone=phone):
            _must(phone, phone.state == "ringing", "is not ringing")
            phone.answer()
        case Decline(phone=phone):
            _must(phone, phone.state == "ringing", "is not ringing")
            phone.decline()
        case HangUp(phone=phone):
            _must(phone, phone.state != "idle", "is not on a call")
            phone.hang_up()
        case Mute(phone=phone, on=on):
            _must(phone, phone.state == "talking" or not on, "is not on a call")
            telephones.mute(phone, on=on)
        case Behave(phone=phone, behaviour=behaviour):
            phone.behaviour = behaviour
        case Add(number=number, name=name):
            if telephones.find(number) is not None:
                raise Refused(f"There is a telephone at {number} already.")
            telephones.add(number, name)
        case _:
            assert_never(order)


def _must(phone: Phone, condition: bool, complaint: str) -> None:
    if not condition:
        raise Refused(f"{phone.name} {complaint}.")
