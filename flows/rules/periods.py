"""Stretches of time: put together, shared, and what is missing between them."""

from collections.abc import Iterable
from datetime import datetime

from flows.rules.working_time import Period


def joined(periods: Iterable[Period]) -> list[Period]:
    """The same time in order, with no moment counted twice; empty stretches are left out."""
    found: list[Period] = []
    for begins, ends in sorted(periods):
        if begins >= ends:
            continue
        if found and begins <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], ends))
        else:
            found.append((begins, ends))
    return found


def shared(one: Iterable[Period], other: Iterable[Period]) -> list[Period]:
    """The time that is in both."""
    others = joined(other)
    met = ((max(begins, first), min(ends, last)) for begins, ends in joined(one) for first, last in others)
    return [(begins, ends) for begins, ends in met if begins < ends]


def missing(periods: Iterable[Period], start: datetime, end: datetime) -> list[Period]:
    """The time between two instants that is in none of ``periods``."""
    left: list[Period] = []
    since = start
    for begins, ends in joined(periods):
        if since < begins and since < end:
            left.append((since, min(begins, end)))
        since = max(since, ends)
    return [*left, (since, end)] if since < end else left
