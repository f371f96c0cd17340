"""All telephones of an exchange as the page sees them, and everybody who watches them. Lives on the exchange's loop."""

import asyncio
from collections.abc import Callable
from email.message import EmailMessage
from typing import Any

from ivr.emulator.behaviours import Answers, Behaviour, Busy, Declines, Mailbox, Manual, NoAnswer, Unreachable
from ivr.emulator.happenings import Ended, Happening
from ivr.emulator.office import Office
from ivr.emulator.phone import Phone
from ivr.emulator.softphone.mail import arrived, receivers_of
from ivr.emulator.softphone.people import Person, reader_of
from ivr.emulator.softphone.wire import Shown, happened

KEPT = 5_000
"""How many happenings a newcomer is told: a day of demo calls; older ones are of no use on a page."""
AN_HOUR = 3600.0
BEHAVIOUR_NAMES: dict[type[Behaviour], str] = {
    Manual: "manual", NoAnswer: "no_answer", Busy: "busy", Mailbox: "mailbox", Unreachable: "unreachable",
    Answers: "answers", Declines: "declines",
}  # fmt: skip

Watcher = Callable[[dict[str, Any]], None]


class Telephones:
    """Tells its watchers what happened and how each telephone is."""

    def __init__(self, office: Office, people: tuple[Person, ...]) -> None:
        self.office, self.people = office, people
        self.muted: set[str] = set()
        self._watchers: list[Watcher] = []
        self._told: list[dict[str, Any]] = []
        self._count = 0
        self._seen: dict[str, dict[str, Any]] = {}
        for person in people:
            self.add(person.number, person.name)

    async def open(self) -> None:
        """Begin to watch the exchange."""
        for happening in self.office.happenings:
            self._show(happening)
        self.office.subscribers.append(self._happened)
        self.office.spawn(self._watch())

    # For the watchers.

    def watch(self, watcher: Watcher) -> Callable[[], None]:
        """Send everything from now on to ``watcher``; returns how to stop it."""
        self._watchers.append(watcher)
        return lambda: self._watchers.remove(watcher)

    def so_far(self) -> dict[str, Any]:
        """The part of the snapshot that changes."""
        lines = [{"number": line.number, "name": line.name} for line in self.office.lines.values()]
        return {
            "type": "snapshot", "now": self.office.clock.now().isoformat(), "speed": self.office.clock.speed,
            "lines": lines, "handsets": [self.view(phone) for phone in self.office.phones.values()],
            "happenings": list(self._told),
        }  # fmt: skip

    def view(self, phone: Phone) -> dict[str, Any]:
        """A telephone as a message."""
        leg = phone.leg
        since = (leg.answered_at or leg.created) if leg is not None else None
        return {
            "type": "handset", "address": phone.address, "name": phone.name, "state": phone.state,
            "behaviour": BEHAVIOUR_NAMES[type(phone.behaviour)], "muted": phone.address in self.muted,
            "talks_to": [one.address for one in leg.mix.members if leg.mix.hears(leg, one)] if leg and leg.mix else [],
            "since": since.isoformat() if since else None,
        }  # fmt: skip

    # For the orders.

    def find(self, address: str) -> Phone | None:
        """The telephone at an address."""
        return self.office.phones.get(address)

    def add(self, number: str, name: str) -> None:
        """Put up a telephone, unless there is one at that number."""
        self.office.phones.setdefault(number, Phone(self.office, number, name))

    def mute(self, phone: Phone, *, on: bool) -> None:
        """Close or open the microphone of a telephone; hanging up opens it."""
        if on:
            self.muted.add(phone.address)
        else:
            self.muted.discard(phone.address)

    # What happens.

    def mailed(self, mail: EmailMessage) -> None:
        """A mail has arrived: show it to each receiver."""
        for receiver in receivers_of(mail):
            reader = reader_of(self.people, receiver)
            number = reader.number if reader is not None else ""
            self._show(arrived(mail, receiver, number, self.office.clock.now()))

    def _happened(self, happening: Happening) -> None:
        if isinstance(happening, Ended):
            self.muted.discard(happening.handset)
        self._show(happening)

    def _show(self, shown: Shown) -> None:
        self._count += 1
        message = happened(self._count, shown)
        self._told.append(message)
        del self._told[:-KEPT]
        self._tell(message)

    def _tell(self, message: dict[str, Any]) -> None:
        for watcher in tuple(self._watchers):
            watcher(message)

    async def _watch(self) -> None:
        while True:
            await self.office.until(self._have_changed, AN_HOUR)
            self.tell_changes()
            await asyncio.sleep(0)

    def _have_changed(self) -> bool:
        return any(self._seen.get(phone.address) != self.view(phone) for phone in self.office.phones.values())

    def tell_changes(self) -> None:
        """Tell the watchers of every telephone that has changed."""
        for phone in tuple(self.office.phones.values()):
            view = self.view(phone)
            if self._seen.get(phone.address) != view:
                self._seen[phone.address] = view
                self._tell(view)
