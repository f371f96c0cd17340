"""How far up the ladder a ticket's escalation has come, and when it begins from the start again.

Source: article 5850 ("start at Level 1 and work through the levels until the resolution satisfies") and issue 4, item
6: a new eligible call resumes above the last level that talked; de-escalation by agreement lifts the position.
"""

from flows.ticket import Status

START = 0
"""The rank of a ticket about which nobody has talked yet, or whose story is over."""


def after_attempt(before: int, talked: int, *, agreed: bool) -> int:
    """The ticket's position after an attempt in which ``talked`` is the highest rank that talked (0: none did).

    An attempt never lowers it, whoever was reached, unless manager and caller agree that the matter is resolved.
    """
    return START if agreed else max(before, talked)


def agreed(*, manager_resolved: bool, caller_resolved: bool) -> bool:
    """De-escalated by agreement: the last manager who talked says that it is resolved, and the caller confirms it. One
    word alone settles nothing: the customer decides what satisfies, the manager what has been done."""
    return manager_resolved and caller_resolved


def starts_over(status: Status) -> bool:
    """Whether a ticket seen in this state is over: if it opens again, its next escalation begins with Level 1."""
    return status in {Status.RESOLVED_PENDING, Status.CLOSED}
