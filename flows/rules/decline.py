"""Why a manager passed a call on. Whoever rings people at night should learn from the answers."""

from enum import Enum


class DeclineReason(Enum):
    """One key each; none at all is fine too."""

    DRIVING = "driving"
    NOT_MINE = "not-mine"
    LATER = "later"
