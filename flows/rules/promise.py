"""A manager's promise of an answer by a time: kept or broken.

Source: issue 4, item 6, and design.md section 3, Cooldown: "a promise that passed without a ticket update opens it".
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum


class State(Enum):
    """What became of a promise."""

    OPEN = "open"
    KEPT = "kept"                # the ticket was updated after the promise was made
    BROKEN = "broken"            # its time passed without an update
    SUPERSEDED = "superseded"    # before its time, another promise for the same ticket took its place
    GONE = "gone"                # the ticket no longer exists: nobody waits for the answer


def settled(promised_at: datetime, until: datetime, ticket_updated_at: datetime, now: datetime) -> State:
    """What is to be said at ``now`` about a promise that is still open.

    An update before the time keeps it at once. Ticket systems tell only when the latest update was, so one that came
    late, but before anybody looked, counts as well: nobody is blamed on a guess.
    """
    if ticket_updated_at > promised_at:
        return State.KEPT
    return State.BROKEN if until <= now else State.OPEN


def still_owed(promised_at: datetime, until: datetime, ticket_updated_at: datetime, last_talk: datetime | None) -> bool:
    """Whether a promise that was broken is still to be owned up to, given when somebody last talked about the ticket:
    until the ticket has moved, or a manager has talked about it again."""
    return ticket_updated_at <= promised_at and (last_talk is None or last_talk < until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many promises somebody made, by what became of them; ``void`` ones were superseded, or their ticket is gone.

    ``person`` is a key of the routing's people, empty for everybody together.
    """

    person: str
    kept: int = 0
    broken: int = 0
    open: int = 0
    void: int = 0

    @property
    def made(self) -> int:
        """All of them."""
        return self.kept + self.broken + self.open + self.void


def tallies(counted: Mapping[tuple[str, State], int]) -> tuple[Tally, ...]:
    """One tally for each person, by key, and last the one for everybody. ``counted`` is by person and state."""
    people = sorted({person for person, _ in counted})
    everybody = Counter(dict.fromkeys(State, 0))
    for (_, state), times in counted.items():
        everybody[state] += times
    each = (_tally(person, {state: counted.get((person, state), 0) for state in State}) for person in people)
    return (*each, _tally("", everybody))


def _tally(person: str, times: Mapping[State, int]) -> Tally:
    return Tally(
        person=person,
        kept=times[State.KEPT],
        broken=times[State.BROKEN],
        open=times[State.OPEN],
        void=times[State.SUPERSEDED] + times[State.GONE],
    )
