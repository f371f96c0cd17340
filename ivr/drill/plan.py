"""What a drill plays, and what became of it: plain values that travel to the process that plays it, and back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from pydantic import TypeAdapter

from flows.routing import Routing
from flows.rules.schedule import Override
from flows.ticket import Ticket

BEHAVIOURS = ("accept", "decline", "silent", "hang-up", "mailbox", "busy", "no-answer", "unreachable")
"""What a level may do when it is rung; levels that are not named do not answer."""
AFTER_TALK = ("resolved", "next", "hang-up")
HANG_UP_WHEN = ("", "ticket", "confirm", "ringing", "talking")


@dataclass(frozen=True, slots=True, kw_only=True)
class DrillPlan:
    """``ticket`` is keyed on ``line`` (E.164) at ``at``, as if nobody had escalated it before. ``levels`` says what
    each level does when it is rung (one of BEHAVIOURS, by rank), ``after_talk`` what the caller does after a talk,
    ``hang_up_when`` when the caller gives up (empty: not at all). ``overrides`` and ``absences`` (until when, by
    person) are those of the real line; ``regions`` whose numbers may be dialled."""

    routing: Routing
    line: str
    ticket: Ticket
    language: str
    at: datetime
    regions: tuple[str, ...]
    levels: Mapping[int, str] = field(default_factory=dict)
    after_talk: str = "resolved"
    hang_up_when: str = ""
    overrides: tuple[Override, ...] = ()
    absences: Mapping[str, datetime] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """One thing that happened: ``seconds`` after the call began ``who`` (a name, or "mail") did ``verb``."""

    seconds: float
    who: str
    verb: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """A drill that is over: everything that happened in order, how it ended in a sentence, and what went wrong that
    must not (none: the call ended properly)."""

    moments: tuple[Moment, ...]
    ending: str
    failures: tuple[str, ...] = ()


PLANS: TypeAdapter[DrillPlan] = TypeAdapter(DrillPlan)
PLAYED: TypeAdapter[Played] = TypeAdapter(Played)
