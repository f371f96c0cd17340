"""What a caller on hold may choose: any key brings the question."""

from dataclasses import replace
from enum import Enum

from flows import ladder_hunt
from flows.call import EscalationCall
from flows.flow import Choice, Menu, Question
from flows.heard import Heard
from flows.prompts.spoken import Prompt, say
from flows.turn import Hold, ListenOnHold, Turn, turn


class OnHold(Enum):
    """While phones ring."""

    KEEP_WAITING = "keep-waiting"
    MESSAGE = "message"
    CALLBACK = "callback"
    MAIL_ONLY = "mail-only"
    GOODBYE = "goodbye"


def on_hold_keys(call: EscalationCall) -> Menu[OnHold]:
    """After a talk no phone rings any more: there is nothing to stop. A message is offered where the line takes any."""
    offered = (
        Choice("1", OnHold.KEEP_WAITING, "hold.keep_waiting"),
        Choice("2", OnHold.MESSAGE, "hold.message"),
        Choice("3", OnHold.CALLBACK, "hold.callback"),
        Choice("4", OnHold.MAIL_ONLY, "hold.mail_only"),
        Choice("9", OnHold.GOODBYE, "hold.goodbye"),
    )
    absent = {OnHold.MAIL_ONLY, OnHold.MESSAGE, OnHold.CALLBACK} if call.wrap_until else set()
    absent |= set() if call.line.message.offered else {OnHold.MESSAGE}
    absent |= set() if call.line.callback.offered and call.call_back else {OnHold.CALLBACK}
    return Menu(tuple(choice for choice in offered if choice.means not in absent))


def _nothing_first(call: EscalationCall) -> tuple[Prompt, ...]:
    return ()


def wait_on(call: EscalationCall, heard: Heard) -> Turn[EscalationCall]:
    """Back to the music, with a word about what the caller waits for."""
    title = ladder_hunt.title_of(ladder_hunt.level_of(call))
    words = say("hold.wrapping_up", title=title) if call.wrap_until else say("hold.waiting_on")
    return turn(replace(call, told_at=heard.at), Hold(), words, goto="holding")


CHOICES: Question[EscalationCall] = Question(
    step="choices",
    ask=_nothing_first,
    menu=on_hold_keys,
    nonsense=("hold.nonsense.first",),
    silence=("hold.silence.first",),
    give_up=wait_on,
    listen=ListenOnHold(),
)
