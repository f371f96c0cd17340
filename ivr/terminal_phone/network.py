"""The carrier's telephones, in this process or behind the address of a running demo: the same words for both."""

from collections.abc import Callable
from contextlib import suppress
from typing import TypeAlias, assert_never

from ivr.emulator.behaviours import Behaviour, Busy, Mailbox, Manual, NoAnswer, Unreachable
from ivr.emulator.exchange import Exchange
from ivr.emulator.handset import Handset
from ivr.emulator.softphone.client import OrderRefused, RemoteExchange
from ivr.emulator.softphone.remote_handset import RemoteHandset
from ivr.terminal_phone.acts import Act, Answer, HangUp, Press
from ivr.terminal_phone.cast import Party
from ivr.terminal_phone.manager import ManagerBehaviour

Network: TypeAlias = Exchange | RemoteExchange
Telephone: TypeAlias = Handset | RemoteHandset

BEAT = 0.5
"""Seconds of the exchange's time: nobody acts more precisely."""
ONE_BEAT = "w"
"""A "key" that makes a telephone wait for one beat: the exchange waits by its own clock, however fast that runs."""
GREETING = "You have reached my voice mail. Please leave a message after the tone."


def telephone(network: Network, party: Party) -> Telephone:
    """The party's telephone, put up if there is none."""
    return network.handset(party.number, name=party.name)


def pass_beats(network: Network, caller: Telephone, beats: int) -> None:
    """Let some beats of the exchange's time go by; with nobody on the line real seconds must do."""
    match network:
        case Exchange():
            network.pass_time(BEAT * beats)
        case RemoteExchange() if caller.state != "idle":
            _or_overtaken(lambda: caller.press(ONE_BEAT * beats))
        case RemoteExchange():
            network.until(lambda: caller.state != "idle", within=BEAT * beats)
        case _:
            assert_never(network)


def perform(act: Act, phone: Telephone) -> None:
    """Do it, unless the call has just gone on without it."""
    match act:
        case Answer() if phone.state == "ringing":
            _or_overtaken(phone.answer)
        case Press(keys=keys) if phone.state == "talking":
            _or_overtaken(lambda: phone.press(keys))
        case HangUp() if phone.state != "idle":
            _or_overtaken(phone.hang_up)
        case Answer() | Press() | HangUp():
            pass
        case _:
            assert_never(act)


def _or_overtaken(order: Callable[[], None]) -> None:
    """The other process may have ended the call before our order arrived; what happened then is told anyway."""
    with suppress(OrderRefused):
        order()


def behave(network: Network, phone: Telephone, behaviour: ManagerBehaviour) -> Callable[[], None]:
    """Set what the telephone does by itself when it rings. Returns how to make it as it was."""
    match network, phone:
        case Exchange(), Handset(phone=owner):
            former, owner.behaviour = owner.behaviour, BEHAVIOURS.get(behaviour, Manual())
            return lambda: setattr(owner, "behaviour", former)
        case RemoteExchange(), RemoteHandset():
            was = str(network.view(phone.number)["behaviour"])
            phone.behave(REMOTE_NAMES.get(behaviour, "manual"))
            return lambda: phone.behave(was)
        case _:
            raise TypeError("this telephone is not on this network")


BEHAVIOURS: dict[ManagerBehaviour, Behaviour] = {
    ManagerBehaviour.MAILBOX: Mailbox(greeting=GREETING),
    ManagerBehaviour.BUSY: Busy(),
    ManagerBehaviour.NO_ANSWER: NoAnswer(),
    ManagerBehaviour.UNREACHABLE: Unreachable(),
}
"""What telephones do by themselves; for all else somebody holds them."""
REMOTE_NAMES = {behaviour: behaviour.value.replace("-", "_") for behaviour in BEHAVIOURS}
