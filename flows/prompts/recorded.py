"""Recordings that are played instead of a voice: which sentences may have one, and when it says what is to be said."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeAlias

from flows.prompts.rewording import Rewordings, mistakes, pattern, shipped

STEADY = frozenset({"company", "key"})
"""Gaps that hold one of few things; what other gaps hold nobody can have recorded."""
NEVER_ALONE = frozenset({"severity", "texts"})
"""Sections that are spoken inside other sentences, or only written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """A recording: ``says`` its words, ``sound`` where it is kept (the SHA-256 of the file, in hexadecimal digits)."""

    says: str
    sound: str


Recordings: TypeAlias = Mapping[str, Mapping[str, Recorded]]
"""Recordings by language, then by the name of the sentence."""

NO_RECORDINGS: Recordings = MappingProxyType({})


def recordable(language: str, name: str) -> bool:
    """Whether a recording may be played for the sentence: it has no plural forms, and says the same in every call but
    for the company and the key. Raises KeyError."""
    model = shipped(language)[name]
    return model.key == name and model.placeholders <= STEADY and name.partition(".")[0] not in NEVER_ALONE


def played(recordings: Recordings, language: str, name: str, text: str) -> str:
    """The sound to play where ``text`` is to be said; empty where there is none, or where it says something else."""
    if language not in recordings:
        return ""
    found = recordings[language].get(name)
    return found.sound if found and found.says == text else ""


def outdated(words: Rewordings, language: str, name: str, says: str) -> bool:
    """Whether the line, by these ``words``, never says what the recording says; no, while the words have mistakes of
    their own. Raises KeyError for an unknown name."""
    text = words.get(language, {}).get(name, shipped(language)[name].text)
    return mistakes(language, name, text) == [] and pattern(text, {}).fullmatch(says) is None
