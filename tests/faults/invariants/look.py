"""What an invariant looks at, and the list of all of them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from ivr.emulator.happenings import Alerted
from tests.faults.books import Page
from tests.faults.wire import Repeat, Webhook
from tests.faults.witness import Bridge, Order, Witness

if TYPE_CHECKING:
    from tests.faults.judge import Judge
    from tests.faults.world import World


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """The world at one moment. ``since`` is the moment of the last look; webhooks, repeats, alerts, bridges and orders
    are those that have come since then."""

    world: "World"
    judge: "Judge"
    witness: Witness
    page: Page
    now: datetime
    since: datetime
    was_restarted: bool
    webhooks: tuple[Webhook, ...]
    repeats: tuple[Repeat, ...]
    alerts: tuple[Alerted, ...]
    bridges: tuple[Bridge, ...]
    orders: tuple[Order, ...]


Hold = Callable[[Look], Iterator[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Invariant:
    """One invariant: what must always hold, and what must hold when all calls are over."""

    code: str
    words: str
    always: list[Hold] = field(default_factory=list)
    at_end: list[Hold] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Broken:
    """An invariant that does not hold, and how that shows."""

    code: str
    words: str

    def __str__(self) -> str:
        return f"{self.code} ({WORDS[self.code]}): {self.words}"


WORDS = {
    "I1": "every webhook is answered with a document the carrier can follow, within five seconds",
    "I2": "nobody is left in silence",
    "I3": "every call ends, and the line knows it",
    "I4": "nobody is rung about a ticket whose phones rest",
    "I5": "one attempt for each escalation, and one at a time for each ticket",
    "I6": "nobody is put through without having pressed the key",
    "I7": "one manager at a time, and the other phones stop",
    "I8": "nobody is rung for a caller who has left",
    "I9": "the ladder is climbed as published, and ends in an outcome",
    "I10": "every escalation is mailed, and a repeat is known as one",
    "I11": "a forged request changes nothing",
    "I12": "who guesses numbers learns nothing",
    "I13": "only allowed numbers are dialled or texted",
    "I14": "what anybody was told is in the books",
    "I15": "when all calls are over everything borrowed is given back",
    "R1": "a webhook that comes again is answered again, with no second effect",
    "R2": "a replay of the calls decides as the line did",
}
"""R1 is the first design rule of faults.md section 2.1, R2 is our own; the others are section 2.3."""

INVARIANTS = tuple(Invariant(code=code, words=words) for code, words in WORDS.items())
_BY_CODE = {each.code: each for each in INVARIANTS}


def invariant(code: str, *, at_end: bool = False) -> Callable[[Hold], Hold]:
    """Declare the decorated function as a part of invariant ``code``: it yields a sentence for everything wrong."""

    def declare(hold: Hold) -> Hold:
        found = _BY_CODE[code]
        (found.at_end if at_end else found.always).append(hold)
        return hold

    return declare


def told(number: str) -> str:
    """A number as a failure message names it."""
    return f"…{number[-2:]}"


def clock(at: datetime | None) -> str:
    """A time as a failure message names it."""
    return "never" if at is None else f"{at:%a %H:%M:%S}"
