"""The draft of the routing: begun from what is published, saved by whoever saw its last revision, then published."""

from dataclasses import dataclass
from datetime import datetime

from db.repositories.audit import Change
from db.unit_of_work import Work
from flows.routing import Routing
from ivr.line.staff import StaffParts
from ivr.routing_file.difference import differences
from ivr.routing_file.document import NOTHING, Document, read
from ivr.routing_file.writing import write

LONGEST_NOTE = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """The routing as it would be published. ``revision`` 0: nobody has begun a draft, this is the published version
    ``base``. ``published`` is the version that counts now."""

    text: str
    document: Document
    base: int
    revision: int
    published: int
    before: Routing
    edited_by: str = ""
    edited_at: datetime | None = None

    @property
    def begun(self) -> bool:
        """Whether there is a draft at all."""
        return self.revision > 0

    @property
    def seen(self) -> str:
        """What a form remembers, so that its sender is told when somebody else was faster."""
        return f"{self.revision}/{self.base}"

    @property
    def sound(self) -> Routing:
        """The routing to reckon with: what the draft says, or what is published as long as the draft has mistakes."""
        return self.before if self.document.mistakes else self.document.routing

    @property
    def overtaken(self) -> bool:
        """Whether somebody has published since the draft was begun: its changes would undo theirs."""
        return self.begun and self.base != self.published

    @property
    def changes(self) -> list[str]:
        """What publishing would change, in sentences; none while there are mistakes."""
        return [] if self.document.mistakes else differences(self.before, self.document.routing)


def read_draft(parts: StaffParts, work: Work) -> Draft:
    """The draft, or the published routing as the draft one would begin with."""
    published = work.routing.current_version()
    before = work.routing.read(published) if published else NOTHING
    stored = work.drafts.read()
    text = stored.text if stored else write(before)
    return Draft(
        text=text,
        document=read(text.encode(), parts.policy, parts.clock(), work.sounds.known()),
        base=stored.base if stored else published,
        revision=stored.revision if stored else 0,
        published=published,
        before=before,
        edited_by=stored.edited_by if stored else "",
        edited_at=stored.edited_at if stored else None,
    )


def save_draft(parts: StaffParts, work: Work, text: str, seen: int, by: str) -> bool:
    """Save what ``by`` made of revision ``seen``; False, and nothing is saved, when somebody else was faster."""
    return work.drafts.save(text, base=work.routing.current_version(), seen=seen, by=by, at=parts.clock())


def publish_draft(parts: StaffParts, work: Work, draft: Draft, note: str, by: str) -> int:
    """Publish a draft without mistakes as the next version; its number. Raises StoreConflict when somebody else has
    published at the same moment."""
    return _publish(parts, work, draft.document.routing, note, by, draft.changes, draft.published, draft.revision)


def restore_version(parts: StaffParts, work: Work, version: int, note: str, by: str) -> int:
    """Publish what ``version`` said, as the next version. Raises NothingPublished or StoreConflict."""
    published = work.routing.current_version()
    routing = work.routing.read(version)
    changes = differences(work.routing.read(published), routing)
    return _publish(parts, work, routing, note, by, changes, published, 0)


def _publish(
    parts: StaffParts, work: Work, routing: Routing, note: str, by: str, changes: list[str], was: int, seen: int
) -> int:
    version = work.routing.publish(routing, by, note, parts.clock())
    if seen:
        work.drafts.discard(seen)
    parts.note(work, Change(at=parts.clock(), who=by, action="published", subject="routing", was=f"version {was}",
                            became=f"version {version}: " + "; ".join(changes), why=note))
    return version
