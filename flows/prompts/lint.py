"""The lint of the catalogues: each sentence is there in each language, and fits the code that speaks it."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from pathlib import Path

from flows.prompts.catalogue import LANGUAGES, Catalogue, Sentence, catalogue
from flows.prompts.uses import Use, uses_under

LONGEST = 600
"""Characters of one sentence: at 15 a second more than a caller can keep in mind, and far below the carrier's limit."""

FORMS = {"en": ("one", "other"), "de": ("one", "other"), "ru": ("one", "few", "many", "other")}
"""The plural forms a whole number can take in each language (Unicode CLDR plural rules)."""

ONE_IS_ONE = frozenset({"en", "de"})
"""Languages in which the form ``one`` is for the number 1 alone; in Russian 21 takes it too."""

PARTS = frozenset({"severity", "key", "units"})
"""Sections that hold parts of sentences, which end no sentence themselves."""


def shipped_problems(folders: Iterable[Path]) -> list[str]:
    """Everything wrong between the shipped catalogues and the code below ``folders``. Raises CatalogueError."""
    catalogues = [catalogue(language) for language in LANGUAGES]
    sections = {key.partition(".")[0] for each in catalogues for key in each.sentences}
    return problems(catalogues, [use for folder in folders for use in uses_under(folder, sections)])


def problems(catalogues: Sequence[Catalogue], used: Sequence[Use]) -> list[str]:
    """Everything wrong with ``catalogues`` and the way code uses them; an empty list means they are whole."""
    found = [*_missing(catalogues), *_differing(catalogues)]
    for each in catalogues:
        for key, sentence in each.sentences.items():
            found += [
                f"{each.language}.toml: {key} {problem}" for problem in unspeakable(each.language, key, sentence)
            ]
        found += [f"{each.language}.toml: {problem}" for problem in _repeated(each)]
    return [*found, *_misused(catalogues, used), *_unused(catalogues, used)]


def _missing(catalogues: Sequence[Catalogue]) -> Iterator[str]:
    for key in _all_keys(catalogues):
        having = [each.language for each in catalogues if key in each.sentences]
        for each in catalogues:
            if key not in each.sentences:
                yield f"{each.language}.toml: {key} is missing; {', '.join(having)} has it"


def _differing(catalogues: Sequence[Catalogue]) -> Iterator[str]:
    for key in _all_keys(catalogues):
        first, *others = [each for each in catalogues if key in each.sentences]
        model = first.sentences[key]
        for other in others:
            sentence = other.sentences[key]
            if sentence.placeholders() != model.placeholders():
                mine, theirs = _braced(sentence.placeholders()), _braced(model.placeholders())
                yield f"{other.language}.toml: {key} has {mine} where {first.language}.toml has {theirs}"
            if (len(sentence.forms) > 1) != (len(model.forms) > 1):
                yield f"{other.language}.toml: {key} and {first.language}.toml: only one of them has plural forms"


def unspeakable(language: str, key: str, sentence: Sentence) -> Iterator[str]:
    """What keeps ``sentence`` from being spoken well, each as the end of a sentence that begins with its name."""
    for text in sentence.forms.values():
        yield from _bad_text(text)
        if key.partition(".")[0] not in PARTS and text.strip() and not text.endswith((".", "?", "!")):
            yield "does not end like a sentence, so the next one would run into it"
    if sentence.forms.keys() != {"other"}:
        yield from _bad_plural(language, sentence)


def _bad_text(text: str) -> Iterator[str]:
    if not text.strip():
        yield "is empty"
    if len(text) > LONGEST:
        yield f"has {len(text)} characters; nobody listens to more than {LONGEST} at a time"
    if text != " ".join(text.split()):
        yield "has spaces too many, or a line break"
    if any(unicodedata.category(character)[0] == "C" for character in text):
        yield "has a character that cannot be seen or sent"
    for name in Sentence({"other": text}).placeholders():
        if not name.isidentifier():
            yield f"has the placeholder {{{name}}}, which is no name"


def _bad_plural(language: str, sentence: Sentence) -> Iterator[str]:
    wanted = FORMS[language]
    for form in wanted:
        if form not in sentence.forms:
            yield f"lacks the plural form {form!r}"
    for form, text in sentence.forms.items():
        if form not in wanted:
            yield f"has the plural form {form!r}, which this language does not use"
        absent = sentence.placeholders() | {"count"}
        absent -= Sentence({form: text}).placeholders()
        if form == "one" and language in ONE_IS_ONE:
            absent -= {"count"}
        if absent:
            yield f"does not say {_braced(absent)} in its form {form!r}"


def _repeated(one: Catalogue) -> Iterator[str]:
    """A second try in the words of the first helps nobody."""
    tries: dict[str, list[str]] = {}
    for key in one.sentences:
        question, _, last = key.rpartition(".")
        if question.endswith((".nonsense", ".silence")) and last:
            tries.setdefault(question, []).append(key)
    for keys in tries.values():
        for earlier, later in combinations(keys, 2):
            if one.sentences[earlier] == one.sentences[later]:
                yield f"{later} asks again in the very words of {earlier}"


def _misused(catalogues: Sequence[Catalogue], used: Sequence[Use]) -> Iterator[str]:
    sentences = {key: sentence for each in reversed(catalogues) for key, sentence in each.sentences.items()}
    for use in used:
        sentence = sentences.get(use.key)
        if sentence is None:
            yield f"{use.where}: uses {use.key}, a sentence that no catalogue has"
        elif use.filled is not None and use.filled != sentence.placeholders():
            mine, theirs = _braced(use.filled), _braced(sentence.placeholders())
            yield f"{use.where}: fills {mine} into {use.key}, which has {theirs}"


def _unused(catalogues: Sequence[Catalogue], used: Sequence[Use]) -> Iterator[str]:
    spoken = {use.key for use in used}
    for key in _all_keys(catalogues):
        if key not in spoken:
            files = ", ".join(f"{each.language}.toml" for each in catalogues if key in each.sentences)
            yield f"{files}: {key} is a sentence that no code uses"


def _all_keys(catalogues: Sequence[Catalogue]) -> list[str]:
    return sorted({key for each in catalogues for key in each.sentences})


def _braced(names: Iterable[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in sorted(names)) or "no placeholder"
