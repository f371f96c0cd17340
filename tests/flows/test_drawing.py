"""The picture of a flow is derived from its declared edges, so it cannot lie."""

from typing import Any

import pytest

from flows.call_screening import screening
from flows.drawing import SPOKEN_AS, mermaid
from flows.escalation_line import line
from flows.flow import Flow
from flows.manager_line import manager_line
from flows.turn import ANSWERS, CheckPin, Claim, FindTicket, Listen
from tests.flows.test_check import conversation

DRAWN = """\
flowchart TD
    phone(( )) --> begin
    begin[begin]
    which([which?])
    found[found]
    begin -->|keys| which
    which -->|keys| which
    which -->|find the ticket| found
    found --> ended((goodbye))"""


def test_questions_are_rounded_arrows_say_what_is_waited_for_and_the_end_is_a_goodbye() -> None:
    assert mermaid(conversation()) == DRAWN


def test_several_ways_between_two_steps_share_an_arrow() -> None:
    from_both = {"which": (Listen, FindTicket, CheckPin, Claim)}

    drawn = mermaid(conversation(first=from_both))

    assert "    begin -->|PIN?, claim, find the ticket, keys| which" in drawn


def test_every_waiting_that_can_lead_somewhere_has_words() -> None:
    assert {kind.__name__ for kind in ANSWERS} == set(SPOKEN_AS)


@pytest.mark.parametrize("flow", [line, screening, manager_line], ids=lambda flow: flow.name)
def test_the_real_conversations_are_drawn_with_all_their_steps(flow: Flow[Any]) -> None:
    drawn = mermaid(flow)

    assert all(f"    {name}" in drawn for name in flow.steps)
