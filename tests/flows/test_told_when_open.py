"""Escalation is not open yet: the customer can be told the minute it is, by a text or by a call."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from flows.effects import CallbackWanted, EscalationRefused
from flows.heard import TicketFound
from flows.prompts.spoken import Moment, Spelled
from flows.rules.cooldown import RefusedBecause, Standing
from flows.rules.way_forward import CallbackTerms
from flows.ticket import Status
from tests.flows.on_the_line import OnTheLine
from tests.flows.world import FOUND, HOUR, LINE, MINUTE, NOW

NUMBER = "+12025550123"
OPENS = NOW + HOUR
RESTS = replace(FOUND, standing=Standing(quiet_until=OPENS), call_back=NUMBER)
WITHOUT_CALLS = replace(LINE, callback=CallbackTerms(offered=False))


def refused(found: TicketFound, line: object = LINE) -> OnTheLine:
    """A caller who has heard why not."""
    caller = OnTheLine(line)  # type: ignore[arg-type]
    caller.keys_the_ticket(found)
    return caller


def test_a_telephone_that_shows_texts_is_offered_one() -> None:
    caller = refused(replace(RESTS, texts=True))
    offered = caller.hears
    caller.presses("1")

    assert offered[2:] == ("refused.text_me", "refused.other_ticket", "refused.repeat")
    assert caller.hears == ("refused.will_text", "refused.goodbye")
    assert caller.sentence("refused.will_text").values == {"ending": Spelled("0123")}
    assert caller.states == (CallbackWanted(opens_at=OPENS, by_text=True),)
    assert caller.is_over


def test_any_other_telephone_is_offered_a_call() -> None:
    caller = refused(RESTS)
    offered = caller.hears
    caller.presses("1")

    assert offered[2:] == ("refused.call_me", "refused.other_ticket", "refused.repeat")
    assert caller.hears == ("refused.will_call", "refused.goodbye")
    assert caller.states == (CallbackWanted(opens_at=OPENS),)


def test_a_call_waits_for_the_day_and_the_caller_hears_so() -> None:
    at_night = datetime(2026, 3, 4, 8, 0, tzinfo=UTC)    # 3:00 in New York
    caller = refused(replace(RESTS, standing=Standing(quiet_until=at_night)))

    caller.presses("1")

    morning = datetime(2026, 3, 4, 13, 0, tzinfo=UTC)
    assert caller.sentence("refused.will_call").values["opens"] == Moment(morning, NOW, "America/New_York")


@pytest.mark.parametrize(
    ("found", "line"),
    [
        (replace(RESTS, call_back=""), LINE),
        (RESTS, WITHOUT_CALLS),
        (replace(RESTS, ticket=replace(FOUND.ticket, status=Status.CLOSED)), LINE),
    ],
    ids=["no number on file", "the line calls nobody back", "no clock opens it"],
)
def test_nothing_is_offered_that_cannot_be_kept(found: TicketFound, line: object) -> None:
    caller = refused(found, line)

    assert caller.hears[2:] == ("refused.other_ticket", "refused.repeat")
    assert isinstance(caller.states[0], EscalationRefused)


def test_a_text_is_offered_even_where_the_line_calls_nobody_back() -> None:
    caller = refused(replace(RESTS, texts=True), WITHOUT_CALLS)

    assert caller.hears[2] == "refused.text_me"


def test_who_loses_the_claim_to_a_cooldown_is_offered_it_too() -> None:
    caller = OnTheLine()
    caller.keys_the_ticket(replace(FOUND, call_back=NUMBER))
    caller.presses("1")

    caller.claim_is_lost(RefusedBecause.COOLING_DOWN, NOW + 5 * MINUTE)

    assert caller.hears == ("refused.cooling_down", "refused.call_me", "refused.other_ticket", "refused.repeat")


def test_another_ticket_forgets_what_was_offered_for_this_one() -> None:
    caller = refused(RESTS)

    caller.presses("2")
    caller.keys_the_ticket(replace(FOUND, ticket=replace(FOUND.ticket, number="48299", status=Status.CLOSED)))

    assert caller.hears[2:] == ("refused.other_ticket", "refused.repeat")
