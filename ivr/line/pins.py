"""PINs as Argon2id hashes. The hash is slow by design, so it is never worked out inside a transaction."""

import secrets
from dataclasses import dataclass
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from db.unit_of_work import Store
from flows.rules.pin import LENGTH, too_easy
from flows.turn import CheckPin

SEATS = 2
"""Hashes worked out at the same time in one process: each takes 64 MiB and a tenth of a second of a processor."""

_HASHER = PasswordHasher()
_NOBODYS = "$argon2id$v=19$m=65536,t=3,p=4$bG0vofbfIQCE0bohiEnSIQ$3aZmZF7hp82B8xqqoU/RLHFzpwUPZ7UM0sN5B7f3cww"
"""Stands in for a PIN that is not there, so that having none takes as long as having one: the hash of a long random
text that nobody knows, with the parameters of every other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PinChecked:
    """Whose PIN was keyed, and the hash that proved it; None: nobody's of those who were asked about."""

    person: str | None = None
    hash: str = ""


def hashed(pin: str) -> str:
    """The hash to store. Takes about a tenth of a second."""
    return _HASHER.hash(pin)


def made_up(numbers: tuple[str, ...]) -> str:
    """A PIN by chance, none of those tried first; ``numbers`` are the person's phone numbers."""
    while True:
        pin = "".join(secrets.choice("0123456789") for _ in range(LENGTH))
        if not too_easy(pin, numbers):
            return pin


class PinDesk:
    """Checks keyed PINs. Threads share it; each waits for a seat, so that a flood of guesses cannot use up memory."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._seats = BoundedSemaphore(SEATS)

    def check(self, asked: CheckPin) -> PinChecked:
        """Compare with the PIN of everybody asked about, found or not: nobody may measure who has one, or whose it is.

        The answer is no decision yet: tries are counted, and locks looked at, in the transaction of the turn.
        """
        with self._store.reading() as work:
            stored = work.pins.of(asked.people)
        hashes = {person: stored[person].hash if person in stored else _NOBODYS for person in asked.people}
        with self._seats:
            right = [person for person, hash in hashes.items() if _matches(hash, asked.keys)]
        return PinChecked(person=right[0], hash=hashes[right[0]]) if right else PinChecked()


def _matches(hash: str, keys: str) -> bool:
    try:
        return _HASHER.verify(hash, keys)
    except (VerificationError, InvalidHashError):
        return False
