"""Audit: who changed what, and the proof that nobody rewrote it."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from flows.rules.roles import Right
from ivr.admin.pages import Pages
from ivr.admin.parts import AdminParts
from ivr.line.staff import audit_key

PAGE = 100


def audit_pages(pages: Pages, parts: AdminParts) -> None:
    """Declare the page."""

    @pages.page("/audit", Right.READ)
    def audit() -> ResponseReturnValue:
        before = request.args.get("before", type=int)
        with parts.store.reading() as work:
            found = work.audit.latest(PAGE + 1, before)
            verified = work.audit.verify(audit_key(parts.secret_key)) if "verify" in request.args else None
        older = found[PAGE - 1].seq if len(found) > PAGE else None
        return render_template("admin/audit.html", entries=found[:PAGE], older=older, verified=verified)
