"""Routing: the published versions of everything an admin decides."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, func, insert, select

from db import codec
from db.connection import Connection
from db.errors import NothingPublished
from db.models import RoutingVersionRow, table
from flows.routing import Routing

_T = table(RoutingVersionRow)
_CURRENT = select(func.max(_T.c.version))
_READ = select(_T.c.document).where(_T.c.version == bindparam("version"))
_PUBLISH = insert(_T)
_HISTORY = select(_T.c.version, _T.c.published_at, _T.c.published_by, _T.c.note).order_by(_T.c.version.desc())


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedVersion:
    """Who published a version, when (UTC), and why."""

    version: int
    published_at: datetime
    published_by: str
    note: str


class RoutingVersions:
    """The routing versions of one unit of work. ``decoded`` is shared by all of a store: versions never change."""

    def __init__(self, connection: Connection, decoded: dict[int, Routing]) -> None:
        self._connection = connection
        self._decoded = decoded

    def current_version(self) -> int:
        """The version new calls begin with; 0 before the first is published."""
        return int(self._connection.execute(_CURRENT).scalar() or 0)

    def current(self) -> tuple[int, Routing]:
        """The version new calls begin with, and what it says. Raises NothingPublished."""
        version = self.current_version()
        return version, self.read(version)

    def read(self, version: int) -> Routing:
        """What a version says. Raises NothingPublished when there is none such."""
        if version not in self._decoded:
            document = self._connection.execute(_READ, {"version": version}).scalar()
            if document is None:
                raise NothingPublished(f"routing version {version} does not exist")
            self._decoded[version] = codec.routing_from_text(document)
        return self._decoded[version]

    def history(self) -> list[PublishedVersion]:
        """Every version, the newest first, without its document."""
        return [PublishedVersion(**row._asdict()) for row in self._connection.execute(_HISTORY)]

    def publish(self, routing: Routing, by: str, note: str, at: datetime) -> int:
        """Store the next version; its number. Raises StoreConflict when somebody else published at the same moment."""
        # Until this is committed the number may still come to mean another document: remember nothing from here on.
        self._decoded = {}
        version = self.current_version() + 1
        row = {
            "version": version, "document": codec.routing_to_text(routing), "published_at": at, "published_by": by,
            "note": note,
        }
        self._connection.execute(_PUBLISH, row)
        return version
