"""What the line asks of the parts of the world it does not own."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Protocol

from flows.effects import News
from flows.prompts.rewording import NONE, Rewordings
from flows.ticket import Ticket
from ivr.line.links import Link


class RetryLater(Exception):
    """The other side cannot do it now; the same request may succeed later. The message says what was wrong."""


class Rejected(Exception):
    """The other side will never do it as asked; trying again is useless. The message says what to mend."""


class TicketSystem(Protocol):
    """A ticket system, seen through its connector."""

    def find(self, number: str) -> Ticket | None:
        """The ticket customers know by ``number``, or None. Raises RetryLater when the system gives no answer."""

    def add_note(self, number: str, text: str, key: str) -> None:
        """Write a work note; the same ``key`` is written once. Raises RetryLater or Rejected."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """Whom a notice is for. ``language`` and IANA ``zone`` are how this person reads words and times; ``person`` is the
    key in the routing. ``stands_in_for`` names the schedule on which nobody is on duty who could be told instead."""

    name: str
    address: str
    language: str
    zone: str
    person: str = ""
    stands_in_for: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Promised:
    """An answer that the manager ``name`` (level ``title``) promised at ``at``, by ``until``."""

    title: str
    name: str
    at: datetime
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One thing to tell one person. ``key`` is stable over retries, so that a receiver can tell a repeat from news.

    ``caller`` is the calling number (E.164, empty when withheld); ``ticket`` is None when the ticket system was down,
    then ``number`` is all that is known (empty: nothing). ``rings`` says in order whom the line rang and how it ended:
    title, name, outcome. ``link`` leads to a page where something can be done about it; ``link_url`` is its address,
    made when the notice is handed over. ``promised`` is the answer that the news is about, if any; ``length`` how long
    the message is that was left.
    """

    key: str
    news: News
    at: datetime
    company: str
    recipient: Recipient
    number: str
    caller: str
    ticket: Ticket | None = None
    response_due: datetime | None = None
    rings: tuple[tuple[str, str, str], ...] = ()
    length: timedelta | None = None
    link: Link | None = None
    link_url: str = ""
    promised: Promised | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarWarning:
    """The calendar that fills a schedule could not be had for a while. ``schedule`` and ``source`` are what people call
    them, ``trouble`` says why; what was imported at ``imported_at`` (None: never) stays in force."""

    key: str
    at: datetime
    company: str
    recipient: Recipient
    schedule: str
    source: str
    trouble: str
    imported_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LineTroubles:
    """What is wrong with the line itself, for one of its owners. ``troubles`` are sentences that say what to do,
    ``names`` what they are known by."""

    key: str
    at: datetime
    company: str
    recipient: Recipient
    troubles: tuple[str, ...]
    names: tuple[str, ...]


class Legs(Protocol):
    """The carrier's side of managers' legs: calls that we place ourselves."""

    def place(self, ring: int, number: str, caller_id: str, ring_seconds: int) -> str:
        """Ring ``number`` for ``ring_seconds``; what is answered is led to the screening of ``ring``. The leg's SID.

        Raises RetryLater or Rejected when the carrier does not take the order within 2 seconds; it is not repeated,
        for an order whose answer was lost may have been carried out.
        """

    def stop(self, sid: str) -> None:
        """End a leg, ringing or answered. Raises RetryLater or Rejected; a leg that is over already is fine."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """What the carrier tells about a recording: its name there, and how many ``seconds`` it lasts."""

    sid: str
    seconds: int


class Recordings(Protocol):
    """The recordings that the carrier keeps for us."""

    def audio(self, sid: str) -> bytes:
        """The sound, as a WAV file. Raises RetryLater, or Rejected when there is no such recording."""

    def of_call(self, call_sid: str) -> list[Recording]:
        """What was recorded on a call. Raises RetryLater or Rejected."""

    def delete(self, sid: str) -> None:
        """Delete a recording for good; one that is gone already is fine. Raises RetryLater or Rejected."""


class Texting(Protocol):
    """The carrier's side of text messages."""

    def send(self, to: str, sender: str, words: str) -> None:
        """Hand the text over. Raises RetryLater or Rejected; after RetryLater it may have been taken all the same."""

    def was_taken(self, to: str, sender: str, beginning: str, since: datetime) -> bool:
        """Whether the carrier has since taken a text that begins so; asked before one is sent again. Raises
        RetryLater."""


class CustomerCalls(Protocol):
    """The carrier's side of calls to customers who want to be called back."""

    def place(self, callback: int, turn: int, number: str, caller_id: str, ring_seconds: int) -> str:
        """Ring ``number``; the leg's SID. Raises Rejected, or RetryLater: then it may have been placed all the same."""

    def was_placed(self, number: str, caller_id: str, since: datetime) -> str | None:
        """The latest call to ``number`` since then, if there is any; asked before it is rung again. Raises
        RetryLater."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """What something has cost; ``currency`` as ISO 4217 names it."""

    amount: Decimal
    currency: str


class Prices(Protocol):
    """The carrier's side of what calls have cost."""

    def of_leg(self, sid: str) -> Price | None:
        """What one leg has cost; None while that is not reckoned yet. Raises RetryLater or Rejected."""


class ReadingAloud(Protocol):
    """The carrier's side of hearing a sentence in its own voice."""

    def read(self, number: str, caller_id: str, language: str, named: str, words: str) -> None:
        """Ring ``number`` and read ``words`` by the voice of this name (empty: the usual one). Raises RetryLater or
        Rejected."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wiring:
    """Where the carrier sends what happens on a number, and by which method; empty: nowhere."""

    voice_url: str
    voice_method: str
    status_callback: str
    status_method: str
    fallback_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CarrierNumber:
    """A number in the carrier's account; ``sid`` is its name there."""

    sid: str
    wiring: Wiring


class CarrierNumbers(Protocol):
    """The carrier's side of the numbers that customers call."""

    def known(self, number: str) -> CarrierNumber | None:
        """The number (E.164), None where the account has no such one. Raises RetryLater or Rejected."""

    def connect(self, sid: str, wiring: Wiring) -> None:
        """Send what happens on the number there; its fallback stays. Raises RetryLater or Rejected."""


class Channel(Protocol):
    """A way to reach a person: e-mail now, others as folders of their own."""

    def send(self, notice: Notice, reworded: Rewordings = NONE) -> None:
        """Hand the notice over, in the words of ``reworded`` where it has some. Raises RetryLater or Rejected."""

    def warn(self, warning: CalendarWarning | LineTroubles, reworded: Rewordings = NONE) -> None:
        """Hand a warning over to whoever looks after the line, worded likewise. Raises RetryLater or Rejected."""


class FactPosts(Protocol):
    """The way to the servers of other programs that are told what happens."""

    def post(self, url: str, secret: str, name: str, body: str, at: int) -> int:
        """Hand over ``body``, the fact called ``name``, signed with ``secret`` at Unix time ``at``; the HTTP status
        that was answered. Raises RetryLater when there was no answer."""
