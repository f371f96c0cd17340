"""The words of the mails: one TOML file per language beside this module; code holds keys, never sentences."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from flows.prompts.catalogue import LANGUAGES
from flows.prompts.rewording import NONE, Rewordings

DEFAULT = "en"


@dataclass(frozen=True, slots=True)
class Words:
    """The sentences of one language by section and name. ``reworded``: what is written instead of some of them, by
    section and name with a dot between."""

    language: str
    sections: Mapping[str, Mapping[str, str]]
    reworded: Mapping[str, str]

    def say(self, section: str, name: str, /, **values: str) -> str:
        """The sentence with its placeholders filled. Raises KeyError when a key or a value is missing."""
        own = self.reworded.get(f"{section}.{name}", "")
        try:
            return (own or self.sections[section][name]).format_map(values)
        except (KeyError, ValueError):  # published before this version, which no longer fills what it fills
            return self.sections[section][name].format_map(values)

    def name(self, section: str, name: str) -> str:
        """The word for ``name``, or ``name`` itself: a word we lack is better read raw than not at all."""
        return self.say(section, name) if name in self.sections[section] else name


def words_for(language: str, reworded: Rewordings = NONE) -> Words:
    """The words for a language tag such as "de" or "de-AT"; English for a language that has none."""
    primary = language.replace("_", "-").split("-")[0].lower()
    known = primary if primary in LANGUAGES else DEFAULT
    return Words(known, shipped_sections(known), reworded.get(known, {}))


@cache
def shipped_sections(language: str) -> Mapping[str, Mapping[str, str]]:
    """The shipped sentences of ``language``, which must be one of LANGUAGES, in the order of its file."""
    source = files(__package__) / f"{language}.toml"
    return tomllib.loads(source.read_text(encoding="utf-8"))
