"""Tickets as a CSV table, which any other ticket system can write: all of it is read before any of it is used."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from flows.ticket import Ticket
from ivr.routing_file.ticket_cells import COLUMNS, OPTIONAL

TEMPLATE = """\
number,subject,organisation,requester,program,severity,product,status,opened_at,updated_at,region,contact_numbers,time_zone,\
account_manager
48213,Restore job hangs at 98 percent,Halvorsen Shipping,Ingrid Halvorsen,Premium,2 high,Backup Server,open,\
2025-11-20T08:30:00-05:00,2025-11-20T09:10:00-05:00,Americas,+12025550123 +12025550124,America/New_York,yes
48214,"Agents lose their licences, all of them",Kessler Maschinenbau,Jonas Kessler,Standard,1 urgent,Endpoint Agent,\
waiting-for-requester,2025-11-21T07:00:00Z,,,,,
"""


@dataclass(slots=True)
class Reading:
    """What reading a file leaves behind: tickets by number, the line of each, and sentences about what is wrong."""

    now: datetime
    tickets: dict[str, Ticket] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    mistakes: list[str] = field(default_factory=list)

    def read(self, text: bytes) -> None:
        """Read all of it, mistakes or not."""
        try:
            records = list(self._records(text.decode("utf-8-sig")))
        except UnicodeDecodeError as error:
            self._wrong(text.count(b"\n", 0, error.start) + 1, "", "this is not UTF-8 text; save the file as CSV UTF-8")
            return
        if not records:
            self._wrong(1, "", "there is no table in here; `ivr tickets template` prints an example")
            return
        line, header = records[0]
        names = [name.strip().lower() for name in header]
        if self._usable(line, names):
            for number, cells in records[1:]:
                self._row(number, names, cells)

    def _records(self, text: str) -> Iterator[tuple[int, list[str]]]:
        """Lines on which records begin, and their cells; empty ones are left out."""
        heading = text.partition("\n")[0]
        comma = ";" if ";" in heading and "," not in heading else ","
        reader, line = csv.reader(io.StringIO(text, newline=""), delimiter=comma, strict=True), 1
        try:
            for cells in reader:
                if any(cell.strip() for cell in cells):
                    yield line, cells
                line = reader.line_num + 1
        except csv.Error as error:
            self._wrong(line, "", f"this is not CSV: {error}; look at the quotes from here on")

    def _usable(self, line: int, names: Sequence[str]) -> bool:
        before = len(self.mistakes)
        for name in dict.fromkeys(names):
            if name not in COLUMNS:
                self._wrong(line, name, f"is not a column used here; there are {', '.join(COLUMNS)}")
            elif names.count(name) > 1:
                self._wrong(line, name, "the column is there twice; keep one of the two")
        for name in COLUMNS:
            if name not in names and name not in OPTIONAL:
                self._wrong(line, name, "the column is missing; `ivr tickets template` prints an example")
        return len(self.mistakes) == before

    def _row(self, line: int, names: Sequence[str], cells: Sequence[str]) -> None:
        if len(cells) != len(names):
            self._wrong(line, "", f"expected {len(names)} cells, not {len(cells)}; quote texts that hold a comma")
            return
        tidy = (" ".join(cell.split()) for cell in cells)
        written = dict.fromkeys(COLUMNS, "") | dict(zip(names, tidy, strict=True))
        if untouched := not written["updated_at"]:
            del written["updated_at"]
        values = dict(self._values(line, written))
        if values.keys() == written.keys():
            since = {"updated_at": values["opened_at"]} if untouched else {}
            self._keep(line, Ticket(**values, **since))

    def _values(self, line: int, written: dict[str, str]) -> Iterator[tuple[str, Any]]:
        for name, cell in written.items():
            try:
                yield name, COLUMNS[name](cell)
            except ValueError as trouble:
                self._wrong(line, name, str(trouble))

    def _keep(self, line: int, ticket: Ticket) -> None:
        if ticket.updated_at < ticket.opened_at:
            self._wrong(line, "updated_at", "lies before opened_at; check both, and their time zones")
        if ticket.opened_at > self.now:
            self._wrong(line, "opened_at", "lies in the future; check its time zone")
        if ticket.number in self.tickets:
            self._wrong(
                line, "number", f"{ticket.number} is also on line {self.lines[ticket.number]}; keep one of them"
            )
        self.tickets[ticket.number] = ticket
        self.lines.setdefault(ticket.number, line)

    def _wrong(self, line: int, column: str, message: str) -> None:
        self.mistakes.append(f"{line}: {column}: {message}" if column else f"{line}: {message}")
