"""Recordings of one's own: uploaded for a sentence, played wherever the line says just what they say."""

from collections.abc import Mapping
from dataclasses import replace
from http import HTTPStatus

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from flows.prompts.recorded import Recorded, outdated, recordable
from flows.routing import Routing
from flows.rules.roles import Right
from ivr.admin.draft_edits import Edit, change_draft, draft_now
from ivr.admin.pages import Pages, whoever
from ivr.admin.parts import AdminParts
from ivr.admin.rewordings import known, seen, text_of, with_one
from ivr.admin.wording_sentence import sentence_page
from ivr.line.drafts import Draft
from ivr.line.rewordable import SPOKEN
from ivr.line.sounds import LARGEST, Unplayable, milliseconds_of


def recording_pages(pages: Pages, parts: AdminParts) -> None:
    """Declare what can be done about the recording of a sentence."""

    @pages.act("/words/<language>/<name>/recording", Right.ROUTE)
    def word_recording_save(language: str, name: str) -> ResponseReturnValue:
        _recordable(language, name)
        says, draft = " ".join(request.form.get("says", "").split()), draft_now(parts)
        try:
            if outdated(draft.sound.words, language, name, says):
                raise Unplayable("the line never says these words. Write what is heard, as the line says it.")
            sound = _kept(parts, draft.sound.recordings.get(language, {}).get(name))
        except Unplayable as why:
            page = _page(draft, language, name, says=says, trouble=f"Not taken: {why}")
            return page, HTTPStatus.UNPROCESSABLE_ENTITY
        recorded = Recorded(says=says, sound=sound)
        return _changed(parts, language, name, recorded, "Saved in the draft. Nothing is live yet.")

    @pages.act("/words/<language>/<name>/recording/remove", Right.ROUTE)
    def word_recording_remove(language: str, name: str) -> ResponseReturnValue:
        _recordable(language, name)
        return _changed(parts, language, name, None, "In the draft the voice says it again.")


def _recordable(language: str, name: str) -> None:
    known(SPOKEN, language, name)
    if not recordable(language, name):
        abort(404)


def _kept(parts: AdminParts, before: Recorded | None) -> str:
    """The digest of the file that was sent; where none was, only the words of the recording are mended. Raises
    Unplayable."""
    file = request.files.get("sound")
    audio = file.stream.read(LARGEST + 1) if file else b""
    if not audio and before:
        return before.sound
    if not audio:
        raise Unplayable("choose a sound first.")
    length = milliseconds_of(audio)
    with parts.store.writing() as work:
        return work.sounds.add(audio, length, whoever().user.name, parts.clock())


def _changed(
    parts: AdminParts, language: str, name: str, recorded: Recorded | None, told: str
) -> ResponseReturnValue:
    edit = change_draft(parts, seen(), lambda old: _with(old, language, name, recorded))
    if not edit.saved:
        page = _page(edit.draft, language, name, edit=edit, says=recorded.says if recorded else None)
        return page, HTTPStatus.CONFLICT
    flash(told)
    return redirect(url_for("admin.word_whole", language=language, name=name))


def _with(old: Routing, language: str, name: str, recorded: Recorded | None) -> Routing:
    of_language: Mapping[str, Recorded] = with_one(old.recordings.get(language, {}), name, recorded)
    return replace(old, recordings=with_one(old.recordings, language, of_language))


def _page(
    draft: Draft, language: str, name: str, edit: Edit | None = None, says: str | None = None, trouble: str = ""
) -> str:
    text = text_of(draft, SPOKEN, language, name)
    return sentence_page(draft, language, name, text, edit=edit, says=says, trouble=trouble)
