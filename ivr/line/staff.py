"""What work on the line behind the callers' backs needs, whether it comes from a page, a program or a command."""

from dataclasses import dataclass

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from db.repositories.audit import Change
from db.unit_of_work import Store, Work
from ivr.clock import Clock
from ivr.line.dialling import DialPolicy


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffParts:
    """Store, clock and dial policy of the line, and the secret from which the keys are derived. ``private_webhooks``:
    programs on private networks may be told what happens."""

    store: Store
    clock: Clock
    policy: DialPolicy
    secret_key: str
    private_webhooks: bool = False

    def note(self, work: Work, change: Change) -> None:
        """Write a change into the audit trail, in the transaction that makes it."""
        work.audit.add(change, audit_key(self.secret_key))


def audit_key(secret_key: str) -> bytes:
    """The key that seals the audit trail."""
    return derived_key(secret_key, b"audit trail")


def derived_key(secret_key: str, purpose: bytes) -> bytes:
    """32 bytes for one purpose, from which neither SECRET_KEY nor another purpose's key can be found."""
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose).derive(secret_key.encode())
