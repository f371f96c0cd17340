"""I14: what the line said was done is in the books, and stays there."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row

from tests.faults.books import Page
from tests.faults.invariants.look import Look, invariant
from tests.faults.sentences import says, words_of


@dataclass(frozen=True, slots=True)
class Told:
    """Something a person was told, and how the books show it."""

    words: str
    sid: str
    holds: Callable[[Page, str], bool]


def _ring(page: Page, sid: str) -> Row[Any] | None:
    return next((row for row in page.rings if row.leg_sid == sid), None)


def _terms(terms: str) -> Callable[[Page, str], bool]:
    def holds(page: Page, sid: str) -> bool:
        ring = _ring(page, sid)
        return ring is not None and ring.terms == terms

    return holds


def _mail(news: str) -> Callable[[Page, str], bool]:
    return lambda page, sid: any(row.key.startswith(f"{sid}/") and row.key.endswith(f"/{news}") for row in page.outbox)


def _ring_has(column: str) -> Callable[[Page, str], bool]:
    return lambda page, sid: getattr(_ring(page, sid), column, None) is not None


def _attempt_is_over(page: Page, sid: str) -> bool:
    return any(row.call_sid == sid and row.ended_at is not None for row in page.attempts)


def _message_is_kept(page: Page, sid: str) -> bool:
    return any(row.call_sid == sid and row.state == "kept" for row in page.messages)


def _callback_is_wanted(page: Page, sid: str) -> bool:
    """The ticket's: a customer who asks twice is called back once."""
    call = page.call(sid)
    return call is not None and any(row.ticket_number == call.ticket_number for row in page.callbacks)


MEANS: dict[str, Callable[[Page, str], bool]] = {
    "claimed.notified": _mail("escalation-accepted"),
    "exhausted.notified": _mail("nobody-reached"),
    "hold.mailed": _attempt_is_over,
    "message.kept": _message_is_kept,
    "ways.called_back": _callback_is_wanted,
    "screening.declined": _ring_has("declined_at"),
    "screening.why": _ring_has("declined_at"),
    "screening.joining": _ring_has("accepted_at"),
    "wrap_up.resolved_noted": _terms("resolved"),
    "wrap_up.promised": _terms("promised"),
    "wrap_up.handed_up": _terms("handed-up"),
    "wrap_up.quieted": _terms("quiet"),
    "refused.cooling_down": lambda page, sid: any(row.call_sid == sid for row in page.refusals),
    "refused.being_rung": lambda page, sid: any(row.call_sid == sid for row in page.refusals),
}
"""Sentences that state a fact, and the row that makes each true."""


@invariant("I14")
def what_is_said_is_in_the_books(look: Look) -> Iterator[str]:
    """At once, as an onlooker reads them: committed, not only remembered. After a restart everything so far again."""
    fresh = [
        Told(key, made.sid, holds)
        for made in look.webhooks
        if made.status == 200 and made.body
        for key, holds in MEANS.items()
        if says(words_of(made.body), key)
    ]
    look.judge.told += fresh
    for each in look.judge.told if look.was_restarted else fresh:
        if not each.holds(look.page, each.sid):
            yield f"a person on …{each.sid[-4:]} heard {each.words!r}, and the books do not say so"


@invariant("I14")
def a_quiet_that_was_asked_for_is_kept(look: Look) -> Iterator[str]:
    """Until a new attempt begins, the ticket rests at least as long as the manager said."""
    for one in look.judge.statements:
        if one.terms != "quiet":
            continue
        standing = look.page.standing(one.ticket)
        later = any(row.ticket_number == one.ticket and row.started_at > one.at for row in look.page.attempts)
        if not later and (standing is None or standing.quiet_until is None or standing.quiet_until < one.until):
            yield f"ticket {one.ticket} was to rest until {one.until:%H:%M}, and the books say otherwise"


@invariant("I14", at_end=True)
def everything_said_is_still_in_the_books(look: Look) -> Iterator[str]:
    """To the end, through every restart."""
    for each in look.judge.told:
        if not each.holds(look.page, each.sid):
            yield f"a person on …{each.sid[-4:]} heard {each.words!r}, and in the end the books do not say so"
