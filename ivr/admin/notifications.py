"""Notifications: what people are sent, whether it arrives, and another try for what did not."""

import secrets
from collections.abc import Mapping
from http import HTTPStatus

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from db.errors import NothingPublished
from db.repositories.audit import Change
from db.unit_of_work import Work
from flows.effects import News
from flows.prompts.catalogue import LANGUAGES
from flows.routing import Routing
from flows.rules.roles import Right
from ivr.admin.pages import Pages, whoever
from ivr.admin.parts import AdminParts
from ivr.admin.words import LANGUAGE_NAMES, NEWS
from ivr.line.letters import encode
from ivr.line.ports import Notice, Recipient
from ivr.line.sample_notice import sample_notice
from ivr.routing_file.document import NOTHING

MOST = 200
"""Letters shown of each kind; there should be none."""


def notification_pages(pages: Pages, parts: AdminParts) -> None:
    """Declare the page, the test and the other try."""

    @pages.page("/notifications", Right.READ)
    def notifications() -> ResponseReturnValue:
        return _page(parts, {})

    @pages.act("/notifications/test", Right.ROUTE)
    def notification_test() -> ResponseReturnValue:
        key, at = request.form.get("person", ""), parts.clock()
        with parts.store.writing() as work:
            routing = _routing(work)
            person = routing.people.get(key)
            if person is None or not person.email:
                return _page(parts, {"person": "Choose somebody with a mail address."})
            recipient = Recipient(name=person.name, address=person.email, language=person.language,
                                  zone=person.zone or routing.lines[0].zone)
            notice = sample_notice(News.TEST, routing.lines[0].company, recipient, f"test/{secrets.token_hex(8)}", at)
            work.outbox.add("notice", notice.key, encode(notice), at)
            parts.note(work, Change(at=at, who=whoever().user.name, action="sent a test mail", subject=f"person {key}"))
        flash(f"A test mail to {person.name} is on its way. If it cannot be delivered, it shows below.")
        return redirect(url_for("admin.notifications"))

    @pages.act("/notifications/<int:message_id>/retry", Right.SUPERVISE)
    def notification_retry(message_id: int) -> ResponseReturnValue:
        at = parts.clock()
        with parts.store.writing() as work:
            if not work.outbox.revive(message_id, at):
                abort(404)
            change = Change(at=at, who=whoever().user.name, action="tried again", subject=f"letter {message_id}")
            parts.note(work, change)
        flash(f"Letter {message_id} is due again; the worker sends it within seconds.")
        return redirect(url_for("admin.notifications"))


def _page(parts: AdminParts, wrong: Mapping[str, str]) -> ResponseReturnValue:
    with parts.store.reading() as work:
        routing, dead, waiting = _routing(work), work.outbox.dead(MOST), work.outbox.waiting(MOST)
    news, language = _asked(routing)
    subject, text = parts.preview(_sample(parts, routing, news, language), routing.mails)
    page = render_template(
        "admin/notifications.html", dead=dead, waiting=waiting, wrong=wrong, names=NEWS, languages=LANGUAGE_NAMES,
        news=news.value, language=language, subject=subject, text=text, now=parts.clock(), given=request.form,
        readers={key: person.name for key, person in routing.people.items() if person.email},
    )
    return page, HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK


def _sample(parts: AdminParts, routing: Routing, news: News, language: str) -> Notice:
    company, zone = (routing.lines[0].company, routing.lines[0].zone) if routing.lines else ("", "UTC")
    reader = Recipient(name="", address="", language=language, zone=zone)
    return sample_notice(news, company, reader, "preview", parts.clock())


def _asked(routing: Routing) -> tuple[News, str]:
    """Which mail is shown; the one that matters most, in the line's first language, unless another is asked for."""
    kinds = {each.value: each for each in News}
    news = kinds.get(request.args.get("news", ""), News.ESCALATION_ACCEPTED)
    usual = next((each for line in routing.lines for each in line.languages), LANGUAGES[0])
    asked = request.args.get("language", usual)
    return news, asked if asked in LANGUAGES else LANGUAGES[0]


def _routing(work: Work) -> Routing:
    try:
        _, routing = work.routing.current()
    except NothingPublished:
        return NOTHING
    return routing
