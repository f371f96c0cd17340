"""The built-in ticket system, behind the same protocol as every other one."""

from db.errors import StoreConflict, StoreUnavailable
from db.unit_of_work import Store
from flows.ticket import Ticket
from ivr.clock import Clock
from ivr.line.ports import Rejected, RetryLater


class BuiltinTickets:
    """Tickets in the line's own database."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def find(self, number: str) -> Ticket | None:
        """The ticket with exactly this number. Raises RetryLater while the database cannot be read."""
        try:
            with self._store.reading() as work:
                return work.tickets.find(number)
        except StoreUnavailable as error:
            raise RetryLater(_unavailable(error)) from error

    def add_note(self, number: str, text: str, key: str) -> None:
        """Write a work note, once for each ``key``. Raises RetryLater, or Rejected when there is no such ticket."""
        try:
            with self._store.writing() as work:
                work.tickets.add_note(number, text, key, self._clock())
        except StoreUnavailable as error:
            raise RetryLater(_unavailable(error)) from error
        except StoreConflict as error:
            raise Rejected(f"there is no ticket {number} to write a note on") from error


def _unavailable(error: StoreUnavailable) -> str:
    return f"the ticket database does not answer ({error.trouble.value})"
