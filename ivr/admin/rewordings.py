"""What the forms for words have in common, spoken and written: which text is meant, and its change in the draft."""

from collections.abc import Callable, Iterable, Mapping
from http import HTTPStatus
from typing import Protocol, TypeVar

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from flows.prompts.catalogue import LANGUAGES
from flows.prompts.rewording import Rewordings
from ivr.admin.draft_edits import Edit, change_draft
from ivr.admin.parts import AdminParts
from ivr.admin.words import called
from ivr.line.drafts import Draft
from ivr.line.rewordable import Rewordable

T = TypeVar("T")


class Row(Protocol):
    """One text in a list."""

    @property
    def name(self) -> str:
        """What it is known by."""

    @property
    def text(self) -> str:
        """What the draft says."""


R = TypeVar("R", bound=Row)


def by_section(rows: Iterable[R], headings: Mapping[str, str], find: str) -> Mapping[str, list[R]]:
    """The texts in which ``find`` occurs, under the heading of the section they belong to."""
    sections: dict[str, list[R]] = {}
    for row in rows:
        if find.lower() in f"{row.name} {row.text}".lower():
            sections.setdefault(called(row.name.partition(".")[0], headings), []).append(row)
    return sections


def text_of(draft: Draft, kind: Rewordable, language: str, name: str) -> str:
    """What the draft says under ``name``."""
    return kind.of(draft.sound).get(language, {}).get(name, kind.shipped(language)[name].text)


def kept(
    parts: AdminParts, kind: Rewordable, language: str, name: str, text: str,
    page: Callable[[Draft, Edit | None], str], back: str,
) -> ResponseReturnValue:
    """Save the text in the draft, and go ``back`` to the list (an endpoint); to the ``page`` of the text where somebody
    else was faster. A text that says what is shipped is no change at all."""
    said = "" if text == kind.shipped(language)[name].text else text
    edit = change_draft(parts, seen(), lambda old: kind.put(old, _reworded(kind.of(old), language, name, said)))
    if not edit.saved:
        return page(edit.draft, edit), HTTPStatus.CONFLICT
    flash("Saved in the draft. Nothing is live yet." if said else "The draft says it as it is shipped.")
    return redirect(url_for(back, language=language, find=name.partition(".")[0]))


def _reworded(texts: Rewordings, language: str, name: str, text: str) -> Rewordings:
    return with_one(texts, language, with_one(texts.get(language, {}), name, text))


def with_one(values: Mapping[str, T], name: str, value: T | None) -> Mapping[str, T]:
    """``values`` with one of them changed; without it when there is nothing to say."""
    return {**{each: said for each, said in values.items() if each != name}, **({name: value} if value else {})}


def known_language(language: str) -> str:
    """``language``, if the line speaks it; no page otherwise."""
    return language if language in LANGUAGES else abort(404)


def known(kind: Rewordable, language: str, name: str) -> None:
    """There is no page about a text that is none of ours."""
    if name not in kind.shipped(known_language(language)):
        abort(404)


def typed() -> str:
    """The text in the form, on one line."""
    return " ".join(request.form.get("text", "").split())


def seen() -> str:
    """The state of the draft that the form was filled in over."""
    return request.form.get("seen", "")
