"""Sentences an admin says otherwise: which there are, and what a text needs to be spoken in place of the shipped one.

A sentence is known by its key; one with plural forms by key and form: ``refused.too_many.one``.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from string import Formatter
from types import MappingProxyType
from typing import TypeAlias

from flows.prompts.catalogue import PLAIN, Sentence, catalogue
from flows.prompts.lint import unspeakable

Rewordings: TypeAlias = Mapping[str, Mapping[str, str]]
"""Texts by language, then by the name of the sentence."""

NONE: Rewordings = MappingProxyType({})
FIXED = frozenset({"key", "units"})
"""Sections that are not reworded: parts from which times, lengths and the names of keys are put together by rule."""
INDISPENSABLE = frozenset({"key"})
"""Placeholders without which nobody knows what to press."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shipped:
    """A sentence as it is shipped: ``form`` is its plural form, "other" for the many that have none."""

    key: str
    form: str
    text: str
    placeholders: frozenset[str]


@cache
def shipped(language: str) -> Mapping[str, Shipped]:
    """Everything that can be reworded in ``language``, by name, in the catalogue's order. Raises CatalogueError."""
    found: dict[str, Shipped] = {}
    for key, sentence in catalogue(language).sentences.items():
        if key.partition(".")[0] not in FIXED:
            for form, text in sentence.forms.items():
                found[name_of(key, form, sentence)] = Shipped(
                    key=key, form=form, text=text, placeholders=sentence.placeholders()
                )
    return MappingProxyType(found)


def name_of(key: str, form: str, sentence: Sentence) -> str:
    """What ``form`` of the sentence ``key`` is known by."""
    return key if sentence.forms.keys() == {PLAIN} else f"{key}.{form}"


def mistakes(language: str, name: str, text: str) -> list[str]:
    """Why ``text`` cannot be spoken in place of ``name``; none when it can. Raises KeyError for an unknown name."""
    model = shipped(language)[name]
    try:
        given = set(placeholders(text))
    except ValueError:
        return ["has a brace without its other half; placeholders stand in braces, such as {key}"]
    unknown = given - model.placeholders
    missing = (_of_this_form(model) & INDISPENSABLE) - given
    return [
        *(f"has {{{each}}}, which nothing fills; there is {braced(model.placeholders)}" for each in sorted(unknown)),
        *(f"must say {{{each}}}, or nobody knows what to press" for each in sorted(missing)),
        *(() if unknown else unspeakable(language, model.key, Sentence({PLAIN: text}))),
    ]


def doubts(language: str, name: str, text: str) -> list[str]:
    """What ``text`` no longer tells that the shipped sentence does. It must have no mistakes."""
    model = shipped(language)[name]
    left_out = _of_this_form(model) - INDISPENSABLE - set(placeholders(text))
    return [f"no longer says {{{each}}}" for each in sorted(left_out)]


def _of_this_form(model: Shipped) -> frozenset[str]:
    return frozenset(placeholders(model.text))


def placeholders(text: str) -> Iterator[str]:
    """The names in braces. Raises ValueError for braces that are none of ours: ``{`` alone, ``{a!r}``, ``{a:>9}``."""
    for _, name, format_spec, conversion in Formatter().parse(text):
        if format_spec or conversion or name == "":
            raise ValueError(f"no placeholder of ours: {text}")
        if name is not None:
            yield name


def pattern(text: str, gaps: Mapping[str, str]) -> re.Pattern[str]:
    """``text`` with anything in its gaps, but in those named in ``gaps`` only what their regular expression allows."""
    parts: list[str] = []
    for literal, gap, _, _ in Formatter().parse(text):
        parts.append(re.escape(literal))
        if gap is not None:
            parts.append(gaps.get(gap, ".+?"))
    return re.compile("".join(parts))


def braced(names: frozenset[str]) -> str:
    """``names`` as people write placeholders."""
    return ", ".join(f"{{{name}}}" for name in sorted(names)) or "no placeholder here"
