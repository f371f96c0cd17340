"""The carrier's voices by language."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Voice:
    """A voice as Twilio names it: BCP 47 locale and voice name; pairs must match (errors 13511, 13512)."""

    locale: str
    name: str


VOICES = {
    "en": Voice("en-US", "Polly.Joanna"),
    "de": Voice("de-DE", "Polly.Vicki"),
    "ru": Voice("ru-RU", "Polly.Tatyana"),
}


def voice(language: str) -> Voice:
    """The voice of ``language``. Raises KeyError for a language no catalogue exists in."""
    return VOICES[language]
