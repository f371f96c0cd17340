"""What an admin may word otherwise: the sentences that the line speaks, and the texts of its mails."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Protocol

from flows.prompts import rewording as spoken
from flows.prompts.rewording import Rewordings
from flows.routing import Routing
from ivr.mail_words import rewording as written


class ShippedText(Protocol):
    """A text as it is shipped, and the placeholders that may stand in it."""

    @property
    def text(self) -> str:
        """The text, with placeholders in braces."""

    @property
    def placeholders(self) -> frozenset[str]:
        """Their names, without braces."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rewordable:
    """``section``: where its rewordings stand in a routing file; ``of`` and ``put`` read and change them in a routing.
    ``shipped`` gives a language's texts by
    name. ``mistakes`` says why a text (language, name, text) cannot stand for the shipped one, ``doubts`` what it no
    longer tells; both raise KeyError for an unknown name."""

    section: str
    of: Callable[[Routing], Rewordings]
    put: Callable[[Routing, Rewordings], Routing]
    shipped: Callable[[str], Mapping[str, ShippedText]]
    mistakes: Callable[[str, str, str], list[str]]
    doubts: Callable[[str, str, str], list[str]]


SPOKEN = Rewordable(
    section="words", of=lambda routing: routing.words, put=lambda routing, texts: replace(routing, words=texts),
    shipped=spoken.shipped, mistakes=spoken.mistakes, doubts=spoken.doubts,
)
WRITTEN = Rewordable(
    section="mails", of=lambda routing: routing.mails, put=lambda routing, texts: replace(routing, mails=texts),
    shipped=written.shipped, mistakes=written.mistakes, doubts=written.doubts,
)
