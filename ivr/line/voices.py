"""The carrier's voices by language.

Source: the carrier's list of voices (https://www.twilio.com/docs/voice/twiml/say/text-speech). A voice speaks one
locale; any other pair fails (errors 13511, 13512), so the two are never chosen apart.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Voice:
    """A voice as the carrier names it: BCP 47 locale and voice name."""

    locale: str
    name: str


VOICES: Mapping[str, tuple[Voice, ...]] = {
    "en": (
        Voice("en-US", "Polly.Joanna"),
        Voice("en-US", "Polly.Joanna-Neural"),
        Voice("en-US", "Polly.Matthew"),
        Voice("en-US", "Polly.Matthew-Neural"),
        Voice("en-GB", "Polly.Amy"),
        Voice("en-GB", "Polly.Amy-Neural"),
        Voice("en-GB", "Polly.Brian"),
        Voice("en-AU", "Polly.Nicole"),
    ),
    "de": (
        Voice("de-DE", "Polly.Vicki"),
        Voice("de-DE", "Polly.Vicki-Neural"),
        Voice("de-DE", "Polly.Hans"),
        Voice("de-DE", "Polly.Marlene"),
    ),
    "ru": (
        Voice("ru-RU", "Polly.Tatyana"),
        Voice("ru-RU", "Polly.Maxim"),
    ),
}
"""The usual voice of each language first."""


def voice(language: str, name: str = "") -> Voice:
    """The voice called ``name``, or the usual one. Raises KeyError for a language no catalogue exists in.

    A name that is none, from a version published long ago, is answered with the usual voice: a call must not fail.
    """
    usual = VOICES[language][0]
    return next((each for each in VOICES[language] if each.name == name), usual) if name else usual
