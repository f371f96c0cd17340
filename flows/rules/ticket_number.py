"""What a customer keys as a ticket number."""

from dataclasses import dataclass
from typing import TypeAlias

DIGITS = frozenset("0123456789")


@dataclass(frozen=True, slots=True)
class TicketNumber:
    """A number that could be a ticket's; leading zeros belong to it."""

    number: str


@dataclass(frozen=True, slots=True)
class TooShort:
    """Fewer digits than any ticket number has."""


@dataclass(frozen=True, slots=True)
class TooLong:
    """More digits than any ticket number has."""


@dataclass(frozen=True, slots=True)
class NotDigits:
    """Something besides the digits 0 to 9, such as a star in the middle."""


Parsed: TypeAlias = TicketNumber | TooShort | TooLong | NotDigits


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberFormat:
    """How many digits ticket numbers have. Raises ValueError when no number could fit."""

    shortest: int = 4
    longest: int = 10

    def __post_init__(self) -> None:
        if not 1 <= self.shortest <= self.longest:
            raise ValueError("ticket numbers need at least 1 digit, and 'shortest' must not exceed 'longest'")

    def parse(self, keys: str) -> Parsed:
        """What the keyed ``keys`` are; the pound key at the end is optional and not part of the number."""
        digits = keys.removesuffix("#")
        if not DIGITS.issuperset(digits):
            return NotDigits()
        if len(digits) < self.shortest:
            return TooShort()
        return TooLong() if len(digits) > self.longest else TicketNumber(digits)
