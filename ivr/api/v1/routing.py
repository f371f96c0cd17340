"""Routing: what is published, and every version of it."""

from datetime import datetime
from typing import Any

from db.errors import NothingPublished
from flows.rules.scopes import Scope
from ivr.api.v1.endpoints import Endpoints
from ivr.api.v1.guard import whose
from ivr.api.v1.problems import Kind, refuse
from ivr.api.v1.shapes import Answer, Asked, Why
from ivr.line.drafts import restore_version
from ivr.line.staff import StaffParts
from ivr.routing_file.difference import differences
from ivr.routing_file.document import NOTHING
from ivr.routing_file.writing import write


class VersionTold(Answer):
    """Who published a version, when, and why."""

    version: int
    published_at: datetime
    published_by: str
    note: str


class Versions(Answer):
    """Every version, the newest first."""

    versions: list[VersionTold]


class VersionWhole(VersionTold):
    """What a version says, as a routing file, and what it changed."""

    text: str
    changes: list[str]


class Restore(Asked):
    """Why the version is restored."""

    note: Why


def routing_endpoints(endpoints: Endpoints, parts: StaffParts) -> None:
    """Declare them."""

    @endpoints.endpoint("GET", "/routing", Scope.READ, VersionWhole, refuses=(Kind.NOT_FOUND,))
    def read_routing() -> Any:
        """What is published now."""
        with parts.store.reading() as work:
            version = work.routing.current_version()
        return _version(parts, version)

    @endpoints.endpoint("GET", "/routing/versions", Scope.READ, Versions)
    def list_versions() -> Any:
        """Every version, the newest first."""
        with parts.store.reading() as work:
            return {"versions": [VersionTold.model_validate(each) for each in work.routing.history()]}

    @endpoints.endpoint("GET", "/routing/versions/<int:version>", Scope.READ, VersionWhole)
    def read_version(version: int) -> Any:
        """What one version says."""
        return _version(parts, version)

    @endpoints.endpoint("POST", "/routing/versions/<int:version>/restore", Scope.ROUTING, VersionWhole, body=Restore,
                        refuses=(Kind.CONFLICT,))
    def restore(version: int, body: Restore) -> Any:
        """Publish what a version said, as the next version. Calls that run keep theirs."""
        _version(parts, version)
        with parts.store.writing() as work:
            made = restore_version(parts, work, version, body.note, whose())
        return _version(parts, made)


def _version(parts: StaffParts, version: int) -> VersionWhole:
    try:
        with parts.store.reading() as work:
            said = work.routing.read(version)
            before = work.routing.read(version - 1) if version > 1 else NOTHING
            entry = next(each for each in work.routing.history() if each.version == version)
    except (NothingPublished, OverflowError):    # the second: more digits than the database counts
        refuse(Kind.NOT_FOUND, "There is no such version; GET /routing/versions lists all.")
    return VersionWhole(version=entry.version, published_at=entry.published_at, published_by=entry.published_by,
                        note=entry.note, text=write(said), changes=differences(before, said))
