"""Understanding what is heard, by the catalogues: a person at a telephone knows the sentences, not our code's state."""

import re
from collections.abc import Collection, Iterator, Mapping

from flows.prompts.catalogue import Catalogue, catalogue
from flows.prompts.rewording import NONE, Rewordings, name_of, pattern

NAMED_KEYS = {"key.star": "*", "key.pound": "#"}


class Ear:
    """Finds the sentences ``keys`` (as the catalogues name them) in what is spoken in any of ``languages``.

    A key that ends in a dot stands for every sentence below it. ``words`` are what the line says instead of some of
    the shipped sentences.
    """

    def __init__(self, languages: Collection[str], keys: Collection[str], words: Rewordings = NONE) -> None:
        known = {language: catalogue(language) for language in languages}
        self._patterns = [
            found
            for language, shipped in known.items()
            for found in _patterns(shipped, tuple(keys), words.get(language, {}))
        ]
        self._named = {name: key for shipped in known.values() for name, key in _named_keys(shipped).items()}

    def understands(self, text: str) -> dict[str, str]:
        """The sentences in ``text``, and the telephone key each of them tells to press (empty when it tells none)."""
        found = ((key, sentence.search(text)) for key, sentence in self._patterns)
        return {key: self._pressed(match) for key, match in found if match}

    def _pressed(self, match: re.Match[str]) -> str:
        told = match.groupdict().get("key") or ""
        return self._named.get(told, told)


def _named_keys(words: Catalogue) -> dict[str, str]:
    return {form: key for name, key in NAMED_KEYS.items() for form in words.sentence(name).forms.values()}


def _patterns(
    words: Catalogue, keys: tuple[str, ...], reworded: Mapping[str, str]
) -> Iterator[tuple[str, re.Pattern[str]]]:
    pressable = f"(?P<key>{'|'.join(['[0-9]', *map(re.escape, _named_keys(words))])})"
    for key, sentence in words.sentences.items():
        if any(key == wanted or (wanted.endswith(".") and key.startswith(wanted)) for wanted in keys):
            for form, shipped in sentence.forms.items():
                said = reworded.get(name_of(key, form, sentence), shipped)
                yield key, pattern(said, {"key": pressable})
