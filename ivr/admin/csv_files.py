"""Lists to take along: one way to write CSV that no spreadsheet takes for a formula."""

import csv
import io
from collections.abc import Iterable

from flask import Response

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_file(name: str, rows: Iterable[Iterable[str]]) -> Response:
    """The rows as a download with this file name."""
    return Response((csv_row(*row) for row in rows), mimetype="text/csv", headers={
        "Content-Disposition": f'attachment; filename="{name}"'})


def csv_row(*cells: str) -> str:
    """One line. A cell that a spreadsheet would take for a formula is quoted as text."""
    line = io.StringIO()
    csv.writer(line).writerow([f"'{cell}" if cell.startswith(FORMULA) else cell for cell in cells])
    return line.getvalue()
