"""How far up the ladder a ticket's escalation has come: reckoned from who talked about it, and whether it was over."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row

from tests.faults.books import Page


def positions(page: Page, attempt: Row[Any], over: Sequence[datetime]) -> set[int]:
    """The ranks above which an attempt may have begun. Two where the ticket was resolved or closed before (``over``):
    only who saw it in that state knows it. Two as well where an earlier attempt was lost: nobody knows how it went."""
    possible = {0}
    for earlier in page.attempts:
        if earlier.ticket_number != attempt.ticket_number or earlier.id >= attempt.id:
            continue
        talks = [ring for ring in page.of_attempt(earlier.id) if ring.outcome == "talked"]
        highest = max((ring.rank for ring in talks), default=0)
        if talks and earlier.confirmed_at is not None and talks[-1].terms == "resolved":
            possible = {0}
        else:
            climbed = {max(each, highest) for each in possible}
            possible = climbed | possible if earlier.outcome == "lost" else climbed
    return possible | {0} if any(at <= attempt.started_at for at in over) else possible
