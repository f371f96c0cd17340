"""A manager promises an answer: it becomes the cooldown, and is kept, or owned up to before anything else is said."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from flows.ticket import Ticket
from flows.wrap_up import Terms
from ivr.line.ports import RetryLater, TicketSystem
from ivr.line.promises import PAUSES
from ivr.tickets.builtin.connector import BuiltinTickets
from tests.calls.own_line import DANA, MARCUS
from tests.calls.promising import (
    asked_how_it_goes_on,
    made,
    notes,
    passes,
    promised_in_half_an_hour,
    promises,
    says_resolved,
    states_later,
    talks,
    ticket_becomes,
    told,
    worker_looks,
)
from tests.calls.stage import Stage, on_stage


@pytest.fixture
def ring_mode() -> str:
    """Only who was rung beside the caller keeps a leg on which to be asked; for dialling see below."""
    return "hold"


def test_a_promise_that_was_not_kept_opens_the_ticket_and_is_told_to_everybody_once(stage: Stage) -> None:
    promised_in_half_an_hour(stage)
    passes(stage, 29)
    assert worker_looks(stage) == 0
    stage.calls_in_english()
    stage.caller.press("48213#")
    stage.caller.hears("You can escalate again from today at 10:3")
    stage.caller.hang_up()
    passes(stage, 1.5)
    assert worker_looks(stage) == 1
    assert worker_looks(stage) == 0

    stage.calls_in_english()
    stage.caller.press("48213#")
    owned_up = stage.caller.begins_to_hear("An answer was promised by today at 10:3")
    assert "the ticket has not moved since. I am sorry. This ticket may be escalated" in owned_up
    stage.caller.press("1")
    stage.level_2.rings()
    stage.level_2.answer()
    stage.level_2.hears("An answer promised by today at 10:3")
    stage.caller.hang_up()

    assert told(stage) == [(DANA, "broken")]
    assert sum("the promise is not kept" in note for note in notes(stage)) == 1
    assert stage.subjects() == [
        "Escalation: ticket 48213, severity 2 — Halvorsen Shipping",
        "Promise not kept: ticket 48213, severity 2 — Halvorsen Shipping",
        "Escalation: ticket 48213, severity 2 — Halvorsen Shipping",
    ]
    stage.ends(mails=3)


def test_a_promise_that_was_kept_leaves_the_rules_as_they_are(stage: Stage) -> None:
    promised_in_half_an_hour(stage)
    passes(stage, 10)
    ticket_becomes(stage)
    passes(stage, 21)
    assert worker_looks(stage) == 1
    stage.calls_in_english()
    stage.caller.press("48213#")
    refused = stage.caller.hears("Support still has time to respond")
    assert "promised" not in refused
    stage.caller.hang_up()
    passes(stage, 41)
    stage.escalates()
    stage.level_2.rings()
    stage.caller.hang_up()
    assert told(stage) == [(DANA, "kept")]
    stage.ends(mails=2)


def test_an_early_update_settles_the_promise_when_the_customer_calls(stage: Stage) -> None:
    promised_in_half_an_hour(stage)
    passes(stage, 5)
    ticket_becomes(stage)
    stage.calls_in_english()
    stage.caller.press("48213#")
    stage.caller.hears("Support still has time to respond")
    stage.caller.hang_up()
    assert told(stage) == [(DANA, "kept")]
    passes(stage, 60)
    assert worker_looks(stage) == 0
    stage.ends(mails=1)


def test_who_calls_before_the_worker_has_looked_hears_of_it_all_the_same(stage: Stage) -> None:
    promised_in_half_an_hour(stage)
    passes(stage, 31)
    stage.calls_in_english()
    stage.caller.press("48213#")
    stage.caller.begins_to_hear("An answer was promised by today at 10:3")
    stage.caller.hang_up()
    assert worker_looks(stage) == 0
    assert told(stage) == [(DANA, "broken")]
    stage.ends(mails=2)


def test_a_new_promise_takes_the_place_of_the_older_one(stage: Stage) -> None:
    talks(stage)
    promises(stage, "30#")
    stage.caller.begins_to_hear("To talk to the next level, press 2")
    stage.caller.press("2")
    stage.accepts(stage.level_2)
    stage.caller.talks_to(stage.level_2)
    promises(stage, "*2#", stage.level_2)
    says_resolved(stage)

    assert told(stage) == [(DANA, "superseded"), (MARCUS, "open")]
    passes(stage, 45)
    assert worker_looks(stage) == 0
    stage.calls_in_english()
    stage.caller.press("48213#")
    stage.caller.hears("You can escalate again from today at 12:0")
    stage.caller.hang_up()
    stage.ends(mails=1)


def test_a_promise_made_while_the_caller_was_already_asked_counts_as_well(stage: Stage) -> None:
    talks(stage)
    asked_how_it_goes_on(stage)
    stage.level_1.begins_to_hear("I did not hear a key", within=40)
    stage.exchange.pass_time(15)
    stage.level_1.press("7")
    stage.caller.begins_to_hear("If this is resolved for you, press 1", within=30)
    stage.level_1.press("2")
    stage.level_1.begins_to_hear("Key the minutes")
    stage.level_1.press("*3#")
    stage.level_1.hears("You have promised an answer by today at 1:0")
    stage.caller.press("1")
    stage.caller.call_ends()

    stage.calls_in_english()
    stage.caller.press("48213#")
    stage.caller.hears("You can escalate again from today at 1:0")
    stage.caller.hang_up()
    stage.ends(mails=1)


def test_whoever_says_nothing_hears_the_time_of_the_promise(stage: Stage) -> None:
    talks(stage)
    promises(stage, "*3#")
    stage.caller.hears("you can call from today at 1:0", within=90)
    stage.caller.call_ends()
    stage.ends(mails=1)


@pytest.mark.parametrize(("keys", "taken"), [("*72#", True), ("4320#", True), ("*73#", False), ("4321#", False)])
def test_seventy_two_hours_is_the_longest_promise_and_said_so(stage: Stage, keys: str, taken: bool) -> None:
    talks(stage)
    asked_how_it_goes_on(stage)
    stage.level_1.press("2")
    stage.level_1.begins_to_hear("Key the minutes")
    stage.level_1.press(keys)
    if not taken:
        stage.level_1.begins_to_hear("Please key a time from 1 minute to 72 hours")
        stage.level_1.press("*72#")
    stage.level_1.hears("You have promised an answer by Friday, March 6, at 10:0")
    stage.caller.hang_up()
    assert [one.until - one.promised_at for one in made(stage)] == [timedelta(hours=72)]
    stage.ends(mails=1)


@pytest.mark.parametrize("keys", ["", "2", "9"], ids=["at the menu", "at the promise", "at the quiet"])
def test_a_manager_who_says_nothing_has_stated_nothing(stage: Stage, keys: str) -> None:
    talks(stage)
    stage.caller.hang_up()
    stage.level_1.begins_to_hear("How does it go on?")
    if keys:
        stage.level_1.press(keys)
        stage.level_1.begins_to_hear("Key the minutes")
    stage.level_1.hears("I heard no choice, so nothing is noted", within=60)
    stage.level_1.call_ends()
    assert told(stage) == []
    stage.ends(mails=1)


@pytest.mark.parametrize("keys", ["", "2", "9"], ids=["at the menu", "at the promise", "at the quiet"])
@pytest.mark.parametrize("who", ["manager", "caller"])
def test_each_may_hang_up_at_each_step_of_the_wrap_up(stage: Stage, who: str, keys: str) -> None:
    talks(stage)
    asked_how_it_goes_on(stage)
    if keys:
        stage.level_1.press(keys)
        stage.level_1.begins_to_hear("Key the minutes")
    if who == "manager":
        stage.level_1.hang_up()
        says_resolved(stage)
        assert told(stage) == []
    else:
        stage.caller.hang_up()
        stage.exchange.pass_time(1)
        stage.level_1.press(f"{'' if keys else '2'}")
        if not keys:
            stage.level_1.begins_to_hear("Key the minutes")
        stage.level_1.press("*2#")
        stage.level_1.hears("Thank you. Goodbye")
        assert told(stage) == ([] if keys == "9" else [(DANA, "open")])
    assert stage.outcomes() == ["reached"]
    stage.ends(mails=1)


class TestTicketSystemDown:
    """The ticket system does not answer when the time has come: nobody is blamed before it does."""

    @pytest.fixture
    def tickets(self) -> "Unsteady":
        return Unsteady()

    @pytest.fixture
    def stage(self, database_url: str, tickets: "Unsteady") -> Iterator[Stage]:
        with on_stage(database_url, tickets) as told:
            tickets.behind = BuiltinTickets(told.line.parts.store, told.line.parts.clock)
            yield told

    def test_it_is_asked_again_until_it_answers(self, stage: Stage, tickets: "Unsteady") -> None:
        promised_in_half_an_hour(stage)
        passes(stage, 31)
        tickets.down = True
        assert worker_looks(stage) == 1
        stage.exchange.pass_time(PAUSES[0].total_seconds())
        assert worker_looks(stage) == 1
        assert told(stage) == [(DANA, "open")]
        tickets.down = False
        assert worker_looks(stage) == 0
        stage.exchange.pass_time(PAUSES[1].total_seconds())
        assert worker_looks(stage) == 1
        assert told(stage) == [(DANA, "broken")]
        stage.ends(mails=2)


class Unsteady:
    """The built-in ticket system, which may be down."""

    def __init__(self) -> None:
        self.down = False
        self.behind: TicketSystem | None = None

    def find(self, number: str) -> Ticket | None:
        if self.down or self.behind is None:
            raise RetryLater("connection refused")
        return self.behind.find(number)

    def add_note(self, number: str, text: str, key: str) -> None:
        if self.down or self.behind is None:
            raise RetryLater("connection refused")
        self.behind.add_note(number, text, key)


class TestDialled:
    """A manager who was dialled from the caller's leg has no leg to be asked on: terms come by a link."""

    @pytest.fixture
    def ring_mode(self) -> str:
        return "dial"

    def test_a_promise_made_later_becomes_the_cooldown_and_may_be_broken(self, stage: Stage) -> None:
        talks(stage)
        stage.level_1.hang_up()
        says_resolved(stage)
        states_later(stage, Terms.PROMISED, timedelta(hours=2))
        passes(stage, 61)
        stage.calls_in_english()
        stage.caller.press("48213#")
        stage.caller.hears("You can escalate again from today at 12:0")
        stage.caller.hang_up()
        passes(stage, 60)
        worker_looks(stage)
        stage.calls_in_english()
        stage.caller.press("48213#")
        stage.caller.begins_to_hear("An answer was promised by today at 12:0")
        stage.caller.press("1")
        stage.level_2.rings()
        stage.caller.hang_up()
        assert told(stage) == [(DANA, "broken")]
        stage.ends(mails=3)
