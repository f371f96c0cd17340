"""Words: every sentence the line can speak, in every language; edited in the draft, tried, heard and timed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from http import HTTPStatus

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from db.repositories.sounds import Sound
from flows.prompts.catalogue import LANGUAGES
from flows.prompts.recorded import outdated
from flows.prompts.rewording import mistakes, shipped
from flows.routing import Routing
from flows.rules.roles import Right
from ivr.admin.draft_edits import Edit, change_draft, draft_now
from ivr.admin.pages import Pages, whoever
from ivr.admin.parts import AdminParts
from ivr.admin.rewordings import by_section, kept, known, known_language, seen, text_of, typed, with_one
from ivr.admin.wording_aloud import read_to
from ivr.admin.wording_examples import tried
from ivr.admin.wording_sentence import sentence_page
from ivr.admin.words import LANGUAGE_NAMES, SECTIONS
from ivr.line.drafts import Draft, read_draft
from ivr.line.rewordable import SPOKEN
from ivr.line.speaking_time import speaking_seconds
from ivr.line.voices import VOICES


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One sentence in the list: ``text`` is the draft's, ``changed`` whether it is not the shipped one, ``recorded``
    whether a recording is played for it, ``seconds`` how long that, or the voice, takes."""

    name: str
    text: str
    changed: bool
    recorded: bool
    seconds: float


def wording_pages(pages: Pages, parts: AdminParts) -> None:
    """Declare the list, the page of one sentence, and the choice of voices."""

    @pages.page("/words", Right.READ)
    def words() -> ResponseReturnValue:
        language = known_language(request.args.get("language", LANGUAGES[0]))
        with parts.store.reading() as work:
            draft, sounds = read_draft(parts, work), work.sounds.known()
        find = request.args.get("find", "").strip()
        sections = by_section(_rows(language, draft.sound, sounds), SECTIONS, find)
        return render_template(
            "admin/words.html", language=language, languages=LANGUAGE_NAMES, find=find, sections=sections, draft=draft,
            voices=VOICES[language], chosen=draft.sound.voices.get(language, ""),
        )

    @pages.page("/words/<language>/<name>", Right.READ)
    def word_whole(language: str, name: str) -> ResponseReturnValue:
        known(SPOKEN, language, name)
        draft = draft_now(parts)
        return sentence_page(draft, language, name, text_of(draft, SPOKEN, language, name))

    @pages.act("/words/<language>/<name>/try", Right.READ)
    def word_try(language: str, name: str) -> ResponseReturnValue:
        known(SPOKEN, language, name)
        return sentence_page(draft_now(parts), language, name, typed())

    @pages.act("/words/<language>/<name>/call", Right.ROUTE)
    def word_call(language: str, name: str) -> ResponseReturnValue:
        known(SPOKEN, language, name)
        draft, text = draft_now(parts), typed()
        if mistakes(language, name, text):
            return sentence_page(draft, language, name, text), HTTPStatus.UNPROCESSABLE_ENTITY
        told = read_to(parts, whoever().user, draft, language, tried(language, name, text).text)
        return sentence_page(draft, language, name, text, told=told)

    @pages.act("/words/<language>/<name>", Right.ROUTE)
    def word_save(language: str, name: str) -> ResponseReturnValue:
        known(SPOKEN, language, name)
        text = typed()
        if mistakes(language, name, text):
            return sentence_page(draft_now(parts), language, name, text), HTTPStatus.UNPROCESSABLE_ENTITY
        return _kept(parts, language, name, text)

    @pages.act("/words/<language>/<name>/reset", Right.ROUTE)
    def word_reset(language: str, name: str) -> ResponseReturnValue:
        known(SPOKEN, language, name)
        return _kept(parts, language, name, shipped(language)[name].text)

    @pages.act("/words/<language>/voice", Right.ROUTE)
    def voice_save(language: str) -> ResponseReturnValue:
        language, name = known_language(language), request.form.get("voice", "")
        if name not in {each.name for each in VOICES[language]}:
            abort(HTTPStatus.UNPROCESSABLE_ENTITY)
        chosen = "" if name == VOICES[language][0].name else name
        edit = change_draft(parts, seen(), lambda old: replace(old, voices=with_one(old.voices, language, chosen)))
        told = f"{name} speaks {LANGUAGE_NAMES[language]} in the draft. Nothing is live yet."
        flash(told if edit.saved else f"Not saved: {edit.problem or ' '.join(edit.elsewhere())}")
        return redirect(url_for("admin.words", language=language))


def _kept(parts: AdminParts, language: str, name: str, text: str) -> ResponseReturnValue:
    def page(draft: Draft, edit: Edit | None) -> str:
        return sentence_page(draft, language, name, text, edit)

    return kept(parts, SPOKEN, language, name, text, page, "admin.words")


def _rows(language: str, routing: Routing, sounds: Mapping[str, Sound]) -> Iterator[Row]:
    texts, recordings = routing.words.get(language, {}), routing.recordings.get(language, {})
    for name, model in shipped(language).items():
        text, found = texts.get(name, model.text), recordings.get(name)
        recorded = found is not None and not outdated(routing.words, language, name, found.says)
        sound = sounds.get(found.sound) if found and recorded else None
        seconds = sound.milliseconds / 1000 if sound else _spoken_seconds(language, name, text)
        yield Row(name=name, text=text, changed=name in texts, recorded=recorded, seconds=seconds)


def _spoken_seconds(language: str, name: str, text: str) -> float:
    return 0 if mistakes(language, name, text) else speaking_seconds(tried(language, name, text).text, language)
