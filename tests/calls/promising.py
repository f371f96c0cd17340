"""What the stories of promises share: a talk, and what the manager states when it is over."""

from dataclasses import replace
from datetime import timedelta

from db.repositories.promises import Promise
from flows.ticket import Status
from flows.wrap_up import Terms, WrapUp
from ivr.emulator.handset import Handset
from ivr.line.terms import state_terms
from tests.calls.stage import Stage

TICKET = "48213"


def talks(stage: Stage, manager: Handset | None = None) -> Handset:
    """The customer escalates, and the first manager to be rung takes the call."""
    answering = manager or stage.level_1
    stage.escalates()
    stage.accepts(answering)
    stage.caller.talks_to(answering)
    return answering


def asked_how_it_goes_on(stage: Stage, manager: Handset | None = None) -> Handset:
    """A manager in a talk presses star."""
    talking = manager or stage.level_1
    talking.press("*")
    talking.begins_to_hear("How does it go on?")
    return talking


def promises(stage: Stage, keys: str = "30#", manager: Handset | None = None) -> None:
    """The manager in the talk promises an answer in so many minutes, or hours behind a star."""
    talking = asked_how_it_goes_on(stage, manager)
    talking.press("2")
    talking.begins_to_hear("Key the minutes")
    talking.press(keys)
    talking.hears("You have promised an answer by")
    talking.call_ends()


def says_resolved(stage: Stage) -> None:
    """The customer, asked after a talk, says that it is resolved."""
    stage.caller.begins_to_hear("If this is resolved for you, press 1")
    stage.caller.press("1")
    stage.caller.hears("Goodbye")
    stage.caller.call_ends()


def promised_in_half_an_hour(stage: Stage) -> None:
    """A whole call, at the end of which the first manager has promised an answer in half an hour."""
    talks(stage)
    promises(stage)
    says_resolved(stage)


def states_later(stage: Stage, terms: Terms, after: timedelta | None = None) -> None:
    """The manager who talked last states terms when the call is over, by a link."""
    now = stage.exchange.now()
    with stage.line.parts.store.writing() as work:
        attempt = work.attempts.of_ticket(TICKET)[0]
        (*_, ring) = (each for each in work.rings.of_attempt(attempt.id) if each.outcome == "talked")
        state_terms(work, ring, WrapUp(terms=terms, until=now + after if after else None), now)


def ticket_becomes(stage: Stage, status: Status = Status.OPEN) -> None:
    """Support has done something on the ticket; now it is in this state."""
    with stage.line.parts.store.writing() as work:
        ticket = work.tickets.find(TICKET)
        assert ticket is not None
        work.tickets.put(replace(ticket, status=status, updated_at=stage.exchange.now()))


def worker_looks(stage: Stage) -> int:
    """The worker looks after promises; how many it looked at."""
    return stage.line.parts.promises.run_once()


def told(stage: Stage) -> list[tuple[str, str]]:
    """The ticket's promises, in order: who made them, and what became of them."""
    return [(promise.person, promise.state.value) for promise in made(stage)]


def made(stage: Stage) -> list[Promise]:
    """The ticket's promises, in order."""
    with stage.line.parts.store.reading() as work:
        return work.promises.of_ticket(TICKET)[::-1]


def notes(stage: Stage) -> list[str]:
    """The work notes on the ticket, when the worker has written what was due."""
    stage.mails()
    with stage.line.parts.store.reading() as work:
        return work.tickets.notes(TICKET)


def passes(stage: Stage, minutes: float) -> None:
    """Time passes."""
    stage.exchange.pass_time(minutes * 60)
