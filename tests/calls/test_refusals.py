"""Escalation is refused with the reason and the local time at which it opens; nobody is rung and nobody is mailed."""

from dataclasses import replace

import pytest

from flows.ticket import Ticket
from tests.calls.stage import Stage

REFUSALS = [
    pytest.param("48214", "30 minutes ago. You can escalate it from today at 11:30 AM", "grace", id="grace"),
    pytest.param("48215", "Support is waiting for your answer", "waiting-for-requester", id="waiting"),
    pytest.param("48216", "does not include escalation", "not-allowed", id="program without escalation"),
    pytest.param("48217", "still has time to respond", "guaranteed-response", id="response"),
    pytest.param("48218", "This ticket is closed", "closed", id="closed"),
    pytest.param("48219", "has an escalation path of its own", "other-path", id="other product"),
]


@pytest.mark.parametrize(("ticket", "words", "reason"), REFUSALS)
def test_the_caller_hears_why_not(stage: Stage, ticket: str, words: str, reason: str) -> None:
    stage.calls_in_english()
    stage.caller.press(f"{ticket}#")
    heard = stage.caller.hears(words)
    assert " ".join(ticket) in heard
    stage.caller.hears("Thank you for calling. Goodbye")
    stage.caller.call_ends()

    with stage.line.parts.store.reading() as work:
        (call,) = work.calls.recent(5)
        (refusal,) = work.refusals.of(call.sid)
    assert refusal.reasons[0] == reason
    assert stage.rings(ticket) == []
    stage.ends(mails=0)


def test_star_repeats_a_refusal_and_1_leads_to_another_ticket(stage: Stage) -> None:
    stage.calls_in_english()
    stage.caller.press("48218#")
    stage.caller.hears("This ticket is closed")
    stage.caller.press("*")
    stage.caller.hears("This ticket is closed")
    stage.caller.press("1")
    stage.caller.hears("key in your ticket number")
    stage.caller.press("48213#")
    stage.caller.hears("may be escalated")
    stage.caller.hang_up()
    stage.ends(mails=0)


def test_a_caller_in_another_zone_hears_the_zone_named(stage: Stage) -> None:
    with stage.line.parts.store.writing() as work:
        ticket = work.tickets.find("48214")
        assert ticket is not None
        work.tickets.put(in_berlin(ticket))
    stage.calls_in_english()
    stage.caller.press("48214#")
    stage.caller.hears("from today at 5:30 PM, Central European Standard Time")
    stage.caller.hang_up()
    stage.ends(mails=0)


def in_berlin(ticket: Ticket) -> Ticket:
    """The same ticket of a requester in Germany."""
    return replace(ticket, time_zone="Europe/Berlin")


def test_a_ticket_about_a_product_of_another_line_is_told_its_number(stage: Stage) -> None:
    with stage.line.parts.store.writing() as work:
        _, routing = work.routing.current()
        line = replace(routing.lines[0], products=("Endpoint Agent",))
        other = replace(line, number="+12025550151", company="Northwind Backup", products=("Backup Server",))
        work.routing.publish(replace(routing, lines=(line, other)), "test", "two lines", stage.exchange.now())
    stage.calls_in_english()
    stage.caller.press("48213#")
    stage.caller.hears("Backup Server has an escalation path of its own. Northwind Backup, +1 202 555 0151.")
    stage.caller.hang_up()
    stage.ends(mails=0)
