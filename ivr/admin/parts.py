"""What the admin pages work with."""

from collections.abc import Callable
from dataclasses import dataclass

from db.repositories.audit import Change
from db.unit_of_work import Store, Work
from ivr.admin.proofs import Box, derived_key
from ivr.clock import Clock
from ivr.line.dialling import DialPolicy
from ivr.line.number_wiring import NumberDesk
from ivr.line.ports import Notice


@dataclass(frozen=True, slots=True, kw_only=True)
class AdminParts:
    """Store, clock and dial policy of the line, and what SECRET_KEY makes possible. ``calendar_of`` is the address of a
    person's duties as a calendar; ``second_factor``: owners and admins need one; ``secure``: browsers come by https;
    ``preview`` gives the subject and text of a mail; ``numbers`` compares the lines' numbers with the carrier;
    ``keep_days``: after so many calls are forgotten (0: never)."""

    store: Store
    clock: Clock
    policy: DialPolicy
    secret_key: str
    calendar_of: Callable[[str], str]
    second_factor: bool
    secure: bool
    preview: Callable[[Notice], tuple[str, str]]
    keep_days: int
    numbers: NumberDesk

    @property
    def box(self) -> Box:
        """Locks second factors."""
        return Box(self.secret_key)

    def note(self, work: Work, change: Change) -> None:
        """Write a change into the audit trail, in the transaction that makes it."""
        work.audit.add(change, audit_key(self.secret_key))


def audit_key(secret_key: str) -> bytes:
    """The key that seals the audit trail."""
    return derived_key(secret_key, b"audit trail")
