"""What the manager's line asks, with all four parts of each question, and the keys that answer it."""

from collections.abc import Callable
from dataclasses import replace
from enum import Enum
from typing import Any

from flows.call import ManagerLineCall
from flows.flow import Choice, Menu, Question
from flows.heard import Heard
from flows.prompts.spoken import Prompt, say
from flows.rules.keyed_time import ON_THE_CLOCK
from flows.rules.pin import LENGTH
from flows.turn import AskDuty, Listen, ServeAsCustomer, Turn, ask, last_words

Asked = Question[ManagerLineCall]


class Main(Enum):
    """What a manager may do here."""

    DUTY = "duty"
    HAND_ON = "hand-on"
    PROMISES = "promises"
    TICKET = "ticket"
    REPEAT = "repeat"


class Duty(Enum):
    """For whoever is off duty."""

    COME_BACK = "come-back"
    ANOTHER_TIME = "another-time"
    BACK = "back"


class Rest(Enum):
    """For a ticket and its cooldown."""

    LIFT = "lift"
    SET = "set"
    OTHER_TICKET = "other-ticket"
    BACK = "back"


class Confirm(Enum):
    """What was keyed has been read back."""

    YES = "yes"
    ANOTHER_TIME = "another-time"
    BACK = "back"


BACK = {"overview": AskDuty}
"""Where star leads, and whoever is done with something."""


def back(call: ManagerLineCall, *first: Prompt) -> Turn[ManagerLineCall]:
    """Say ``first``, then how things stand, and offer everything again."""
    return ask(replace(call, tries=0, until=None, duties=()), AskDuty(), *first, goto="overview")


def as_customer(call: ManagerLineCall, heard: Heard) -> Turn[ManagerLineCall]:
    """A manager may be a customer too."""
    return replace(last_words(call), then=ServeAsCustomer())


def without_pin(call: ManagerLineCall, heard: Heard) -> Turn[ManagerLineCall]:
    """Somebody who has tried a PIN may go on keying one: no other question may follow, for its answers are written
    down."""
    return last_words(call, say("own_pin.give_up"))


def main_keys(call: ManagerLineCall) -> Menu[Main]:
    """Everything the line offers."""
    duty = "own_line.change_duty" if call.off_until else "own_line.go_off_duty"
    return Menu(
        (
            Choice("1", Main.DUTY, duty),
            Choice("2", Main.HAND_ON, "own_line.pass_on"),
            Choice("3", Main.PROMISES, "own_line.promises"),
            Choice("4", Main.TICKET, "own_line.ticket"),
            Choice("*", Main.REPEAT, "own_line.repeat"),
        )
    )


def rest_keys(call: ManagerLineCall) -> Menu[Rest]:
    """A cooldown can be lifted only where there is one."""
    lift = (Choice("1", Rest.LIFT, "own_ticket.lift"),) if call.rests else ()
    others = (
        Choice("2", Rest.SET, "own_ticket.set"),
        Choice("3", Rest.OTHER_TICKET, "own_ticket.other"),
        Choice("*", Rest.BACK, "own_line.back"),
    )
    return Menu((*lift, *others))


DUTY_KEYS = Menu(
    (
        Choice("1", Duty.COME_BACK, "own_duty.come_back"),
        Choice("2", Duty.ANOTHER_TIME, "own_duty.another_time"),
        Choice("*", Duty.BACK, "own_line.back"),
    )
)
YES_OR_BACK = Menu((Choice("1", Confirm.YES, "own_line.confirm"), Choice("*", Confirm.BACK, "own_line.back")))
YES_OR_ANOTHER = Menu(
    (
        YES_OR_BACK.choices[0],
        Choice("2", Confirm.ANOTHER_TIME, "own_line.another_time"),
        YES_OR_BACK.choices[1],
    )
)


def _nothing_more(call: ManagerLineCall, heard: Heard) -> Turn[ManagerLineCall]:
    return last_words(call, say("own_line.give_up"))


def _ask_pin(call: ManagerLineCall) -> tuple[Prompt, ...]:
    return (say("own_pin.ask"),)


def _news(call: ManagerLineCall) -> tuple[Prompt, ...]:
    return call.news


def _ask_until(call: ManagerLineCall) -> tuple[Prompt, ...]:
    return (say("own_time.ask"),)


def _ask_number(call: ManagerLineCall) -> tuple[Prompt, ...]:
    return (say("own_ticket.ask"),)


PIN: Asked = Question(
    step="pin",
    ask=_ask_pin,
    nonsense=("own_pin.nonsense.first", "own_pin.nonsense.second"),
    silence=("own_pin.silence.first", "own_pin.silence.second"),
    give_up=without_pin,
    listen=Listen(digits=LENGTH, seconds=10),
    secret=True,
)

TICKET: Asked = Question(
    step="ticket_number",
    ask=_ask_number,
    nonsense=("own_ticket.nonsense.first", "own_ticket.nonsense.second"),
    silence=("own_ticket.silence.first",),
    give_up=_nothing_more,
    listen=Listen(),
)


def _time(step: str) -> Asked:
    """Four digits end the keying by themselves."""
    return Question(
        step=step,
        ask=_ask_until,
        nonsense=("own_time.nonsense.first", "own_time.nonsense.second"),
        silence=("own_time.silence.first",),
        give_up=_nothing_more,
        listen=Listen(digits=ON_THE_CLOCK),
    )


def _menu(step: str, keys: Callable[[ManagerLineCall], Menu[Any]]) -> Asked:
    """Say what is known, then offer the keys."""
    return Question(
        step=step,
        ask=_news,
        menu=keys,
        nonsense=("own_line.nonsense.first", "own_line.nonsense.second"),
        silence=("own_line.silence.first",),
        give_up=_nothing_more,
    )


MENU = _menu("menu", main_keys)
DUTY = _menu("duty", lambda call: DUTY_KEYS)
OFF_UNTIL, QUIET_UNTIL = _time("off_until"), _time("quiet_until")
OFF_CONFIRM = _menu("off_confirm", lambda call: YES_OR_ANOTHER)
QUIET_CONFIRM = _menu("quiet_confirm", lambda call: YES_OR_ANOTHER)
PASS_CONFIRM = _menu("pass_confirm", lambda call: YES_OR_BACK)
REST = _menu("rest", rest_keys)
LIFT_CONFIRM = _menu("lift_confirm", lambda call: YES_OR_BACK)
