"""The routing draft: read it, replace it, look what it would change, publish it. Nobody's edit is lost unseen."""

from datetime import datetime
from typing import Annotated, Any

from flask import request
from pydantic import Field, StringConstraints

from db.unit_of_work import Work
from flows.rules.scopes import Scope
from ivr.api.v1.endpoints import Endpoints
from ivr.api.v1.guard import whose
from ivr.api.v1.problems import Kind, WrongField, refuse
from ivr.api.v1.shapes import Answer, Asked
from ivr.line.drafts import LONGEST_NOTE, Draft, publish_draft, read_draft, save_draft
from ivr.line.staff import StaffParts
from ivr.routing_file.document import read

FileText = Annotated[
    str,
    StringConstraints(pattern=r"^[^\x00]*$"),
    Field(description="A routing file (YAML; README, The routing file)."),
]
Note = Annotated[
    str,
    StringConstraints(min_length=1, max_length=LONGEST_NOTE, pattern=r"^[^\x00-\x20\x7f][^\x00-\x1f\x7f]*$"),
    Field(description="Why; it is what others read in the history."),
]


class RemarkTold(Answer):
    """What is wrong with a line of the file, from 1; a warning does not stand in the way of publishing."""

    line: int
    message: str
    warning: bool


class DraftTold(Answer):
    """The routing as it would be published. ``revision`` 0: nobody has begun a draft. ``overtaken``: somebody has
    published since it was begun, so that its changes would undo theirs."""

    text: str
    revision: int
    base: int
    published: int
    edited_by: str
    edited_at: datetime | None
    overtaken: bool
    changes: list[str]
    remarks: list[RemarkTold]


class DraftPut(Asked):
    """What the draft is to say."""

    text: FileText


class Publish(Asked):
    """Why."""

    note: Note


class Published(Answer):
    """The number of the new version."""

    version: int


class Checked(Answer):
    """What is wrong with a file, and what it would change; nothing is saved."""

    changes: list[str]
    remarks: list[RemarkTold]


SEEN = (Kind.UNSEEN, Kind.STALE)


def draft_endpoints(endpoints: Endpoints, parts: StaffParts) -> None:
    """Declare them."""

    @endpoints.endpoint("GET", "/routing/draft", Scope.READ, DraftTold)
    def read_the_draft() -> Any:
        """The draft; the published routing while nobody has begun one."""
        with parts.store.reading() as work:
            return _told(read_draft(parts, work))

    @endpoints.endpoint("PUT", "/routing/draft", Scope.ROUTING, DraftTold, body=DraftPut,
                        refuses=(*SEEN, Kind.CONFLICT))
    def put_draft(body: DraftPut) -> Any:
        """Replace the draft that If-Match names. A file with mistakes is kept, and cannot be published."""
        with parts.store.writing() as work:
            seen = _seen(parts, work)
            if not save_draft(parts, work, body.text, seen.revision, whose()):
                refuse(Kind.CONFLICT, "Somebody has saved the draft at the same moment; GET it again.")
            return _told(read_draft(parts, work))

    @endpoints.endpoint("DELETE", "/routing/draft", Scope.ROUTING, DraftTold, refuses=SEEN)
    def drop_draft() -> Any:
        """Drop the draft that If-Match names; what is published is answered."""
        with parts.store.writing() as work:
            work.drafts.discard(_seen(parts, work).revision)
            return _told(read_draft(parts, work))

    @endpoints.endpoint("POST", "/routing/draft/publish", Scope.ROUTING, Published, body=Publish,
                        refuses=(*SEEN, Kind.CONFLICT))
    def publish(body: Publish) -> Any:
        """Publish the draft that If-Match names as the next version. Calls that run keep theirs."""
        with parts.store.writing() as work:
            draft = _seen(parts, work)
            if draft.document.mistakes:
                _mistakes(draft)
            if not draft.changes:
                refuse(Kind.CONFLICT, "There is nothing to publish: the draft says what is published.")
            return {"version": publish_draft(parts, work, draft, body.note, whose())}

    @endpoints.endpoint("POST", "/routing/check", Scope.READ, Checked, body=DraftPut)
    def check_file(body: DraftPut) -> Any:
        """What is wrong with a routing file, and what it would change. Nothing is saved."""
        with parts.store.reading() as work:
            before, sounds = read_draft(parts, work), work.sounds.known()
        document = read(body.text.encode(), parts.policy, parts.clock(), sounds)
        draft = Draft(text=body.text, document=document, base=before.base, revision=before.revision,
                      published=before.published, before=before.before)
        return {"changes": draft.changes, "remarks": _remarks(draft)}


def _told(draft: Draft) -> tuple[DraftTold, int, dict[str, str]]:
    told = DraftTold(
        text=draft.text, revision=draft.revision, base=draft.base, published=draft.published,
        edited_by=draft.edited_by, edited_at=draft.edited_at, overtaken=draft.overtaken, changes=draft.changes,
        remarks=_remarks(draft),
    )
    return told, 200, {"ETag": f'"{_mark(draft)}"'}


def _mark(draft: Draft) -> str:
    return f"{draft.revision}-{draft.base}-{draft.published}"


def _remarks(draft: Draft) -> list[RemarkTold]:
    return [
        RemarkTold(line=each.line, message=str(each.finding), warning=each.finding.warning)
        for each in draft.document.remarks
    ]


def _seen(parts: StaffParts, work: Work) -> Draft:
    """The draft, if it is still what the program has seen."""
    if not request.if_match:
        refuse(Kind.UNSEEN, "Send If-Match with the ETag of the draft that you have read.")
    draft = read_draft(parts, work)
    if not request.if_match.contains(_mark(draft)):
        refuse(Kind.STALE, "The draft, or what is published, has changed since. GET /routing/draft, make your change "
                           "to what it says now, and send its new ETag.")
    return draft


def _mistakes(draft: Draft) -> None:
    wrong = [
        WrongField(field=f"text:{each.line}", message=each.message) for each in _remarks(draft) if not each.warning
    ]
    refuse(Kind.INVALID, "The draft has mistakes; PUT it without them first.", *wrong)
