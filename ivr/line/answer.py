"""What one webhook is answered with, before it becomes a document of the carrier's."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol, TypeAlias

from flows.turn import Wait
from ivr.line.speech import Spoken


@dataclass(frozen=True, slots=True, kw_only=True)
class OneMoment:
    """The outside world takes longer than a caller should wait in silence: come back to the same question."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What to say, what to wait for, and under which turn number the carrier reports what came of it.

    ``line`` is the number that shows as caller ID. ``ring`` identifies the ring that a ``Ring`` starts, or, in a
    manager's conversation, the ring that was answered; None in the caller's. ``queue`` names the place where the caller
    is on hold, ``exit_turn`` the turn under which the carrier reports that the hold is over; ``on_hold``: this answer
    is heard there. ``voices`` names the voice of each language that has another than the usual one.
    """

    said: tuple[Spoken, ...]
    wait: Wait | OneMoment
    next_turn: int
    line: str
    ring: int | None
    screening: bool = False
    exit_turn: int | None = None
    on_hold: bool = False
    queue: str = ""
    voices: Mapping[str, str] = field(default_factory=dict)


Document: TypeAlias = str
"""What is sent back to the carrier, word for word."""


class Renderer(Protocol):
    """Turns answers into the carrier's documents."""

    def document(self, answer: Answer) -> Document:
        """The document; it is well-formed, whatever text the answer carries."""

    def goodbye(self) -> Document:
        """The document that ends a call which has nothing left to say."""
