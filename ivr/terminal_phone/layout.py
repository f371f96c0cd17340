"""A script on a screen: time, party, verb and words in columns; long sentences continue under their own beginning."""

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass

import click

TIME, PARTY, VERB = 5, 10, 9
GAP = "  "
NARROWEST_WORDS = 20
COLOURS = {"caller": "cyan", "mail": "magenta", "carrier": "red"}
"""Everybody else is a manager."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of the script; ``seconds`` since the call began."""

    seconds: float
    party: str
    verb: str
    words: str = ""


def laid_out(entry: Entry, width: int) -> Iterator[str]:
    """The entry in lines of at most ``width`` columns (words keep 20 on the narrowest screen), colours included."""
    minutes, seconds = divmod(max(0, int(entry.seconds)), 60)
    party = click.style(f"{entry.party:{PARTY}}", fg=COLOURS.get(entry.party, "yellow"))
    head = f"{minutes:02}:{seconds:02}{GAP}{party}{GAP}{entry.verb:{VERB}}"
    margin = TIME + PARTY + VERB + 2 * len(GAP)
    wrapped = textwrap.wrap(entry.words, max(NARROWEST_WORDS, width - margin)) or [""]
    yield f"{head}{wrapped[0]}".rstrip()
    yield from (" " * margin + line for line in wrapped[1:])
