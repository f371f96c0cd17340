"""What stands in a timeline. The names of the kinds are stable: the API and the admin's pages use them."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum


class Kind(Enum):
    """What happened. ``value`` is the stable machine name."""

    REFUSED = "refused"
    CLAIMED = "claimed"
    RANG = "rang"
    PASSED_OVER = "passed-over"                  # it was this member's turn, and no phone rang
    TALK_BEGAN = "talk-began"
    TALK_ENDED = "talk-ended"
    RESOLVED = "resolved"                        # the manager says so
    PROMISE_MADE = "promise-made"
    HANDED_UP = "handed-up"
    QUIET_ASKED = "quiet-asked"
    CONFIRMED = "confirmed"                      # the caller says that it is resolved
    ATTEMPT_ENDED = "attempt-ended"
    COOLDOWN_BEGAN = "cooldown-began"
    COOLDOWN_SET = "cooldown-set"
    COOLDOWN_LIFTED = "cooldown-lifted"
    DE_ESCALATED = "de-escalated"
    PROMISE_KEPT = "promise-kept"
    PROMISE_BROKEN = "promise-broken"
    PROMISE_SUPERSEDED = "promise-superseded"
    PROMISE_GONE = "promise-gone"
    CALLBACK_WANTED = "callback-wanted"          # by the customer, when a manager can be reached or escalation opens
    CALLBACK_ANSWERED = "callback-answered"
    CALLBACK_CANCELLED = "callback-cancelled"
    CALLBACK_NOT_NEEDED = "callback-not-needed"
    CALLBACK_GIVEN_UP = "callback-given-up"
    TEXT_WANTED = "text-wanted"                  # by the customer, when escalation opens
    TOLD_WHEN_OPEN = "told-when-open"
    LETTER_WAITING = "letter-waiting"
    LETTER_SENT = "letter-sent"
    LETTER_DEAD = "letter-dead"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One thing that happened at ``at``; what does not apply is empty or None.

    ``attempt`` is the id of the attempt; ``rank`` (from 1), ``title`` and ``name`` say whose ring it was; ``outcome``
    how a ring or an attempt ended; ``until`` when what it began ends; ``seconds`` how long it took. ``who`` did it: a
    caller's masked number, a person or a rule; ``why`` in words, or names of reasons. ``letter`` is what was written.
    """

    at: datetime
    kind: Kind
    attempt: int | None = None
    rank: int | None = None
    title: str = ""
    name: str = ""
    outcome: str = ""
    until: datetime | None = None
    seconds: int | None = None
    who: str = ""
    why: str = ""
    letter: str = ""
