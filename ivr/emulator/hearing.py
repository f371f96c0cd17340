"""What one telephone has heard, and how far a story has followed it."""

import re
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(slots=True, eq=False, kw_only=True)
class Heard:
    """One sentence or sound. ``over`` once it has been heard to its end, or was cut; then ``text`` is the heard
    part."""

    at: datetime
    text: str
    is_speech: bool
    over: bool = False
    was_cut: bool = False


@dataclass(slots=True, eq=False)
class Transcript:
    """Everything heard, in order, with a mark behind the last match."""

    entries: list[Heard] = field(default_factory=list)
    _entry: int = 0
    _offset: int = 0

    def find(self, pattern: re.Pattern[str], *, begun: bool = False) -> str | None:
        """The next sentence that matches after the mark, moving the mark; unfinished ones count only if ``begun``."""
        for index in range(self._entry, len(self.entries)):
            entry = self.entries[index]
            if not (entry.over or begun):
                continue
            match = pattern.search(entry.text, self._offset if index == self._entry else 0)
            if match is not None:
                self._entry, self._offset = index, match.end()
                return entry.text
        return None

    def sentences(self) -> list[str]:
        """The words, without sounds."""
        return [entry.text for entry in self.entries if entry.is_speech]

    def lines(self) -> list[str]:
        """All of it, readable, with times."""
        return [f"{entry.at:%H:%M:%S} {entry.text}{'' if entry.over else ' …'}" for entry in self.entries]
