"""The words of the mails: one TOML file per language beside the templates; code holds keys, never sentences."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

LANGUAGES = ("en", "de", "ru")
DEFAULT = "en"


@dataclass(frozen=True, slots=True)
class Words:
    """The sentences of one language by section and name."""

    language: str
    sections: Mapping[str, Mapping[str, str]]

    def say(self, section: str, name: str, /, **values: str) -> str:
        """The sentence with its placeholders filled. Raises KeyError when a key or a value is missing."""
        return self.sections[section][name].format_map(values)

    def name(self, section: str, name: str) -> str:
        """The word for ``name``, or ``name`` itself: a word we lack is better read raw than not at all."""
        return self.sections[section].get(name, name)


def words_for(language: str) -> Words:
    """The words for a language tag such as "de" or "de-AT"; English for a language that has none."""
    primary = language.replace("_", "-").split("-")[0].lower()
    return _shipped(primary if primary in LANGUAGES else DEFAULT)


@cache
def _shipped(language: str) -> Words:
    source = files(__package__) / "templates" / f"{language}.toml"
    return Words(language, tomllib.loads(source.read_text(encoding="utf-8")))
