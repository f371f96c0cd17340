"""PINs of the manager's line: which are guessed too easily, and how guessing is held off.

A calling number can be forged, so it is never enough. Six digits are 20 bits (ASVS 5.0, 6.5.4); what makes them enough
is that wrong tries are few (6.6.3).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

LENGTH = 6
COUNTING = ("01234567890123456789", "98765432109876543210")


@dataclass(frozen=True, slots=True, kw_only=True)
class PinTerms:
    """How many wrong PINs are borne: ``in_a_call``; ``in_a_row`` for one person, then the PIN is locked for
    ``first_lock``, doubled each time the row goes on, up to ``longest_lock``; ``on_the_line`` within ``window``, then
    no PIN is taken on that line. Whoever guesses hears no difference.
    """

    in_a_call: int = 3
    in_a_row: int = 5
    first_lock: timedelta = timedelta(minutes=15)
    longest_lock: timedelta = timedelta(hours=24)
    on_the_line: int = 20
    window: timedelta = timedelta(hours=1)

    def locked_until(self, wrong_in_a_row: int, now: datetime) -> datetime | None:
        """Until when the latest of so many wrong tries locks the PIN; None: it locks nothing."""
        locks, rest = divmod(wrong_in_a_row, self.in_a_row)
        if not locks or rest:
            return None
        doublings = min(locks - 1, 20)
        return now + min(self.first_lock * (1 << doublings), self.longest_lock)


def could_be_pin(keys: str) -> bool:
    """Whether the keys have the shape of a PIN: six digits."""
    return len(keys) == LENGTH and keys.isascii() and keys.isdigit()


def too_easy(pin: str, numbers: Iterable[str]) -> str | None:
    """What makes ``pin`` one of the first that anybody would try; None when nothing does.

    ``numbers`` are the person's own phone numbers (E.164), which are no secret. Raises ValueError for what is no PIN.
    """
    if not could_be_pin(pin):
        raise ValueError(f"a PIN has {LENGTH} digits")
    if len(set(pin)) < 3:
        return "it has fewer than three different digits"
    if any(pin in counting for counting in COUNTING):
        return "it counts up or down"
    if pin[:3] == pin[3:] or pin[:2] == pin[2:4] == pin[4:]:
        return "it repeats itself"
    if pin == pin[::-1] or (pin[0::2] == pin[1::2]):
        return "it follows a pattern"
    if any(number.endswith(pin) for number in numbers):
        return "it is the end of this person's phone number"
    return None
