"""A telephone in the terminal: the caller's, with the other telephones of the call lying beside it."""

from collections.abc import Iterable
from typing import assert_never

from ivr.emulator.softphone.client import OrderRefused
from ivr.terminal_phone.acts import HangUp
from ivr.terminal_phone.cast import Cast, Party
from ivr.terminal_phone.network import Network, Telephone, perform, telephone
from ivr.terminal_phone.orders import (
    HELP,
    Call,
    Decline,
    Help,
    NotUnderstood,
    Order,
    PickUp,
    PressKeys,
    PutDown,
    Quit,
    Say,
    understood,
)
from ivr.terminal_phone.screen import Screen, Write

WELCOME = """\
You are {caller} and phone the line at {line}. The telephones of {others} lie beside yours.
Type keys such as 1 or 48213#, `1 answer` to pick up at level 1, `help` for everything, `quit` to end.
"""


class NotNow(Exception):
    """What was typed makes no sense at this moment; the sentence says why."""


class CallByHand:
    """Obeys one line of text after the other, while the script of what happens is printed beside."""

    def __init__(self, network: Network, cast: Cast, screen: Screen, write: Write) -> None:
        self.screen = screen
        self._network, self._cast, self._write = network, cast, write
        self._phones = {party: telephone(network, party) for party in cast.parties}

    def run(self, typed: Iterable[str]) -> None:
        """Phone the line, obey until ``quit``, the end of ``typed`` or Ctrl-C, hang up. Raises ExchangeLost."""
        others = ", ".join(f"{party.name} ({party.title or 'when all else fails'})" for party in self._cast.parties[1:])
        self._write(WELCOME.format(caller=self._cast.caller.number, line=self._cast.line, others=others))
        unsubscribe = self._network.subscribe(self.screen.show)
        try:
            self._obeyed(Call(self._cast.caller))
            self._follow(typed)
        except KeyboardInterrupt:
            self._write("")
        finally:
            perform(HangUp(), self._phones[self._cast.caller])
            unsubscribe()
            self.screen.rest()
        self._write("The telephones are put away.")

    def _follow(self, typed: Iterable[str]) -> None:
        for line in typed:
            if not line.strip():
                continue
            order = understood(line, self._cast)
            if isinstance(order, Quit):
                return
            self._obeyed(order)

    def _obeyed(self, order: Order) -> None:
        try:
            self._obey(order)
        except (NotNow, OrderRefused, RuntimeError) as overtaken:  # RuntimeError: the telephone's own word, see Phone
            self._write(str(overtaken).partition("\n")[0])

    def _obey(self, order: Order) -> None:
        match order:
            case Call(party=party):
                self._phone(party, ("idle",), "is on a call already").dial(self._cast.line)
            case PressKeys(party=party, keys=keys):
                self._phone(party, ("talking",), "is not on a call: nobody hears the keys").press(keys)
            case Say(party=party, text=text):
                self._phone(party, ("talking",), "is not on a call: nobody hears this").says(text)
            case PickUp(party=party):
                self._phone(party, ("ringing",), "is not ringing").answer()
            case Decline(party=party):
                self._phone(party, ("ringing",), "is not ringing").decline()
            case PutDown(party=party):
                self._phone(party, ("ringing", "calling", "talking"), "is not on a call").hang_up()
            case Help() | NotUnderstood():
                self._write(HELP)
            case Quit():
                pass
            case _:
                assert_never(order)

    def _phone(self, party: Party, states: tuple[str, ...], complaint: str) -> Telephone:
        phone = self._phones[party]
        if phone.state not in states:
            raise NotNow(f"The telephone of {party.name} {complaint}.")
        return phone
