"""Nobody could be reached: the line calls the customer back when a manager can be, and tells no mailbox anything."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from unittest.mock import patch

import pytest

from db.repositories.callbacks import Callback, CallbackState
from flows.ticket import Status
from ivr.line.ports import RetryLater
from tests.calls.stage import CONTACT, Stage

QUARTER = 15 * 60
PROMISED = "We will call you at the number on your ticket that ends in 0 1 2 3"


def wants_a_call(stage: Stage) -> None:
    """Escalate while no manager answers, and ask to be called back."""
    for manager in (stage.level_1, stage.level_2):
        manager.declines_after(1)
    stage.escalates()
    stage.caller.hears("To be called back when a manager can be reached, press 2", within=180)
    stage.caller.press("2")
    stage.caller.hears(PROMISED)
    stage.caller.call_ends()
    for manager in (stage.level_1, stage.level_2):
        manager.be_manual()


def time_comes(stage: Stage, seconds: float = QUARTER + 60) -> None:
    """Let time pass and the worker look at what is due."""
    stage.exchange.pass_time(seconds)
    stage.mails()


def callback(stage: Stage) -> Callback:
    """The only one there is."""
    with stage.line.parts.store.reading() as work:
        (only,) = work.callbacks.of_ticket("48213")
    return only


def to_customer(stage: Stage) -> int:
    """How often the line has rung the customer."""
    return sum(leg.receiver == CONTACT for leg in stage.exchange.office.legs.values())


def test_the_customer_is_rung_presses_1_and_talks_to_a_manager(stage: Stage) -> None:
    wants_a_call(stage)
    time_comes(stage)
    stage.caller.rings()
    stage.caller.answer()
    heard = stage.caller.hears("You asked us to call you back")
    assert "4 8 2 1 3" not in heard
    stage.caller.press("1")
    stage.caller.begins_to_hear("may be escalated")
    stage.caller.press("1")
    stage.accepts(stage.level_1)
    stage.caller.talks_to(stage.level_1)
    stage.caller.hang_up()
    assert callback(stage).state is CallbackState.ANSWERED
    assert stage.outcomes() == ["exhausted", "reached"]
    if stage.level_1.state == "talking":
        stage.level_1.hang_up()
    stage.exchange.pass_time(3600)
    assert to_customer(stage) == 1
    stage.ends(mails=4)


@pytest.mark.parametrize("how", ["mailbox", "busy", "no answer"])
def test_whoever_is_not_there_is_tried_again_and_in_the_end_the_shift_manager_is_told(stage: Stage, how: str) -> None:
    wants_a_call(stage)
    {
        "mailbox": stage.caller.be_mailbox, "busy": stage.caller.be_busy, "no answer": stage.caller.no_answer,
    }[how]()  # fmt: skip
    for tries in (1, 2, 3):
        time_comes(stage)
        stage.exchange.pass_time(120)
        assert to_customer(stage) == tries
    assert not any("4 8 2 1 3" in heard for heard in stage.caller.heard[-6:])
    assert callback(stage).state is CallbackState.GIVEN_UP
    time_comes(stage, 3600)
    assert to_customer(stage) == 3
    assert stage.subjects()[-1].startswith("Call-back failed")
    assert stage.outcomes() == ["exhausted"]
    stage.ends(mails=3)


def test_the_customer_can_stop_it_from_the_keypad(stage: Stage) -> None:
    wants_a_call(stage)
    time_comes(stage)
    stage.caller.rings()
    stage.caller.answer()
    stage.caller.hears("If we should not call again, press 9")
    stage.caller.press("9")
    stage.caller.hears("We will not call you again")
    stage.caller.call_ends()
    assert callback(stage).state is CallbackState.CANCELLED
    time_comes(stage, 3600)
    assert to_customer(stage) == 1
    stage.ends(mails=2)


def test_hanging_up_before_a_key_is_a_try_and_is_tried_again(stage: Stage) -> None:
    wants_a_call(stage)
    time_comes(stage)
    stage.caller.rings()
    stage.caller.answer()
    stage.caller.begins_to_hear("You asked us to call you back")
    stage.caller.hang_up()
    assert (callback(stage).state, callback(stage).tries) == (CallbackState.WAITING, 1)
    stage.ends(mails=2)


def test_a_ticket_that_is_closed_meanwhile_rings_nobody(stage: Stage) -> None:
    wants_a_call(stage)
    with stage.line.parts.store.writing() as work:
        ticket = work.tickets.find("48213")
        assert ticket is not None
        work.tickets.put(replace(ticket, status=Status.CLOSED))
    time_comes(stage)
    assert to_customer(stage) == 0
    assert callback(stage).state is CallbackState.NOT_NEEDED
    stage.ends(mails=2)


def test_somebody_who_reaches_a_manager_meanwhile_ends_it(stage: Stage) -> None:
    wants_a_call(stage)
    stage.exchange.pass_time(QUARTER + 1)
    stage.escalates()
    stage.accepts(stage.level_1)
    stage.caller.talks_to(stage.level_1)
    stage.caller.hang_up()
    if stage.level_1.state == "talking":
        stage.level_1.hang_up()
    assert callback(stage).state is CallbackState.NOT_NEEDED
    time_comes(stage, 3600)
    assert to_customer(stage) == 0
    stage.ends(mails=4)


def test_an_order_whose_answer_was_lost_is_looked_up_and_rings_once(stage: Stage) -> None:
    wants_a_call(stage)
    desk = stage.line.parts.callbacks
    place = desk._calls.place

    def loses_the_answer(*order: object) -> str:
        place(*order)
        raise RetryLater("the answer was lost")

    with patch.object(desk._calls, "place", loses_the_answer):
        time_comes(stage)
    stage.caller.rings()
    stage.exchange.pass_time(16)
    stage.mails()
    assert to_customer(stage) == 1
    assert callback(stage).leg_sid is not None
    stage.caller.answer()
    stage.caller.hears("If we should not call again, press 9")
    stage.caller.press("9")
    stage.caller.call_ends()
    stage.ends(mails=2)


@pytest.mark.parametrize("ring_mode", ["hold"])
def test_who_wants_to_wait_on_hold_no_longer_is_called_back(stage: Stage) -> None:
    stage.escalates()
    stage.level_1.rings()
    stage.caller.press("*")
    stage.caller.begins_to_hear("and be called back when a manager can be reached, press 3")
    stage.caller.press("3")
    stage.caller.hears("I have stopped ringing. We will call you at the number on your ticket")
    stage.caller.call_ends()
    assert stage.level_1.state == "idle", "nobody is rung for a caller who has gone"

    time_comes(stage)
    stage.caller.rings()
    stage.caller.answer()
    stage.caller.hears("You asked us to call you back")
    stage.caller.press("9")
    stage.caller.call_ends()
    assert callback(stage).state is CallbackState.CANCELLED
    stage.ends(mails=1)


def test_two_workers_at_the_same_moment_ring_the_customer_once(stage: Stage) -> None:
    wants_a_call(stage)
    stage.exchange.pass_time(QUARTER + 60)
    work = stage.line.parts.dispatcher.run_once
    with ThreadPoolExecutor(2) as workers:
        list(workers.map(lambda _: work(), range(2)))

    stage.caller.rings()
    assert to_customer(stage) == 1
    stage.caller.answer()
    stage.caller.hears("If we should not call again, press 9")
    stage.caller.press("9")
    stage.caller.call_ends()
    stage.ends(mails=2)


def test_a_worker_that_dies_before_it_rings_is_followed_by_one_that_does(stage: Stage) -> None:
    wants_a_call(stage)
    stage.exchange.pass_time(QUARTER + 60)
    with (
        patch.object(stage.line.parts.callbacks._calls, "place", side_effect=KeyboardInterrupt),
        pytest.raises(KeyboardInterrupt),
    ):
        stage.mails()
    assert (callback(stage).state, to_customer(stage)) == (CallbackState.RINGING, 0)

    time_comes(stage, 5 * 60)
    assert (callback(stage).state, to_customer(stage)) == (CallbackState.WAITING, 0)
    time_comes(stage)
    stage.caller.rings()
    stage.caller.answer()
    stage.caller.hears("If we should not call again, press 9")
    stage.caller.press("9")
    stage.caller.call_ends()
    assert to_customer(stage) == 1
    stage.ends(mails=2)


@pytest.mark.parametrize("heard", ["may be escalated", "escalation is under way"])
def test_who_was_there_and_hangs_up_later_is_not_called_again(stage: Stage, heard: str) -> None:
    wants_a_call(stage)
    time_comes(stage)
    stage.caller.rings()
    stage.caller.answer()
    stage.caller.begins_to_hear("You asked us to call you back")
    stage.caller.press("1")
    stage.caller.begins_to_hear("may be escalated")
    if heard != "may be escalated":
        stage.caller.press("1")
        stage.caller.begins_to_hear(heard)
    stage.caller.hang_up()
    time_comes(stage, 3600)

    assert callback(stage).state is CallbackState.ANSWERED
    assert to_customer(stage) == 1
    assert len(stage.outcomes()) == (1 if heard == "may be escalated" else 2)
    stage.ends(mails=2 if heard == "may be escalated" else 3)
