"""Call: the frozen state of one conversation. A turn answers with the state afterwards; nothing is changed in place."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum

from flows.prompts.spoken import Prompt
from flows.routing import Line
from flows.rules.cooldown import CooldownTerms
from flows.rules.hunt import Passed
from flows.rules.ladder import Ladder, Position
from flows.rules.passing_on import Passable
from flows.ticket import Ticket
from flows.wrap_up import WrapUp


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """What every conversation remembers: the step that hears what comes next, the language, and the failed tries."""

    step: str
    language: str
    tries: int = 0


class Leaving(Enum):
    """Why a caller is taken off hold."""

    TO_DIAL = "to-dial"          # the phones could not be rung beside the caller: dial them from the caller's leg
    TO_ASK = "to-ask"            # the talk is over: ask whether it is resolved
    TO_OFFER = "to-offer"        # nobody could be reached: offer other ways forward
    TO_RECORD = "to-record"      # the caller would rather leave a message


@dataclass(frozen=True, slots=True, kw_only=True)
class EscalationCall(Call):
    """The caller's conversation.

    ``caller`` is E.164 or empty when withheld. ``keyed`` is the ticket number last keyed. ``news`` is what was last
    found out about the ticket, kept for the star key; ``owed`` by when a manager had promised an answer that never
    came. ``ladder`` and ``cooldown`` are frozen when the attempt starts; ``attempt`` is its id, ``window_opens_at``
    when the ticket has room for another one (None: it has). ``position`` is the place on the ladder that was rung
    last, ``onward`` from where the hunt goes on (None: it begins). ``rung`` are the numbers rung in this attempt,
    ``passed`` who was passed over in it, ``informed`` which levels (indexes from 0) were told by mail; ``second_pass``:
    everybody has had a turn, and those who were engaged get another. ``talked`` is the rank of the highest level that
    talked in it (0: none). ``gone``: the caller has hung up, but how the last ring ended is not known yet.

    ``hold``: the caller waits on hold while phones ring, else in the carrier's own ringing; ``on_hold``: it is so now.
    On hold, ``ringing`` are
    the numbers ringing, ``ring_until`` when they have stopped at the latest, ``told_at`` when the caller last heard a
    word, ``wrap_until`` how long the manager of the last talk may take to state terms, ``stated`` what that
    manager has stated, ``leaving`` why the caller is taken off hold, ``unsaid`` what happened meanwhile and must still
    be said.

    ``message`` is the id of what was recorded last and can still be discarded (0: nothing).

    ``call_back`` is the number on file (E.164) at which the customer can be called back, empty: none; ``texts`` whether
    it can be sent a text. ``callback`` is the id of the callback that this call is (0: the customer called us, or it is
    no longer needed). ``opens_at`` is when a ticket that was refused may be escalated (None: no clock opens it).

    ``watched`` is the id of the attempt that another call leads for the ticket (0: none); ``seen_level`` and
    ``seen_accepted`` are what the caller was last told of it. ``recorded``: the caller has agreed that talks are
    recorded.
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
    owed: datetime | None = None
    attempt: int | None = None
    earlier: int = 0
    window_opens_at: datetime | None = None
    position: Position | None = None
    onward: Position | None = None
    rung: tuple[str, ...] = ()
    passed: tuple[Passed, ...] = ()
    informed: tuple[int, ...] = ()
    second_pass: bool = False
    talked: int = 0
    gone: bool = False
    hold: bool = False
    ringing: tuple[str, ...] = ()
    ring_until: datetime | None = None
    told_at: datetime | None = None
    wrap_until: datetime | None = None
    stated: WrapUp | None = None
    leaving: Leaving | None = None
    unsaid: tuple[Prompt, ...] = ()
    on_hold: bool = False
    message: int = 0
    call_back: str = ""
    texts: bool = False
    callback: int = 0
    opens_at: datetime | None = None
    watched: int = 0
    seen_level: int = 0
    seen_accepted: bool = False
    recorded: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreeningCall(Call):
    """The conversation with the manager whose phone rings.

    ``earlier`` counts the ticket's earlier attempts; ``response_due`` is the end of the guaranteed response time;
    ``answered_at`` is when the phone was picked up. ``hold``: the caller waits on hold, so that the leg stays ours
    after the talk; ``texts``: the phone that rang can be sent a text; ``higher_level`` whether the ladder goes on;
    ``zone`` in which times are spoken; ``caller_waits`` whether there is a caller to go back to; ``talked`` whether the
    two have talked; ``owed``: by when an earlier
    manager had promised an answer that never came; ``recorded``: the caller has agreed that the talk is recorded.
    """

    ticket: Ticket
    response_due: datetime
    earlier: int
    answered_at: datetime
    hold: bool = False
    talk_limit: timedelta = timedelta(minutes=60)
    higher_level: bool = False
    zone: str = "UTC"
    caller_waits: bool = False
    texts: bool = False
    talked: bool = False
    owed: datetime | None = None
    recorded: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ManagerLineCall(Call):
    """The conversation with a manager who calls.

    ``people`` are the keys of those whose phone this is, ``has_pin`` whether any of them has a PIN; ``caller`` and
    ``hold`` are kept for the customer's conversation, which a manager may want as well. ``wrong_pins`` counts the wrong
    PINs of this call. ``person`` is whose PIN was keyed (empty: nobody's yet), ``zone`` where that person's clock is.

    ``off_until``: end of the person's absence. ``number`` is the ticket keyed last, ``updated_at`` its last update
    (None: the ticket system does not say), ``rests`` whether anything keeps it from ringing managers. ``until`` is the
    time keyed, ``duties`` what would be passed on, neither confirmed yet; ``news`` is what the open question is about.
    """

    line: Line
    caller: str
    people: tuple[str, ...]
    has_pin: bool
    hold: bool = False
    wrong_pins: int = 0
    person: str = ""
    zone: str = "UTC"
    off_until: datetime | None = None
    number: str = ""
    updated_at: datetime | None = None
    rests: bool = False
    news: tuple[Prompt, ...] = ()
    until: datetime | None = None
    duties: tuple[Passable, ...] = ()
