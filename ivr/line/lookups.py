"""Asks the ticket system inside a time budget, so that a slow system cannot hold a caller in silence."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as OutOfTime
from dataclasses import dataclass
from threading import Lock
from typing import TypeAlias

import structlog

from db.unit_of_work import Work
from flows.ticket import Ticket
from flows.turn import FindTicket
from ivr.line.pins import PinChecked
from ivr.line.ports import Rejected, RetryLater, TicketSystem

BUDGET_SECONDS = 2.5
WORKERS = 16

log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The ticket system's answer: the ticket, or None when there is no such ticket."""

    ticket: Ticket | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Down:
    """The ticket system cannot be asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slow:
    """No answer yet; the question goes on being asked."""


Outside: TypeAlias = Found | Down | Slow | PinChecked


class Lookups:
    """Ticket look-ups by call. A look-up that ran over the budget is picked up where the same call asks again."""

    def __init__(
        self, tickets: TicketSystem, *, own: bool = False, budget_seconds: float = BUDGET_SECONDS
    ) -> None:
        """``own``: these are the tickets in the line's own database, which every turn has open anyway."""
        self._tickets = tickets
        self._own = own
        self.budget_seconds = budget_seconds
        self._pool = ThreadPoolExecutor(WORKERS, thread_name_prefix="ticket-lookup")
        self._asked: dict[tuple[str, str], Future[Ticket | None]] = {}
        self._lock = Lock()

    def at_hand(self, work: Work, asked: FindTicket) -> Found | None:
        """The answer where it needs no budget: our own tickets are one read by key in the turn's own transaction.
        None: it has to be asked for, with no transaction open."""
        return Found(ticket=work.tickets.find(asked.number)) if self._own else None

    def find(self, sid: str, number: str) -> Outside:
        """Look for ticket ``number`` on behalf of call ``sid``, for at most the budget."""
        asked = self._ask((sid, number), lambda: self._tickets.find(number))
        try:
            return Found(ticket=asked.result(self.budget_seconds))
        except OutOfTime:
            return Slow()
        except (RetryLater, Rejected) as error:
            log.warning("ticket system down", call=sid, error=str(error))
            return Down()
        finally:
            self._forget_finished()

    def close(self) -> None:
        """Stop asking."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _ask(self, key: tuple[str, str], find: Callable[[], Ticket | None]) -> Future[Ticket | None]:
        with self._lock:
            if key not in self._asked:
                self._asked[key] = self._pool.submit(find)
            return self._asked[key]

    def _forget_finished(self) -> None:
        with self._lock:
            self._asked = {key: asked for key, asked in self._asked.items() if not asked.done()}
