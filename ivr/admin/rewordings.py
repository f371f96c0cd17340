"""What the forms for words have in common, spoken and written: which text is meant, and its change in the draft."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, TypeVar

from flask import abort, request

from flows.prompts.catalogue import LANGUAGES
from flows.prompts.rewording import Rewordings
from flows.routing import Routing
from ivr.admin.draft_edits import Edit, change_draft
from ivr.admin.parts import AdminParts
from ivr.line.drafts import Draft, read_draft
from ivr.line.rewordable import Rewordable

T = TypeVar("T")


def draft_now(parts: AdminParts) -> Draft:
    """The draft as it stands."""
    with parts.store.reading() as work:
        return read_draft(parts, work)


def text_of(draft: Draft, kind: Rewordable, language: str, name: str) -> str:
    """What the draft says under ``name``."""
    return rewordings(draft.sound, kind).get(language, {}).get(name, kind.shipped(language)[name].text)


def rewordings(routing: Routing, kind: Rewordable) -> Rewordings:
    """What ``routing`` words otherwise."""
    texts: Rewordings = getattr(routing, kind.section)
    return texts


def keep(parts: AdminParts, kind: Rewordable, language: str, name: str, text: str) -> Edit:
    """Save the text in the draft; one that says what is shipped is no change at all."""
    said = "" if text == kind.shipped(language)[name].text else text

    def change(old: Routing) -> Routing:
        changed: dict[str, Any] = {kind.section: _reworded(rewordings(old, kind), language, name, said)}
        return replace(old, **changed)

    return change_draft(parts, seen(), change)


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
