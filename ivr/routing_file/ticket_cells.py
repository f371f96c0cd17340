"""The columns of a ticket table: how each cell is read, and what is said when it cannot be.

Readers raise ValueError with a sentence for whoever wrote the cell.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from unicodedata import category

from flows.rules.ticket_number import DIGITS
from flows.ticket import Severity, Status
from ivr.routing_file.checks.numbers import written_wrong
from ivr.routing_file.checks.times import unknown_zone
from ivr.routing_file.kinds import TRUTH
from ivr.routing_file.texts import SEVERITIES


def _words(cell: str) -> str:
    if not cell:
        raise ValueError("is missing")
    return _anything(cell)


def _anything(cell: str) -> str:
    if any(category(char) == "Cc" for char in cell):
        raise ValueError("holds a control character; remove it")
    return cell


def _number(cell: str) -> str:
    if not cell or not DIGITS.issuperset(cell):
        raise ValueError(f"expected only digits, as customers key them, not {cell or 'nothing'}")
    return cell


def _severity(cell: str) -> Severity:
    for name, number in SEVERITIES.items():
        if cell.lower() in {name, *name.split()}:
            return Severity(number)
    raise ValueError(f"expected {', '.join(SEVERITIES)}, not {cell or 'nothing'}")


def _status(cell: str) -> Status:
    try:
        return Status(cell)
    except ValueError:
        known = ", ".join(status.value for status in Status)
        raise ValueError(f"expected one of {known}, not {cell or 'nothing'}") from None


def _instant(cell: str) -> datetime:
    try:
        at = datetime.fromisoformat(cell)
        instant = at.astimezone(UTC)
    except (ValueError, OverflowError):  # OverflowError: the first and the last day there are, in another zone
        raise ValueError(f"expected a time such as 2026-11-20T08:30:00-05:00, not {cell or 'nothing'}") from None
    if at.utcoffset() is None:
        raise ValueError(f"{cell} has no time zone; add Z for UTC, or an offset such as -05:00")
    return instant


def _numbers(cell: str) -> tuple[str, ...]:
    wrong = [sentence for number in cell.split() if (sentence := written_wrong(number))]
    if wrong:
        raise ValueError(f"{wrong[0]} (several numbers are separated by a space)")
    return tuple(cell.split())


def _zone(cell: str) -> str:
    if cell and unknown_zone(cell):
        raise ValueError(unknown_zone(cell))
    return cell


def _has(cell: str) -> bool:
    if cell.lower() not in {"", *TRUTH}:
        raise ValueError(f"expected yes or no, not {cell}")
    return TRUTH.get(cell.lower(), False)


COLUMNS: dict[str, Callable[[str], Any]] = {
    "number": _number,
    "subject": _words,
    "organisation": _words,
    "requester": _words,
    "program": _words,
    "severity": _severity,
    "product": _words,
    "status": _status,
    "opened_at": _instant,
    "updated_at": _instant,
    "region": _anything,
    "contact_numbers": _numbers,
    "time_zone": _zone,
    "account_manager": _has,
}
OPTIONAL = ("updated_at", "region", "contact_numbers", "time_zone", "account_manager")
"""What may be left out; ``updated_at`` is then ``opened_at``, and there is no technical account manager."""
