"""Access: how much guessing of ticket numbers the line bears. The ticket number is the authorization (article 5850),
and numbers are easily guessed, so wrong tries are counted."""

from dataclasses import dataclass

WRONG_TRIES = range(3, 101)
"""One call alone takes three; whoever may key hundreds an hour guesses."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessTerms:
    """``wrong_tries`` a caller may make in an hour; after that every number sounds as if it did not exist."""

    wrong_tries: int = 6

    def __post_init__(self) -> None:
        if self.wrong_tries not in WRONG_TRIES:
            raise ValueError(f"callers may key {WRONG_TRIES.start} to {WRONG_TRIES.stop - 1} wrong numbers an hour")


def too_many_wrong_tries(wrong_by_caller: int, terms: AccessTerms) -> bool:
    """Whether this caller has used up the wrong tries of the last hour."""
    return wrong_by_caller >= terms.wrong_tries
