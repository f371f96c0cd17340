"""Mails: every text of the mails, in every language; edited in the draft, and seen in a whole mail before."""

from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus

from flask import render_template, request
from flask.typing import ResponseReturnValue

from flows.prompts.catalogue import LANGUAGES
from flows.rules.roles import Right
from ivr.admin.draft_edits import Edit, draft_now
from ivr.admin.pages import Pages
from ivr.admin.parts import AdminParts
from ivr.admin.rewordings import by_section, kept, known, known_language, text_of, typed
from ivr.admin.words import LANGUAGE_NAMES, MAIL_SECTIONS, called
from ivr.line.drafts import Draft
from ivr.line.ports import Recipient
from ivr.line.rewordable import WRITTEN
from ivr.line.sample_letters import letter_with


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One text in the list: ``text`` is the draft's, ``changed`` whether it is not the shipped one."""

    name: str
    text: str
    changed: bool


def mail_pages(pages: Pages, parts: AdminParts) -> None:
    """Declare the list and the page of one text."""

    @pages.page("/mails", Right.READ)
    def notification_words() -> ResponseReturnValue:
        language = known_language(request.args.get("language", LANGUAGES[0]))
        draft, find = draft_now(parts), request.args.get("find", "").strip()
        return render_template(
            "admin/mails.html", language=language, languages=LANGUAGE_NAMES, find=find, draft=draft,
            sections=by_section(_rows(draft, language), MAIL_SECTIONS, find),
        )

    @pages.page("/mails/<language>/<name>", Right.READ)
    def notification_text(language: str, name: str) -> ResponseReturnValue:
        known(WRITTEN, language, name)
        draft = draft_now(parts)
        return _page(parts, draft, language, name, text_of(draft, WRITTEN, language, name))

    @pages.act("/mails/<language>/<name>/try", Right.READ)
    def notification_text_try(language: str, name: str) -> ResponseReturnValue:
        known(WRITTEN, language, name)
        return _page(parts, draft_now(parts), language, name, typed())

    @pages.act("/mails/<language>/<name>", Right.ROUTE)
    def notification_text_save(language: str, name: str) -> ResponseReturnValue:
        known(WRITTEN, language, name)
        text = typed()
        if WRITTEN.mistakes(language, name, text):
            return _page(parts, draft_now(parts), language, name, text), HTTPStatus.UNPROCESSABLE_ENTITY
        return _kept(parts, language, name, text)

    @pages.act("/mails/<language>/<name>/reset", Right.ROUTE)
    def notification_text_reset(language: str, name: str) -> ResponseReturnValue:
        known(WRITTEN, language, name)
        return _kept(parts, language, name, WRITTEN.shipped(language)[name].text)


def _kept(parts: AdminParts, language: str, name: str, text: str) -> ResponseReturnValue:
    def page(draft: Draft, edit: Edit | None) -> str:
        return _page(parts, draft, language, name, text, edit)

    return kept(parts, WRITTEN, language, name, text, page, "admin.notification_words")


def _page(parts: AdminParts, draft: Draft, language: str, name: str, text: str, edit: Edit | None = None) -> str:
    wrong, model = WRITTEN.mistakes(language, name, text), WRITTEN.shipped(language)[name]
    subject, body = ("", "") if wrong else _mail(parts, draft, language, name, text)
    return render_template(
        "admin/mail.html", section=called(name.partition(".")[0], MAIL_SECTIONS), language=language, name=name,
        languages=LANGUAGE_NAMES, text=text, model=model, wrong=wrong, edit=edit, draft=draft, subject=subject,
        body=body, doubts=[] if wrong else WRITTEN.doubts(language, name, text),
        others={each: text_of(draft, WRITTEN, each, name) for each in LANGUAGES if each != language},
    )


def _mail(parts: AdminParts, draft: Draft, language: str, name: str, text: str) -> tuple[str, str]:
    """Subject and text of a made-up mail in which ``text`` stands, in the draft's words otherwise."""
    company, zone = next(((line.company, line.zone) for line in draft.sound.lines), ("", "UTC"))
    letter = letter_with(name, company, Recipient(name="", address="", language=language, zone=zone), parts.clock())
    return parts.preview(letter, {language: {**draft.sound.mails.get(language, {}), name: text}})


def _rows(draft: Draft, language: str) -> Iterator[Row]:
    reworded = draft.sound.mails.get(language, {})
    for name, model in WRITTEN.shipped(language).items():
        yield Row(name=name, text=reworded.get(name, model.text), changed=name in reworded)
