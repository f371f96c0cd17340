"""What the stories of the manager's line share: a manager with a PIN, on the way in."""

from datetime import timedelta
from functools import lru_cache

from argon2 import PasswordHasher

from db.repositories.claims import Won
from flows.rules.cooldown import CooldownTerms, Outcome
from ivr.emulator.handset import Handset
from tests.calls.stage import LEVEL_1, LINE, Stage

PIN = "730418"
WRONG = "291650"
DANA = "dana-whitfield"
MARCUS = "marcus-oyelaran"


@lru_cache
def hash_of(pin: str) -> str:
    """With the least of work: whatever is compared with it is as quick, and a story is about what follows."""
    return PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(pin)


def gives_pin(stage: Stage, person: str = DANA, pin: str = PIN) -> None:
    """What `ivr people pin set` does."""
    with stage.line.parts.store.writing() as work:
        work.pins.set(person, hash_of(pin), "a story", stage.exchange.now())


def calls_own_line(stage: Stage, phone: Handset) -> None:
    """A manager phones the line, which asks for the PIN."""
    phone.dial(LINE)
    phone.begins_to_hear("key your PIN")


def comes_in(stage: Stage, phone: Handset | None = None, pin: str = PIN) -> Handset:
    """A manager with a PIN phones and keys it; the main menu follows."""
    manager = phone or stage.level_1
    gives_pin(stage)
    calls_own_line(stage, manager)
    manager.press(pin)
    manager.begins_to_hear("Thank you, Dana Whitfield")
    return manager


def acts(stage: Stage, ticket: str = "") -> list[tuple[str, str]]:
    """Who did what, in the last call of Level 1 or about a ticket."""
    with stage.line.parts.store.reading() as work:
        done = work.acts.of_ticket(ticket) if ticket else work.acts.of_call(stage.level_1.call_sid or "")
    return [(act.person, act.act.value) for act in done]


def promises(stage: Stage, *tickets: str, person: str = DANA, hours: int = 1) -> None:
    """The person has promised answers about tickets of theirs, each an hour after the one before."""
    now = stage.exchange.now()
    with stage.line.parts.store.writing() as work:
        for after, ticket in enumerate(tickets):
            won = work.claims.claim(ticket, f"CA-{ticket}", now, now, CooldownTerms(), now)
            assert isinstance(won, Won)
            ring = work.rings.start(won.attempt_id, f"CA-{ticket}", 1, "Manager", "Dana", LEVEL_1, now)
            until = now + timedelta(hours=hours + after)
            work.promises.make(ticket, won.attempt_id, ring, person, now, until)
            work.claims.end(won.attempt_id, Outcome.REACHED, until, 1, now)
