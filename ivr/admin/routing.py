"""Routing: what is published, what the draft would change, and the way from one to the other and back."""

from http import HTTPStatus

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from db.errors import NothingPublished, StoreConflict
from flows.routing import Routing
from flows.rules.roles import Right
from ivr.admin.pages import Pages, whoever
from ivr.admin.parts import AdminParts
from ivr.line.drafts import LONGEST_NOTE, Draft, publish_draft, read_draft, restore_version, save_draft
from ivr.routing_file.difference import differences
from ivr.routing_file.document import NOTHING, read
from ivr.routing_file.writing import write

TOO_LATE = "Somebody else published at the same moment. Nothing of yours is lost: look again, then publish."
OVERTAKEN = (
    "Somebody has published since this draft was begun. Read the changes below with care: publishing would also undo "
    "theirs where they are listed."
)


def routing_pages(pages: Pages, parts: AdminParts) -> None:
    """Declare the overview, the editor of the text, and the versions."""

    @pages.page("/routing", Right.READ)
    def routing() -> ResponseReturnValue:
        return _routing(parts)

    @pages.page("/routing/text", Right.READ)
    def routing_text() -> ResponseReturnValue:
        with parts.store.reading() as work:
            draft = read_draft(parts, work)
        return render_template("admin/routing_text.html", draft=draft, text=draft.text, document=draft.document)

    @pages.act("/routing/text", Right.ROUTE)
    def routing_save() -> ResponseReturnValue:
        text = request.form.get("text", "").replace("\r\n", "\n")
        with parts.store.writing() as work:
            saved = save_draft(parts, work, text, request.form.get("revision", 0, type=int), whoever().user.name)
            draft = read_draft(parts, work)
        if not saved:
            theirs = differences(draft.before, draft.document.routing) if not draft.document.mistakes else []
            page = render_template("admin/routing_text.html", draft=draft, text=text, theirs=theirs, conflict=True,
                                   document=read(text.encode(), parts.policy))
            return page, HTTPStatus.CONFLICT
        if draft.document.mistakes:
            flash("The draft is saved. What is listed below must be mended before it can be published.")
            return redirect(url_for("admin.routing_text"))
        flash("The draft is saved. Nothing is live yet.")
        return redirect(url_for("admin.routing"))

    @pages.act("/routing/publish", Right.ROUTE)
    def routing_publish() -> ResponseReturnValue:
        note = " ".join(request.form.get("note", "").split())
        try:
            with parts.store.writing() as work:
                draft = read_draft(parts, work)
                wrong = _unpublishable(note, draft)
                version = 0 if wrong else publish_draft(parts, work, draft, note, whoever().user.name)
        except StoreConflict:
            wrong = {"note": TOO_LATE}
        if wrong:
            return _routing(parts, wrong)
        flash(f"Version {version} is published. New calls begin with it; calls that run keep theirs.")
        return redirect(url_for("admin.routing"))

    @pages.act("/routing/discard", Right.ROUTE)
    def routing_discard() -> ResponseReturnValue:
        with parts.store.writing() as work:
            dropped = work.drafts.discard(request.form.get("revision", 0, type=int))
        flash("The draft is dropped." if dropped else "Somebody has saved the draft meanwhile; it was not dropped.")
        return redirect(url_for("admin.routing"))

    @pages.page("/routing/versions/<int:version>", Right.READ)
    def routing_version(version: int) -> ResponseReturnValue:
        with parts.store.reading() as work:
            said = _version(parts, version)
            before = work.routing.read(version - 1) if version > 1 else NOTHING
            current = work.routing.current_version()
            entry = next(each for each in work.routing.history() if each.version == version)
            back = differences(work.routing.read(current), said)
        return render_template("admin/routing_version.html", entry=entry, changes=differences(before, said), back=back,
                               current=current, text=write(said))

    @pages.page("/routing/versions/<int:version>.yaml", Right.READ)
    def routing_file(version: int) -> ResponseReturnValue:
        name = f"routing-{version}.yaml"
        return Response(write(_version(parts, version)), mimetype="application/yaml", headers={
            "Content-Disposition": f'attachment; filename="{name}"'})

    @pages.act("/routing/versions/<int:version>/restore", Right.ROUTE)
    def routing_restore(version: int) -> ResponseReturnValue:
        _version(parts, version)
        try:
            with parts.store.writing() as work:
                made = restore_version(parts, work, version, f"version {version} restored", whoever().user.name)
        except StoreConflict:
            flash(TOO_LATE)
            return redirect(url_for("admin.routing_version", version=version))
        flash(f"Version {made} is published; it says what version {version} said.")
        return redirect(url_for("admin.routing"))


def _version(parts: AdminParts, version: int) -> Routing:
    try:
        with parts.store.reading() as work:
            return work.routing.read(version)
    except NothingPublished:
        abort(404)


def _unpublishable(note: str, draft: Draft) -> dict[str, str]:
    seen = request.form.get("revision", 0, type=int), request.form.get("published", 0, type=int)
    if draft.document.mistakes:
        return {"note": "The draft has mistakes; mend them first."}
    if seen != (draft.revision, draft.published):
        return {"note": "The draft, or what is published, has changed since you saw it. Look again, then publish."}
    if not draft.changes:
        return {"note": "There is nothing to publish: the draft says what is published."}
    if not note or len(note) > LONGEST_NOTE:
        return {"note": f"Say why, in 1 to {LONGEST_NOTE} characters. It is what others read in the history."}
    return {}


def _routing(parts: AdminParts, wrong: dict[str, str] | None = None) -> ResponseReturnValue:
    with parts.store.reading() as work:
        draft, history = read_draft(parts, work), work.routing.history()
    page = render_template("admin/routing.html", draft=draft, history=history, wrong=wrong or {}, given=request.form,
                           overtaken=OVERTAKEN)
    return page, HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK
