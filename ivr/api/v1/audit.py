"""The audit trail: who changed what from what to what, and whether the chain of seals holds."""

from datetime import datetime
from typing import Any

from pydantic import Field

from flows.rules.scopes import Scope
from ivr.api.v1.endpoints import Endpoints
from ivr.api.v1.shapes import MOST, Answer, Asked
from ivr.line.staff import StaffParts, audit_key


class AuditAsked(Asked):
    """Which entries."""

    before: int | None = Field(None, ge=1, le=2**62, description="Older than this number; null: the newest.")
    limit: int = Field(50, ge=1, le=MOST)


class Entry(Answer):
    """One thing that somebody did."""

    seq: int
    at: datetime
    who: str
    action: str
    subject: str
    was: str
    became: str
    why: str
    seal: str


class Trail(Answer):
    """Entries, the newest first. ``next``: what to ask for as ``before``, null at the end."""

    entries: list[Entry]
    next: int | None


class Verification(Answer):
    """How far the chain holds: ``entries`` are sound, ``broken_at`` is the first that is not, null when all are."""

    entries: int
    broken_at: int | None


def audit_endpoints(endpoints: Endpoints, parts: StaffParts) -> None:
    """Declare them."""

    @endpoints.endpoint("GET", "/audit", Scope.READ, Trail, query=AuditAsked)
    def list_audit(query: AuditAsked) -> Any:
        """What was done, the newest first."""
        with parts.store.reading() as work:
            found = work.audit.latest(query.limit + 1, query.before)
        shown = [Entry.model_validate(each) for each in found[: query.limit]]
        return {"entries": shown, "next": shown[-1].seq if len(found) > query.limit else None}

    @endpoints.endpoint("GET", "/audit/verification", Scope.READ, Verification)
    def verify_audit() -> Any:
        """Compute every seal again."""
        with parts.store.reading() as work:
            return Verification.model_validate(work.audit.verify(audit_key(parts.secret_key)))
