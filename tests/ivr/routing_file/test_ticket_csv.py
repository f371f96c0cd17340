"""A ticket table as other systems and spreadsheets write it, and every mistake in it at its line."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.ticket import Severity, Status, Ticket
from ivr.routing_file.ticket_cells import COLUMNS
from ivr.routing_file.ticket_csv import TEMPLATE, Reading

NOW = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)
OPENED = datetime(2026, 11, 20, 13, 30, tzinfo=UTC)
ROW = {
    "number": "48213",
    "subject": "Restore hangs",
    "organisation": "Halvorsen",
    "requester": "Ingrid",
    "program": "Premium",
    "severity": "2 high",
    "product": "Backup",
    "status": "open",
    "opened_at": "2026-11-20T08:30:00-05:00",
    "updated_at": "2026-11-21T08:30:00Z",
    "region": "Americas",
    "contact_numbers": "+12025550123 +493012345678",
    "time_zone": "Europe/Berlin",
}
TICKET = Ticket(
    number="48213",
    subject="Restore hangs",
    organisation="Halvorsen",
    requester="Ingrid",
    program="Premium",
    severity=Severity.HIGH,
    product="Backup",
    status=Status.OPEN,
    opened_at=OPENED,
    updated_at=datetime(2026, 11, 21, 8, 30, tzinfo=UTC),
    region="Americas",
    contact_numbers=("+12025550123", "+493012345678"),
    time_zone="Europe/Berlin",
)
HEAD = ",".join(ROW)
LINE = ",".join(ROW.values())


def table(comma: str = ",", **cells: str) -> str:
    """A table with one ticket, some of its cells changed."""
    return f"{comma.join(ROW)}\n{comma.join((ROW | cells).values())}\n"


def reading(text: str | bytes) -> Reading:
    found = Reading(NOW)
    found.read(text.encode() if isinstance(text, str) else text)
    return found


def ticket(text: str | bytes) -> Ticket:
    """The only ticket of a table without mistakes."""
    found = reading(text)
    assert found.mistakes == []
    (one,) = found.tickets.values()
    return one


AS_WRITTEN = {
    "plainly": table(),
    "with a mark at the beginning": "\ufeff" + table(),
    "with the line ends of Windows": table().replace("\n", "\r\n"),
    "with the line ends of old": table().replace("\n", "\r"),
    "without a last line end": table().rstrip("\n"),
    "with semicolons": table(";"),
    "with everything in quotes": "\n".join(",".join(f'"{cell}"' for cell in row) for row in (ROW, ROW.values())),
    "with capital headings": HEAD.upper() + "\n" + LINE,
    "with spaces around cells": HEAD.replace(",", " , ") + "\n" + LINE.replace(",", " , "),
    "with empty lines": f"\n{HEAD}\n\n{LINE}\n,,,,,,,,,,,,\n\n",
    "with the columns in another order": ",".join(reversed(ROW)) + "\n" + ",".join(reversed(ROW.values())),
    "with the severity by number": table(severity="2"),
    "with the severity in a word": table(severity="High"),
    "with two spaces between numbers": table(contact_numbers="+12025550123  +493012345678"),
}  # fmt: skip


@pytest.mark.parametrize("text", AS_WRITTEN.values(), ids=AS_WRITTEN)
def test_a_ticket_is_read_however_the_table_is_written(text: str) -> None:
    assert ticket(text) == TICKET


def test_a_subject_may_hold_commas_quotes_and_line_ends() -> None:
    assert ticket(table(subject='"Restore, again: ""hangs""\r\nat 98 %"')).subject == 'Restore, again: "hangs" at 98 %'


def test_what_may_be_left_out() -> None:
    short = [name for name in ROW if name not in {"updated_at", "region", "contact_numbers", "time_zone"}]
    found = ticket(",".join(short) + "\n" + ",".join(ROW[name] for name in short))
    assert (found.updated_at, found.region, found.contact_numbers, found.time_zone) == (OPENED, "", (), "")


def test_a_leading_zero_belongs_to_the_number() -> None:
    assert ticket(table(number="00042")).number == "00042"


@pytest.mark.parametrize("status", list(Status))
def test_every_status_by_its_own_word(status: Status) -> None:
    assert ticket(table(status=status.value)).status is status


def test_the_example_is_read() -> None:
    assert reading(TEMPLATE).mistakes == []
    assert [found.number for found in reading(TEMPLATE).tickets.values()] == ["48213", "48214"]
    assert TEMPLATE.splitlines()[0] == ",".join(COLUMNS)


CELLS = {
    "number": {
        "": "expected only digits, as customers key them, not nothing",
        "INC-7": "expected only digits, as customers key them, not INC-7",
        "४२": "expected only digits, as customers key them, not ४२",
    },
    "subject": {"": "is missing", "a\x07b": "holds a control character; remove it"},
    "organisation": {"": "is missing"},
    "requester": {"": "is missing"},
    "program": {"": "is missing"},
    "severity": {
        "": "expected 1 urgent, 2 high, 3 normal, 4 low, not nothing",
        "5": "expected 1 urgent, 2 high, 3 normal, 4 low, not 5",
    },
    "product": {"": "is missing"},
    "status": {
        "": "expected one of open, waiting-for-requester, resolved-pending-confirmation, closed, not nothing",
        "solved": "expected one of open, waiting-for-requester, resolved-pending-confirmation, closed, not solved",
    },
    "opened_at": {
        "20.11.2026": "expected a time such as 2026-11-20T08:30:00-05:00, not 20.11.2026",
        "2026-11-20T08:30:00": "2026-11-20T08:30:00 has no time zone; add Z for UTC, or an offset such as -05:00",
        "2026-11-20": "2026-11-20 has no time zone; add Z for UTC, or an offset such as -05:00",
        "2026-11-24T08:30:00Z": "lies in the future; check its time zone",
        "0001-01-01T00:00:00+23:59": "expected a time such as 2026-11-20T08:30:00-05:00, not 0001-01-01T00:00:00+23:59",
    },
    "updated_at": {
        "2026-11-20T08:29:59-05:00": "lies before opened_at; check both, and their time zones",
        "soon": "expected a time such as 2026-11-20T08:30:00-05:00, not soon",
    },
    "region": {"a\x00b": "holds a control character; remove it"},
    "contact_numbers": {
        "+1 202 555 0123": "(several numbers are separated by a space)",
        "2025550123": 'such as "+12025550101"',
        "+12025550123;+12025550124": "",
        "+120255501": "no such phone number can exist: +120255501; check its digits",
    },
    "time_zone": {"Berlin": "there is no time zone Berlin; did you mean Europe/Berlin?"},
}
MISTAKES = [(column, cell, sentence) for column, cells in CELLS.items() for cell, sentence in cells.items()]


@pytest.mark.parametrize(("column", "cell", "sentence"), MISTAKES)
def test_a_cell_that_cannot_be_read_says_so(column: str, cell: str, sentence: str) -> None:
    assert [each for each in reading(table(**{column: cell})).mistakes if each.startswith(f"2: {column}: ")]
    assert any(sentence in each for each in reading(table(**{column: cell})).mistakes)


FILES = {
    "empty": ("\n\n", "1: there is no table in here; `ivr tickets template` prints an example"),
    "no such column": (
        f"{HEAD},owner\n{LINE},kim\n",
        f"1: owner: is not a column used here; there are {', '.join(COLUMNS)}",
    ),
    "a column twice": (f"{HEAD},number\n{LINE},48213\n", "1: number: the column is there twice; keep one of the two"),
    "a column missing": (
        table().replace("program,", "").replace("Premium,", ""),
        "1: program: the column is missing; `ivr tickets template` prints an example",
    ),
    "a cell too many": (f"{HEAD}\n{LINE},x\n", "2: expected 13 cells, not 14; quote texts that hold a comma"),
    "a cell too few": (f"{HEAD}\n48213,x\n", "2: expected 13 cells, not 2; quote texts that hold a comma"),
    "a quote that never ends": (
        f'{HEAD}\n{LINE}\n"48214,x\n',
        "3: this is not CSV: unexpected end of data; look at the quotes from here on",
    ),
    "a number twice": (f"{HEAD}\n{LINE}\n{LINE}\n", "3: number: 48213 is also on line 2; keep one of them"),
    "a cell too large": (table(subject="x" * 200_000), "2: this is not CSV: field larger than field limit (131072)"),
}


@pytest.mark.parametrize(("text", "sentence"), FILES.values(), ids=FILES)
def test_a_table_that_is_none_says_where_it_stops_being_one(text: str, sentence: str) -> None:
    assert any(each.startswith(sentence) for each in reading(text).mistakes)


def test_letters_of_another_encoding_are_found_at_their_line() -> None:
    assert reading(f"{HEAD}\n{LINE}\n".encode() + "48214,Köln".encode("cp1252")).mistakes == [
        "3: this is not UTF-8 text; save the file as CSV UTF-8"
    ]


def test_a_line_is_counted_past_line_ends_inside_quotes() -> None:
    first = LINE.replace("Restore hangs", '"one\ntwo\nthree"')
    assert reading(f"{HEAD}\n{first}\n{LINE.replace('48213', 'x')}\n").mistakes == [
        "5: number: expected only digits, as customers key them, not x"
    ]


def test_every_mistake_of_every_line_is_named() -> None:
    wrong = f"{HEAD}\n{LINE.replace('2 high', '9')}\n{LINE.replace('48213', 'x').replace('open', 'shut')}\n"
    assert [each.split(" ")[:2] for each in reading(wrong).mistakes] == [
        ["2:", "severity:"], ["3:", "number:"], ["3:", "status:"],
    ]  # fmt: skip


@given(st.datetimes(datetime(2000, 1, 1), datetime(2026, 11, 20)), st.integers(-12 * 60, 14 * 60))  # noqa: DTZ001
def test_an_instant_is_the_same_in_every_zone_it_is_written_in(at: datetime, offset: int) -> None:
    local = at.replace(tzinfo=timezone(timedelta(minutes=offset)))
    assert ticket(table(opened_at=local.isoformat())).opened_at == local


@given(st.binary(max_size=60) | st.text(max_size=60).map(lambda text: f"{HEAD}\n{LINE}\n{text}".encode()))
def test_whatever_is_in_the_file_reading_ends_in_sentences(text: bytes) -> None:
    assert all(each[0].isdigit() for each in reading(text).mistakes)
