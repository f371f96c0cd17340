"""Mails an admin words otherwise: which texts there are, and what one needs to be written in place of the shipped one.

A text is known by section and name: ``opening.escalation-accepted``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from unicodedata import category

from flows.prompts.catalogue import LANGUAGES
from flows.prompts.rewording import braced, placeholders
from ivr.mail_words.words import shipped_sections

LONGEST = 500
"""Characters. Nobody reads a longer sentence at night."""


@dataclass(frozen=True, slots=True)
class Shipped:
    """A text as it is shipped."""

    text: str
    placeholders: frozenset[str]


@cache
def shipped(language: str) -> Mapping[str, Shipped]:
    """Every text of the mails in ``language``, by name, in the order of its file."""
    found = {
        f"{section}.{name}": Shipped(text, _filled(section, name))
        for section, texts in shipped_sections(language).items() for name, text in texts.items()
    }
    return MappingProxyType(found)


def _filled(section: str, name: str) -> frozenset[str]:
    """What is filled in, in any language: one may leave out what another says."""
    texts = (shipped_sections(language)[section][name] for language in LANGUAGES)
    return frozenset(each for text in texts for each in placeholders(text))


def mistakes(language: str, name: str, text: str) -> list[str]:
    """Why ``text`` cannot be written in place of ``name``; none when it can. Raises KeyError for an unknown name."""
    model = shipped(language)[name]
    try:
        unknown = set(placeholders(text)) - model.placeholders
    except ValueError:
        return ["has a brace without its other half; placeholders stand in braces, such as {company}"]
    return [
        *(f"has {{{each}}}, which nothing fills; there is {braced(model.placeholders)}" for each in sorted(unknown)),
        *(["is empty"] if not text.strip() else []),
        *([f"is longer than {LONGEST} characters"] if len(text) > LONGEST else []),
        *(["has a character that cannot be seen or sent"] if any(map(_unseen, text)) else []),
    ]


def doubts(language: str, name: str, text: str) -> list[str]:
    """What ``text`` no longer tells that the shipped one does. It must have no mistakes."""
    left_out = set(placeholders(shipped(language)[name].text)) - set(placeholders(text))
    return [f"no longer says {{{each}}}" for each in sorted(left_out)]


def _unseen(char: str) -> bool:
    return category(char) in {"Cc", "Cs", "Co", "Cn", "Zl", "Zp"}
