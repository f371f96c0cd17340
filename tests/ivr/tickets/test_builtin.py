"""The built-in ticket system keeps the promises of every ticket system."""

from pathlib import Path

import pytest

from db.engine import open_engine
from db.unit_of_work import Store
from ivr.line.ports import Rejected, RetryLater, TicketSystem
from ivr.tickets.builtin.connector import BuiltinTickets
from tests.ivr.line.outbox_stories import NOW, TICKET


@pytest.fixture
def tickets(store: Store) -> TicketSystem:
    with store.writing() as work:
        work.tickets.put(TICKET)
    return BuiltinTickets(store, lambda: NOW)


def notes(store: Store) -> list[str]:
    with store.reading() as work:
        return work.tickets.notes("48213")


def test_a_ticket_is_found_by_the_number_the_customer_keys(tickets: TicketSystem) -> None:
    assert tickets.find("48213") == TICKET


@pytest.mark.parametrize("number", ["4821", "482130", "048213", "", "48213'--", "4" * 200])
def test_any_other_number_is_no_ticket(tickets: TicketSystem, number: str) -> None:
    assert tickets.find(number) is None


def test_the_same_note_is_written_once(tickets: TicketSystem, store: Store) -> None:
    tickets.add_note("48213", "Escalated by phone.", "attempt/1")
    tickets.add_note("48213", "Escalated by phone.", "attempt/1")
    tickets.add_note("48213", "Escalated by phone.", "attempt/2")

    assert notes(store) == ["Escalated by phone.", "Escalated by phone."]


def test_a_note_does_not_count_as_an_update_of_the_ticket(tickets: TicketSystem) -> None:
    tickets.add_note("48213", "Escalated by phone.", "attempt/1")

    assert tickets.find("48213") == TICKET


def test_a_note_on_an_unknown_ticket_is_rejected(tickets: TicketSystem, store: Store) -> None:
    with pytest.raises(Rejected, match="there is no ticket 99999"):
        tickets.add_note("99999", "Escalated by phone.", "attempt/1")

    assert notes(store) == []


def test_a_database_that_is_gone_is_asked_again_later(tmp_path: Path) -> None:
    gone = Store(open_engine(f"sqlite:///{tmp_path / 'no such folder' / 'line.db'}"))
    tickets = BuiltinTickets(gone, lambda: NOW)

    with pytest.raises(RetryLater, match="does not answer"):
        tickets.find("48213")
    with pytest.raises(RetryLater, match="does not answer"):
        tickets.add_note("48213", "Escalated by phone.", "attempt/1")
    gone.close()
