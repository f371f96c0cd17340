"""Call: the frozen state of one conversation. A turn answers with the state afterwards; nothing is changed in place."""

from dataclasses import dataclass, field
from datetime import datetime

from flows.prompts.spoken import Prompt
from flows.routing import Line
from flows.rules.cooldown import CooldownTerms
from flows.rules.ladder import Ladder, Position
from flows.ticket import Ticket


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """What every conversation remembers: the step that hears what comes next, the language, and the failed tries."""

    step: str
    language: str
    tries: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class EscalationCall(Call):
    """The caller's conversation.

    ``caller`` is E.164 or empty when withheld. ``keyed`` is the ticket number last keyed.
    ``news`` is what was last found out about the ticket, kept for the
    star key. ``ladder`` and ``cooldown`` are frozen when the attempt starts; ``attempt`` is its
    id, ``window_opens_at`` when the ticket has room for another one (None: it has). ``rung`` are the
    numbers rung in this attempt, ``talked`` the rank of the highest level that talked in it (0: none). ``gone``: the
    caller has hung up, but how the last ring ended is not known yet.
    """

    line: Line
    caller: str
    keyed: str = ""
    news: tuple[Prompt, ...] = ()
    ticket: Ticket | None = None
    response_due: datetime | None = None
    ladder: Ladder | None = None
    cooldown: CooldownTerms = field(default_factory=CooldownTerms)
    last_talked: int = 0
    attempt: int | None = None
    earlier: int = 0
    window_opens_at: datetime | None = None
    position: Position | None = None
    rung: tuple[str, ...] = ()
    talked: int = 0
    gone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreeningCall(Call):
    """The conversation with the manager whose phone rings.

    ``earlier`` counts the ticket's earlier attempts; ``response_due`` is the end of the guaranteed response time;
    ``answered_at`` is when the phone was picked up.
    """

    ticket: Ticket
    response_due: datetime
    earlier: int
    answered_at: datetime
