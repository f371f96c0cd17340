"""The admin, whole: its pages on one blueprint, joined to an application."""

from datetime import timedelta

from flask import Flask, redirect, url_for
from flask.typing import ResponseReturnValue

from ivr.admin.account import account_pages
from ivr.admin.audit import audit_pages
from ivr.admin.call_cost import cost_pages
from ivr.admin.call_recordings import recording_sounds
from ivr.admin.calls import call_pages
from ivr.admin.cooldowns import cooldown_pages
from ivr.admin.drills import drill_pages
from ivr.admin.duty import duty_pages
from ivr.admin.kept_forms import KeptForms
from ivr.admin.ladders import ladder_pages
from ivr.admin.lines import line_pages
from ivr.admin.mails import mail_pages
from ivr.admin.notifications import notification_pages
from ivr.admin.now import now_pages
from ivr.admin.pages import Pages
from ivr.admin.parts import AdminParts
from ivr.admin.passkeys import passkey_pages
from ivr.admin.people import people_pages
from ivr.admin.privacy import privacy_pages
from ivr.admin.provider_sign_in import provider_sign_in_pages
from ivr.admin.recorded import recording_pages
from ivr.admin.replay import replay_pages
from ivr.admin.reports import report_pages
from ivr.admin.routing import routing_pages
from ivr.admin.schedule_plans import schedule_plan_pages
from ivr.admin.schedules import schedule_pages
from ivr.admin.shell import dress
from ivr.admin.sign_in import sign_in_pages
from ivr.admin.signed_in import AT_MOST, remember_sign_ins
from ivr.admin.terms import terms_pages
from ivr.admin.tickets import ticket_pages
from ivr.admin.tokens import token_pages
from ivr.admin.try_it import try_pages
from ivr.admin.users import user_pages
from ivr.admin.webhooks import webhook_pages
from ivr.admin.wording import wording_pages

LARGEST_FORM = 2_000_000
"""Bytes; whatever people paste by mistake beyond it is refused before it is read."""


def add_admin(app: Flask, parts: AdminParts) -> Pages:
    """Serve the admin under /admin; the pages, so that others can ask what each address needs."""
    app.config.update(
        SESSION_COOKIE_NAME="__Host-escalation-line" if parts.secure else "escalation-line",
        SESSION_COOKIE_SECURE=parts.secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=timedelta(seconds=AT_MOST.total_seconds()),
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_CHECK_DEFAULT=False,
        MAX_FORM_MEMORY_SIZE=LARGEST_FORM,
    )
    kept = KeptForms(parts.secret_key)
    pages = Pages(kept)
    pages.csrf.init_app(app)
    sign_in_pages(pages, parts, kept)
    provider_sign_in_pages(pages, parts, kept)
    account_pages(pages, parts)
    passkey_pages(pages, parts, kept)
    now_pages(pages, parts)
    call_pages(pages, parts)
    recording_sounds(pages, parts)
    cost_pages(pages, parts)
    ticket_pages(pages, parts)
    routing_pages(pages, parts)
    line_pages(pages, parts)
    ladder_pages(pages, parts)
    people_pages(pages, parts)
    schedule_pages(pages, parts)
    schedule_plan_pages(pages, parts)
    duty_pages(pages, parts)
    cooldown_pages(pages, parts)
    terms_pages(pages, parts)
    wording_pages(pages, parts)
    recording_pages(pages, parts)
    mail_pages(pages, parts)
    try_pages(pages, parts)
    drill_pages(pages, parts)
    replay_pages(pages, parts)
    notification_pages(pages, parts)
    report_pages(pages, parts)
    audit_pages(pages, parts)
    user_pages(pages, parts)
    token_pages(pages, parts)
    webhook_pages(pages, parts)
    privacy_pages(pages, parts)
    dress(pages.blueprint, parts)
    remember_sign_ins(app, parts)
    app.register_blueprint(pages.blueprint)

    @app.get("/")
    def front() -> ResponseReturnValue:
        return redirect(url_for("admin.now"))

    return pages
