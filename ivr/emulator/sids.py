"""Identifiers in the carrier's form: two letters and 32 hexadecimal digits, repeatable for a seed."""

import random


class Sids:
    """Hands out identifiers."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(f"sids {seed}")  # noqa: S311 - repeatable on purpose, protects nothing

    def new(self, prefix: str) -> str:
        """``CA`` call, ``CF`` conference, ``QU`` queue, ``RE`` recording, ``SM`` message, ``PN`` number, ``NO``
        alert."""
        return f"{prefix}{self._random.getrandbits(128):032x}"

    def token(self) -> str:
        """A random-looking UUID, such as the idempotency token of a webhook."""
        digits = f"{self._random.getrandbits(128):032x}"
        return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))
