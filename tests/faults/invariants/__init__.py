"""The invariants of faults.md section 2.3, each in the words of the trade; ``broken`` looks at all of them."""

from tests.faults.invariants import answers, bridges, claims, ends, guessing, memory, post, replays, rings
from tests.faults.invariants.look import INVARIANTS, Broken, Invariant, Look

__all__ = ["INVARIANTS", "Broken", "Invariant", "Look", "answers", "bridges", "broken", "claims", "ends", "guessing",
           "memory", "post", "replays", "rings"]


def broken(look: Look, *, at_end: bool = False) -> list[Broken]:
    """Everything that does not hold now; ``at_end`` asks what must hold when all calls are over."""
    return [
        Broken(each.code, words)
        for each in INVARIANTS
        for hold in (each.at_end if at_end else each.always)
        for words in hold(look)
    ]
