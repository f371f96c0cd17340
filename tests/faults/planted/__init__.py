"""Bugs planted into the line, at least two for each invariant: an invariant that catches none proves nothing.

Each is a patch of the running program, never of its source, with a short script in which it must be caught.
"""

from tests.faults.planted import answers, bridges, claims, ends, guessing, memory, post, replays, rings
from tests.faults.planted.bug import PLANTED, Bug

__all__ = ["PLANTED", "Bug", "answers", "bridges", "claims", "ends", "guessing", "memory", "post", "replays", "rings"]
