"""Recognises sentences of the line in its documents, in whatever language they were spoken."""

import re
from functools import cache, lru_cache
from string import Formatter
from xml.etree.ElementTree import Element, ParseError

from defusedxml.ElementTree import fromstring

from flows.prompts.catalogue import LANGUAGES, catalogue


@cache
def _patterns(key: str) -> tuple[re.Pattern[str], ...]:
    """The sentence in each language, with anything where its placeholders are."""
    texts = (catalogue(language).sentence(key).forms["other"] for language in LANGUAGES)
    return tuple(re.compile(".{1,200}?".join(map(re.escape, _pieces(text)))) for text in texts)


def _pieces(text: str) -> list[str]:
    return [literal for literal, *_ in Formatter().parse(text)]


@lru_cache(maxsize=65536)
def says(words: str, key: str) -> bool:
    """Whether the sentence with this catalogue key is among ``words``."""
    return any(pattern.search(words) for pattern in _patterns(key))


def document(body: str) -> Element | None:
    """The document, if there is one; what is not well-formed the carrier complains about."""
    try:
        return fromstring(body) if body.lstrip().startswith("<?xml") else None
    except ParseError:
        return None


@lru_cache(maxsize=4096)
def words_of(body: str) -> str:
    """Everything a document says."""
    root = document(body)
    return "" if root is None else " ".join("".join(say.itertext()) for say in root.iter("Say"))


def without_numbers(body: str) -> str:
    """A document with every number in it made alike: what two callers who keyed different tickets may compare."""
    return re.sub(r"\d[\d ,]*", "0 ", body)
