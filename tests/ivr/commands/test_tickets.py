"""Tickets come in from a CSV file that any other system can write: all of them, or none."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from db.engine import open_engine
from db.seed import demo
from db.unit_of_work import Store
from flows.ticket import Severity, Status, Ticket
from ivr.cli import main
from tests.db.samples import NOW

HEAD = "number,subject,organisation,requester,program,severity,product,status,opened_at\n"
ROW = "48213,Restore hangs,Halvorsen,Ingrid,Premium,2 high,Backup,open,2026-01-05T08:30:00Z\n"
TICKET = Ticket(
    number="48213",
    subject="Restore hangs",
    organisation="Halvorsen",
    requester="Ingrid",
    program="Premium",
    severity=Severity.HIGH,
    product="Backup",
    status=Status.OPEN,
    opened_at=datetime(2026, 1, 5, 8, 30, tzinfo=UTC),
    updated_at=datetime(2026, 1, 5, 8, 30, tzinfo=UTC),
)


@pytest.fixture
def desk(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> "Desk":
    """A desk on an empty database; the test runs once on each kind."""
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.chdir(tmp_path)
    return Desk(database_url)


class Desk:
    """Somebody at a terminal, in a folder with a CSV file."""

    def __init__(self, database_url: str) -> None:
        self._url = database_url

    def types(self, *words: str) -> Result:
        """Run a command; a traceback fails the test."""
        return CliRunner().invoke(main, ["tickets", *words], catch_exceptions=False)

    def imports(self, text: str) -> Result:
        """Write the file and import it."""
        Path("mine.csv").write_bytes(text.encode())
        return self.types("import", "mine.csv")

    def ticket(self, number: str) -> Ticket | None:
        """What the ticket system would answer."""
        store = Store(open_engine(self._url))
        try:
            with store.reading() as work:
                return work.tickets.find(number)
        finally:
            store.close()


def test_a_ticket_is_there_after_the_import(desk: Desk) -> None:
    result = desk.imports(HEAD + ROW)

    assert (result.exit_code, result.output) == (0, "1 tickets: 1 new, 0 changed, 0 as before.\n")
    assert desk.ticket("48213") == TICKET


def test_the_same_file_twice_changes_nothing(desk: Desk) -> None:
    desk.imports(HEAD + ROW)

    assert desk.imports(HEAD + ROW).stdout == "1 tickets: 0 new, 0 changed, 1 as before.\n"


def test_a_changed_ticket_is_changed(desk: Desk) -> None:
    desk.imports(HEAD + ROW)

    result = desk.imports(HEAD + ROW.replace(",open,", ",closed,") + ROW.replace("48213", "48214"))

    assert result.stdout == "2 tickets: 1 new, 1 changed, 0 as before.\n"
    found = desk.ticket("48213")
    assert found is not None
    assert found.status is Status.CLOSED


def test_one_wrong_line_and_nothing_is_imported(desk: Desk) -> None:
    result = desk.imports(HEAD + ROW + ROW.replace("48213", "48214").replace("2026-01-05T08:30:00Z", "yesterday"))

    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == (
        "mine.csv:3: opened_at: expected a time such as 2026-11-20T08:30:00-05:00, not yesterday\n"
    )
    assert desk.ticket("48213") is None


def test_the_example_that_is_printed_can_be_imported_and_shown(desk: Desk) -> None:
    assert desk.imports(desk.types("template").stdout).exit_code == 0

    assert desk.types("show", "48213").stdout == (
        "number: 48213\n"
        "subject: Restore job hangs at 98 percent\n"
        "organisation: Halvorsen Shipping\n"
        "requester: Ingrid Halvorsen\n"
        "program: Premium\n"
        "severity: 2 high\n"
        "product: Backup Server\n"
        "status: open\n"
        "opened_at: 2025-11-20T13:30:00+00:00\n"
        "updated_at: 2025-11-20T14:10:00+00:00\n"
        "region: Americas\n"
        "contact_numbers: +12025550123 +12025550124\n"
        "time_zone: America/New_York\n"
    )
    assert "subject: Agents lose their licences, all of them\n" in desk.types("show", "48214").stdout
    assert "region: -\n" in desk.types("show", "48214").stdout


def test_the_work_notes_are_shown(desk: Desk, database_url: str) -> None:
    desk.imports(HEAD + ROW)
    store = Store(open_engine(database_url))
    with store.writing() as work:
        work.tickets.add_note("48213", "Escalated by phone.", "attempt/1", NOW)
    store.close()

    assert desk.types("show", "48213").stdout.endswith("note: Escalated by phone.\n")


def test_a_ticket_nobody_knows(desk: Desk) -> None:
    result = desk.types("show", "99999")

    assert (result.exit_code, result.stderr) == (
        2,
        "ivr: there is no ticket 99999; `ivr tickets import` puts tickets in\n",
    )


def test_a_program_that_is_not_published_is_a_warning(desk: Desk, database_url: str) -> None:
    store = Store(open_engine(database_url))
    demo(store, NOW)
    store.close()

    result = desk.imports(HEAD + ROW.replace("Premium", "Gold") + ROW.replace("48213", "48214"))

    assert result.exit_code == 0
    assert result.stderr == "mine.csv: warning: no program Gold is published: its tickets are refused\n"


def test_five_thousand_tickets(desk: Desk) -> None:
    rows = "".join(ROW.replace("48213", str(number)) for number in range(10_000, 15_000))

    assert desk.imports(HEAD + rows).stdout == "5000 tickets: 5000 new, 0 changed, 0 as before.\n"
    assert desk.imports(HEAD + rows).stdout == "5000 tickets: 0 new, 0 changed, 5000 as before.\n"


def test_a_database_that_is_not_ready_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "mine.csv").write_text(HEAD + ROW, encoding="utf-8")
    words = ["tickets", "import", str(tmp_path / "mine.csv"), "--database-url", f"sqlite:///{tmp_path}/empty.db"]

    result = CliRunner().invoke(main, words, catch_exceptions=False)

    assert result.exit_code == 2
    assert "ivr: the database cannot be used: unprepared" in result.stderr
