"""The ticket system of the machine's company: it answers, is down, or takes its time, as it is told."""

from dataclasses import replace
from datetime import datetime
from enum import Enum
from threading import Event, Lock

from flows.ticket import Status, Ticket
from ivr.line.ports import RetryLater


class Mood(Enum):
    """How the ticket system answers."""

    QUICK = "quick"
    DOWN = "down"
    SLOW = "slow"


class ScriptedTickets:
    """Tickets in memory. While it is slow no look-up comes back before it is told to be quick again."""

    def __init__(self, tickets: dict[str, Ticket]) -> None:
        self.tickets = tickets
        self.notes: dict[str, list[str]] = {}
        self.mood = Mood.QUICK
        self.asked = 0
        self._released = Event()
        self._lock = Lock()

    def be(self, mood: Mood) -> None:
        """Be in this mood from now on; whoever waits is answered once it is no longer slow."""
        if mood is Mood.SLOW and self.mood is not Mood.SLOW:
            self._released = Event()
        self.mood = mood
        if mood is not Mood.SLOW:
            self._released.set()

    def changes(self, number: str, at: datetime, status: Status | None = None) -> None:
        """Somebody works on the ticket, and perhaps sets its status."""
        ticket = self.tickets[number]
        self.tickets[number] = replace(ticket, updated_at=at, status=status or ticket.status)

    def find(self, number: str) -> Ticket | None:
        """The ticket, as it is when the answer comes."""
        self.asked += 1
        if self.mood is Mood.DOWN:
            raise RetryLater("the ticket system is down")
        if self.mood is Mood.SLOW:
            self._released.wait()
        return self.tickets.get(number)

    def add_note(self, number: str, text: str, key: str) -> None:
        """A work note, once for each key."""
        if self.mood is not Mood.QUICK:
            raise RetryLater("the ticket system is down")
        with self._lock:
            if number not in self.notes or key not in self.notes[number]:
                self.notes.setdefault(number, []).append(key)
