"""Sentences of the catalogues with their gaps filled. Each is taken apart once, because every webhook speaks."""

from collections.abc import Mapping
from functools import lru_cache
from string import Formatter

from babel import Locale

from flows.prompts.catalogue import LANGUAGES, PLAIN, CatalogueError, catalogue
from flows.prompts.rewording import NONE, Rewordings

LOCALES = {language: Locale(language) for language in LANGUAGES}

Parts = tuple[tuple[str, str | None], ...]
"""A sentence taken apart: literal text, then the name of the gap that follows it (None at the end)."""


@lru_cache(maxsize=256)
def known(language: str) -> str:
    """The catalogue that serves a language tag such as "de-AT"; English for a language that has none.

    Languages come from tickets' and people's records as well as from the line's, and a call must not end over one.
    """
    primary = language.replace("_", "-").partition("-")[0].lower()
    return primary if primary in LANGUAGES else LANGUAGES[0]


def phrase(
    language: str,
    key: str,
    texts: Mapping[str, str] | None = None,
    count: int = 0,
    reworded: Rewordings = NONE,
) -> str:
    """The sentence ``key`` with ``texts`` in its gaps; ``count`` decides its plural form. What is ``reworded`` is said
    so.

    Raises CatalogueError when the sentence does not exist or a gap has no text: the linter keeps both from happening.
    """
    forms = catalogue(language).sentence(key).forms
    form = LOCALES[language].plural_form(count) if len(forms) > 1 else PLAIN
    shipped = forms.get(form) or forms[PLAIN]
    parts = _apart(_reworded(reworded, language, key, form, len(forms) > 1) or shipped)
    if len(parts) == 1 and parts[0][1] is None:
        return parts[0][0]
    return _joined(language, key, parts, texts or {})


def _reworded(reworded: Rewordings, language: str, key: str, form: str, plural: bool) -> str:
    if language not in reworded:
        return ""
    return reworded[language].get(f"{key}.{form}" if plural else key, "")


def _joined(language: str, key: str, parts: Parts, texts: Mapping[str, str]) -> str:
    try:
        return "".join(literal if gap is None else literal + texts[gap] for literal, gap in parts)
    except KeyError as missing:
        raise CatalogueError(f"{language}.toml: nothing fills {{{missing.args[0]}}} of {key}") from missing


@lru_cache(maxsize=4096)
def _apart(text: str) -> Parts:
    return tuple((literal, gap) for literal, gap, _, _ in Formatter().parse(text))
