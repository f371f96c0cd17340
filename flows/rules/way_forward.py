"""What a caller can still do when no manager can be reached: leave a message, or be called back."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from flows.rules.daily_hours import DAY, DailyHours

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


DAYTIME = DailyHours(begins=time(8), ends=time(20))
"""When nobody minds being called."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CallbackTerms:
    """Whether the line calls customers back (``offered``): at most ``tries`` times, ``interval`` apart, no later than
    ``within`` after it was asked for, and only in ``hours`` of the customer's day.

    Raises ValueError for terms under which nobody could be reached, or would be pestered.
    """

    offered: bool = True
    tries: int = 3
    interval: timedelta = timedelta(minutes=15)
    within: timedelta = timedelta(hours=24)
    hours: DailyHours = DAYTIME

    def __post_init__(self) -> None:
        if not 1 <= self.tries <= 10:
            raise ValueError("a customer may be called 1 to 10 times")
        if not timedelta(minutes=5) <= self.interval <= timedelta(hours=4):
            raise ValueError("calls to a customer may be from 5m to 4h apart")
        if not self.interval <= self.within <= timedelta(days=7):
            raise ValueError("a customer may be called for at most 7d, and at least for one interval")

    def not_before(self, at: datetime, zone: str) -> datetime:
        """When a customer in IANA ``zone`` may be called who is to be called from ``at`` (aware) on: at once, or when
        the hours begin."""
        if self.hours.around(at, zone):
            return at
        return next(begins for begins, _ in self.hours.between(at, at + 2 * DAY, zone) if begins > at)
