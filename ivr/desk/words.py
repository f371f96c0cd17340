"""The words of the public pages: one TOML file per language; code and templates hold keys, never sentences."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

LANGUAGES = ("en", "de", "ru")


def words_for(language: str) -> Mapping[str, Mapping[str, str]]:
    """The sentences of a language by section and name; English for a language that has none."""
    return _shipped(language if language in LANGUAGES else LANGUAGES[0])


@cache
def _shipped(language: str) -> Mapping[str, Mapping[str, str]]:
    source = files(__package__) / "templates" / f"{language}.toml"
    return tomllib.loads(source.read_text(encoding="utf-8"))
