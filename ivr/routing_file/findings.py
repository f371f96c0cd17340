"""What is wrong with a routing, and where it stands in the document."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

Place: TypeAlias = tuple[str, ...]
"""The keys that lead to a value from the top of the document; places in a list count from 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One mistake, or one warning, as a sentence that says what to do. ``drawn_from``: other places it rests on."""

    place: Place
    message: str
    warning: bool = False
    drawn_from: tuple[Place, ...] = ()

    def __str__(self) -> str:
        where = f"{'.'.join(self.place)}: " if self.place else ""
        return f"{where}{'warning: ' if self.warning else ''}{self.message}"


def well_founded(findings: Iterable[Finding], unread: Iterable[Place]) -> Iterator[Finding]:
    """Those that rest on nothing ``unread``: a number that could not be read is one mistake, not also a ladder on
    which nobody has a phone."""
    holes = tuple(unread)
    for finding in findings:
        places = (finding.place, *finding.drawn_from)
        if not any(_touch(place, hole) for place in places for hole in holes):
            yield finding


def _touch(one: Place, other: Place) -> bool:
    """Whether one of the places is inside the other."""
    return all(ours == theirs for ours, theirs in zip(one, other, strict=False))
