"""The ticket system is slow or down: the caller is told, held, and in the end put through to a person."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event

from flows.ticket import Ticket
from ivr.line.ports import RetryLater
from tests.calls.stage import Stage, on_stage


class Down:
    """A ticket system that cannot be asked."""

    def find(self, number: str) -> Ticket | None:
        raise RetryLater("connection refused")

    def add_note(self, number: str, text: str, key: str) -> None:
        raise RetryLater("connection refused")


class Hanging(Down):
    """A ticket system that gives no answer until it is let go; then it knows no ticket."""

    def __init__(self) -> None:
        self.let_go = Event()

    def find(self, number: str) -> Ticket | None:
        self.let_go.wait(30)
        return None


@contextmanager
def hanging(url: str) -> Iterator[tuple[Stage, Hanging]]:
    """The line's time budget is small here, so that running over it takes no time worth mentioning."""
    system = Hanging()
    with on_stage(url, system) as stage:
        stage.line.parts.lookups.budget_seconds = 0.05
        yield stage, system
        system.let_go.set()


def test_when_it_is_down_the_duty_phone_is_dialled_and_the_shift_manager_told(database_url: str) -> None:
    with on_stage(database_url, Down()) as stage:
        stage.calls_in_english()
        stage.caller.press("48213#")
        stage.caller.hears("I cannot look up tickets right now")
        stage.duty.rings()
        stage.duty.answer()
        stage.caller.talks_to(stage.duty)
        stage.duty.hang_up()
        stage.caller.hears("Thank you for calling. Goodbye")
        stage.caller.call_ends()
        stage.ends(mails=1)


def test_when_the_duty_phone_does_not_answer_the_caller_hears_so(database_url: str) -> None:
    with on_stage(database_url, Down()) as stage:
        stage.duty.be_busy()
        stage.calls_in_english()
        stage.caller.press("48213#")
        stage.caller.hears("The duty phone did not answer")
        stage.caller.call_ends()
        stage.ends(mails=1)


def test_when_it_is_slow_the_caller_is_held_and_then_answered(database_url: str) -> None:
    with hanging(database_url) as (stage, system):
        stage.calls_in_english()
        stage.caller.press("48213#")
        stage.caller.begins_to_hear("One moment, please")
        system.let_go.set()
        stage.caller.hears("I cannot find a ticket with the number 4 8 2 1 3")
        stage.caller.hang_up()
        stage.ends(mails=0)


def test_when_it_stays_silent_the_caller_is_held_three_times_and_no_more(database_url: str) -> None:
    with hanging(database_url) as (stage, _):
        stage.calls_in_english()
        stage.caller.press("48213#")
        for _ in range(3):
            stage.caller.hears("One moment, please")
        stage.caller.hears("I cannot look up tickets right now")
        stage.duty.rings()
        stage.caller.hang_up()
        stage.ends(mails=1)
