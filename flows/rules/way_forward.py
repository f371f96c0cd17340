"""What a caller can still do when no manager can be reached: leave a message."""

from dataclasses import dataclass
from datetime import timedelta

LONGEST_TRANSCRIBED = timedelta(minutes=2)
"""The carrier transcribes no longer recordings (twilio.md 1.6)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageTerms:
    """Whether a message is ``offered``, how long it may be, after how much ``silence`` it ends, and whether the carrier
    shall transcribe it (English only, and slowly).

    Raises ValueError for lengths that the carrier cannot record.
    """

    offered: bool = True
    longest: timedelta = timedelta(minutes=2)
    silence: timedelta = timedelta(seconds=5)
    transcribe: bool = False

    def __post_init__(self) -> None:
        if not timedelta(seconds=10) <= self.longest <= timedelta(minutes=10):
            raise ValueError("a message may be from 10s to 10m long")
        if not timedelta(seconds=2) <= self.silence <= timedelta(seconds=30):
            raise ValueError("the silence that ends a message may be from 2s to 30s long")
        if self.transcribe and self.longest > LONGEST_TRANSCRIBED:
            raise ValueError("a message that is transcribed may be at most 2m long")
