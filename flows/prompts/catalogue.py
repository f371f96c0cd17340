"""The catalogues: every sentence the line can speak, one TOML file per language.

A sentence is a text with placeholders in braces, or, where a number decides, a table of plural forms named after the
Unicode plural categories (one, few, many, other), chosen by the value of its placeholder ``count``.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from string import Formatter
from typing import Any

LANGUAGES = ("en", "de", "ru")
PLURAL_FORMS = frozenset({"zero", "one", "two", "few", "many", "other"})
PLAIN = "other"
"""The only form of a sentence that no number decides."""


class CatalogueError(Exception):
    """A catalogue that cannot be used: the message says which file, which key and what was expected."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One entry: its text by plural form; a plain sentence has the form ``other`` only."""

    forms: Mapping[str, str]

    def placeholders(self) -> frozenset[str]:
        """The names in braces, over all forms."""
        return frozenset(name for form in self.forms.values() for name in _names(form))


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All sentences of one language by dotted key."""

    language: str
    sentences: Mapping[str, Sentence]

    def sentence(self, key: str) -> Sentence:
        """The sentence under ``key``. Raises CatalogueError when there is none."""
        found = self.sentences.get(key)
        if found is None:
            raise CatalogueError(f"{self.language}.toml has no sentence {key!r}")
        return found


@cache
def catalogue(language: str) -> Catalogue:
    """The shipped catalogue of ``language``. Raises CatalogueError for an unknown language or a broken file."""
    source = files(__package__) / f"{language}.toml"
    if language not in LANGUAGES:
        raise CatalogueError(f"there is no catalogue for {language!r}; there are {', '.join(LANGUAGES)}")
    return read(language, source.read_text(encoding="utf-8"))


def read(language: str, text: str) -> Catalogue:
    """Read a catalogue from TOML text. Raises CatalogueError naming the line or key that is wrong."""
    try:
        tree = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CatalogueError(f"{language}.toml: {error}") from error
    return Catalogue(language, dict(_flatten(language, "", tree)))


def _flatten(language: str, prefix: str, tree: Mapping[str, Any]) -> Iterator[tuple[str, Sentence]]:
    for name, entry in tree.items():
        key = f"{prefix}{name}"
        if isinstance(entry, str):
            yield key, _sentence(language, key, {PLAIN: entry})
        elif isinstance(entry, dict) and entry and entry.keys() <= PLURAL_FORMS:
            yield key, _sentence(language, key, entry)
        elif isinstance(entry, dict):
            yield from _flatten(language, f"{key}.", entry)
        else:
            raise CatalogueError(f"{language}.toml: {key} must be a text, not {type(entry).__name__}")


def _sentence(language: str, key: str, forms: Mapping[str, str]) -> Sentence:
    sentence = Sentence(forms)
    try:
        sentence.placeholders()
    except ValueError as error:
        raise CatalogueError(f"{language}.toml: {key}: {error}") from error
    return sentence


def _names(text: str) -> list[str]:
    return [name for _, name, _, _ in Formatter().parse(text) if name is not None]
