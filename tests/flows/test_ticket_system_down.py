"""The ticket system is down: the caller is put through to the duty phone, or told honestly; somebody is mailed."""

from dataclasses import replace

import pytest

from flows.effects import News, NotifyShiftManager
from flows.turn import Forward
from tests.flows.on_the_line import OnTheLine
from tests.flows.world import DUTY, LINE

TOLD = (NotifyShiftManager(news=News.TICKET_SYSTEM_DOWN),)


@pytest.fixture
def caller() -> OnTheLine:
    """A caller on a line with a duty phone, who has keyed a ticket that cannot be looked up."""
    helped = OnTheLine(replace(LINE, duty_number=DUTY))
    helped.presses("48213")
    helped.ticket_system_is_down()
    return helped


def test_the_duty_phone_is_rung(caller: OnTheLine) -> None:
    assert caller.hears == ("ticket_system.down", "ticket_system.forwarding")
    assert caller.turn.then == Forward(number=DUTY)
    assert caller.states == TOLD


@pytest.mark.parametrize(("talked", "sentence"), [(True, "forward.talked"), (False, "forward.unanswered")])
def test_the_call_to_the_duty_phone_ends_in_words(caller: OnTheLine, talked: bool, sentence: str) -> None:
    caller.duty_call_ends(talked=talked)

    assert caller.hears == (sentence,)
    assert caller.states == ()
    assert caller.is_over


def test_without_a_duty_phone_the_caller_is_asked_to_call_again() -> None:
    caller = OnTheLine()
    caller.presses("48213")

    caller.ticket_system_is_down()

    assert caller.hears == ("ticket_system.down", "ticket_system.no_duty")
    assert caller.states == TOLD
    assert caller.is_over
