"""Prompts become text for a voice: plain, short, and nothing in it that XML 1.0 cannot carry."""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import assert_never

from flows.prompts.recorded import NO_RECORDINGS, Recordings, played
from flows.prompts.rewording import NONE, Rewordings
from flows.prompts.spoken import Count, Moment, Named, Prompt, Span, Spelled, Value, Words
from ivr.line.phrases import known, phrase
from ivr.line.spoken_times import moment, span

LONGEST_TEXT = 4096
"""Characters the carrier speaks in one go (Twilio's limit for Say)."""

KEYS_BY_NAME = {"*": "key.star", "#": "key.pound"}


@dataclass(frozen=True, slots=True)
class Spoken:
    """Text for a voice of ``language``, one of the catalogues' languages. ``sound`` is played in place of it (empty:
    none), the message ``recording`` after it (0: none)."""

    language: str
    text: str
    recording: int = 0
    sound: str = ""


def speak(
    prompt: Prompt, language: str, reworded: Rewordings = NONE, recordings: Recordings = NO_RECORDINGS
) -> Spoken:
    """The sentence of ``prompt`` in its own language, else in ``language`` (a tag; English when there is no catalogue),
    in the words of an admin where it is ``reworded``, as a sound where one of the ``recordings`` says the same.

    Raises CatalogueError for a key no catalogue has, or a gap nothing fills.
    """
    tongue = known(prompt.language or language)
    text = _sentence(prompt, tongue, reworded)
    return Spoken(tongue, text, prompt.recording, played(recordings, tongue, prompt.key, text))


def _sentence(prompt: Prompt, tongue: str, reworded: Rewordings) -> str:
    if not prompt.values:
        return phrase(tongue, prompt.key, reworded=reworded)
    texts = {name: _text(tongue, value, reworded) for name, value in prompt.values.items()}
    count = prompt.values.get("count")
    number = count.number if isinstance(count, Count) else 0
    return phrase(tongue, prompt.key, texts, number, reworded)[:LONGEST_TEXT]


def _text(language: str, value: Value, reworded: Rewordings) -> str:
    match value:
        case Words(translations=translations, longest=longest):
            text = translations.get(language) or value.text
            return speakable(text, longest) or phrase(language, "units.unknown")
        case Spelled(digits=digits):
            return spelled(language, digits)
        case Named(key=key):
            return phrase(language, key, reworded=reworded)
        case Span():
            return span(language, value)
        case Moment():
            return moment(language, value)
        case Count(number=number):
            return str(number)
        case _:
            assert_never(value)


@lru_cache(maxsize=4096)
def spelled(language: str, digits: str) -> str:
    """Keys one by one, "4 8 2 1 3", so that the voice does not read a number in the ten thousands."""
    keys = speakable(digits.replace(" ", ""), len(digits))
    named = (phrase(language, KEYS_BY_NAME[key]) if key in KEYS_BY_NAME else key for key in keys)
    return " ".join(named) or phrase(language, "units.unknown")


@lru_cache(maxsize=4096)
def speakable(text: str, longest: int) -> str:
    """Text from outside as part of a sentence: one line of visible characters, cut between words.

    Its last full stop goes, because the sentence brings its own. Braces go: no voice reads them well.
    """
    visible = "".join(_visible(character) for character in unicodedata.normalize("NFC", text[: 8 * longest]))
    return _cut(" ".join(visible.split()), longest).rstrip(" .,;:")


def _visible(character: str) -> str:
    """Line breaks become spaces; what no XML document can carry or no eye can see (category C) disappears."""
    if character.isspace() or character in "{}":
        return " "
    return "" if unicodedata.category(character)[0] == "C" else character


def _cut(text: str, longest: int) -> str:
    if len(text) <= longest:
        return text
    kept = text[: longest + 1]
    return kept[: kept.rfind(" ")] if " " in kept else kept[:longest]
