"""Escalation is not open yet: the customer is told the minute it is, by a text or a call, once, and only if so."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from db.repositories.callbacks import CallbackState
from flows.ticket import Status, Ticket
from tests.calls.stage import CONTACT, Stage, on_stage

YOUNG = "48214"
"""Opened half an hour ago: it may be escalated when it is two hours old."""
NINETY_MINUTES = 90 * 60


@pytest.fixture
def texting(sqlite_url: str) -> Iterator[Stage]:
    """A line that sends texts."""
    with on_stage(sqlite_url, texts="links") as told:
        yield told


@pytest.fixture
def calling(sqlite_url: str, ring_mode: str) -> Iterator[Stage]:
    """A line that sends none."""
    with on_stage(sqlite_url, ring_mode=ring_mode) as told:
        yield told


def wants_to_be_told(stage: Stage, *, by: str) -> None:
    """Phone too early, and press 1."""
    stage.calls_in_english()
    stage.caller.press(f"{YOUNG}#")
    stage.caller.hears("You can escalate it from")
    stage.caller.press("1")
    stage.caller.hears(by)
    stage.caller.call_ends()


def time_comes(stage: Stage, seconds: float) -> None:
    """Let time pass and the worker look at what is due."""
    stage.exchange.pass_time(seconds)
    stage.mails()


def ticket_becomes(stage: Stage, **facts: object) -> None:
    """Somebody works on the ticket."""
    with stage.line.parts.store.writing() as work:
        ticket = work.tickets.find(YOUNG)
        assert isinstance(ticket, Ticket)
        work.tickets.put(replace(ticket, **facts))  # type: ignore[arg-type]  # fields of a ticket


def texts(stage: Stage) -> list[str]:
    """What the customer was texted."""
    return [message.text for message in stage.caller.messages]


def state(stage: Stage) -> CallbackState:
    """What became of the wish."""
    with stage.line.parts.store.reading() as work:
        (only,) = work.callbacks.of_ticket(YOUNG)
    return only.state


def rung(stage: Stage) -> int:
    """How often the line has rung the customer."""
    return sum(leg.receiver == CONTACT for leg in stage.exchange.office.legs.values())


def test_a_text_comes_the_minute_escalation_opens_and_never_again(texting: Stage) -> None:
    wants_to_be_told(texting, by="We will send a text message to the number on your ticket that ends in 0 1 2 3")
    time_comes(texting, NINETY_MINUTES - 120)
    assert texts(texting) == []

    time_comes(texting, 120)
    (text,) = texts(texting)
    assert text.startswith("Ticket 48214 can be escalated now")
    time_comes(texting, NINETY_MINUTES)

    assert texts(texting) == [text]
    assert state(texting) is CallbackState.TOLD
    assert rung(texting) == 0
    texting.ends(mails=0)


def test_an_answer_of_support_meanwhile_moves_the_text(texting: Stage) -> None:
    wants_to_be_told(texting, by="We will send a text message")
    texting.exchange.pass_time(NINETY_MINUTES - 600)
    ticket_becomes(texting, updated_at=texting.exchange.now())
    time_comes(texting, 600)
    assert texts(texting) == []

    time_comes(texting, 60 * 60)
    assert len(texts(texting)) == 1
    texting.ends(mails=0)


def test_a_ticket_that_is_closed_meanwhile_is_no_news(texting: Stage) -> None:
    wants_to_be_told(texting, by="We will send a text message")
    ticket_becomes(texting, status=Status.CLOSED)
    time_comes(texting, NINETY_MINUTES)

    assert texts(texting) == []
    assert state(texting) is CallbackState.NOT_NEEDED
    texting.ends(mails=0)


def test_asking_twice_brings_one_text(texting: Stage) -> None:
    for _ in range(2):
        wants_to_be_told(texting, by="We will send a text message")
    time_comes(texting, NINETY_MINUTES)

    assert len(texts(texting)) == 1
    texting.ends(mails=0)


def test_where_no_texts_are_sent_the_line_calls_and_the_customer_escalates(calling: Stage) -> None:
    wants_to_be_told(calling, by="the number on your ticket that ends in 0 1 2 3, from today at 11:30")
    time_comes(calling, NINETY_MINUTES)
    calling.caller.rings()
    calling.caller.answer()
    calling.caller.hears("You asked us to call you back")
    calling.caller.press("1")
    calling.caller.begins_to_hear("may be escalated")
    calling.caller.press("1")
    calling.accepts(calling.level_1)
    calling.caller.talks_to(calling.level_1)
    calling.caller.hang_up()
    calling.level_1.call_ends()
    calling.exchange.pass_time(600)

    assert state(calling) is CallbackState.ANSWERED
    assert rung(calling) == 1
    assert calling.outcomes(YOUNG) == ["reached"]
    calling.ends(mails=2)
