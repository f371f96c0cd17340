"""Bugs against R2: replays that reckon otherwise than the line did."""

from contextlib import AbstractContextManager
from unittest.mock import patch

from ivr.line import past_standing, replay
from tests.faults.planted import scripts
from tests.faults.planted.bug import planted


@planted("R2", scripts.to_the_end(scripts.nobody_answers_and_the_caller_calls_again))
def forgets_the_cooldown() -> AbstractContextManager[object]:
    """A replay reckons no cooldown after the attempts before."""
    return patch.object(past_standing, "_rest", lambda *_: None)


@planted("R2", scripts.two_callers_and_one_ticket)
def forgets_what_was_under_way() -> AbstractContextManager[object]:
    """A replay knows nothing of what had happened to the ticket."""
    return patch.object(replay, "standing_at", lambda *_: past_standing.Standing())
