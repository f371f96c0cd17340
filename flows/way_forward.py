"""Ways forward when no manager can be reached: what is offered, and where each choice leads."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from enum import Enum

from flows.call import EscalationCall, Leaving
from flows.flow import Choice, Menu, Question
from flows.heard import Heard
from flows.prompts.spoken import Prompt, Span, Spelled, say
from flows.spoken_reasons import local
from flows.turn import LeaveHold, Listen, Record, Turn, last_words, turn

OFFER = {"ways": Listen}
"""Where a step leads that offers the ways forward to a caller who is not on hold."""

class Way(Enum):
    """What a caller may choose who has reached nobody."""

    MESSAGE = "message"
    CALLBACK = "callback"
    GOODBYE = "goodbye"


def ways_keys(call: EscalationCall) -> Menu[Way]:
    """Only what can be done for this ticket is offered."""
    return Menu((*_ways(call), Choice("9", Way.GOODBYE, "ways.goodbye")))


def _ways(call: EscalationCall) -> Iterator[Choice[Way]]:
    if call.line.message.offered:
        yield Choice("1", Way.MESSAGE, "ways.message")
    if call.line.callback.offered and call.call_back:
        yield Choice("2", Way.CALLBACK, "ways.callback")


def offer(call: EscalationCall, *words: Prompt) -> Turn[EscalationCall]:
    """Say ``words``, then ask which way to go; a caller on hold is taken off it first. Without a way, say goodbye."""
    if not list(_ways(call)):
        return last_words(call, *words, say("ways.farewell"))
    if call.on_hold:
        return leave_hold(call, Leaving.TO_OFFER, *words)
    return WAYS.asked(call, *words)


def leave_hold(call: EscalationCall, why: Leaving, *words: Prompt) -> Turn[EscalationCall]:
    """Take the caller off hold, for what cannot be done there."""
    return turn(replace(call, leaving=why), LeaveHold(), *words, goto="off_hold")


def call_back(call: EscalationCall) -> tuple[Prompt, ...]:
    """What is promised to a customer who wants to be called back; of the number only the end is said aloud."""
    ending = Spelled(call.call_back[-4:])
    return (say("ways.called_back", ending=ending, within=Span(call.line.callback.within)), say("ways.farewell"))


def told_when_open(call: EscalationCall, now: datetime) -> tuple[Prompt, ...]:
    """What is promised to a customer who wants to know when escalation opens: a text at that minute, else a call, which
    waits for the day."""
    assert call.opens_at is not None
    assert call.ticket is not None
    ending = Spelled(call.call_back[-4:])
    if call.texts:
        return (say("refused.will_text", ending=ending), say("refused.goodbye"))
    at = call.line.callback.not_before(call.opens_at, call.ticket.time_zone or call.line.zone)
    opens = local(at, now, call.ticket, call.line)
    return (say("refused.will_call", ending=ending, opens=opens), say("refused.goodbye"))


def record(call: EscalationCall, *words: Prompt) -> Turn[EscalationCall]:
    """Record a message, once it has been said that it is recorded and who gets it."""
    terms = call.line.message
    recorder = Record(longest=terms.longest, silence=terms.silence, transcribe=terms.transcribe)
    return turn(replace(call, message=0), recorder, *words, say("message.consent"), goto="message")


def _nothing_first(call: EscalationCall) -> tuple[Prompt, ...]:
    return ()


def _farewell(call: EscalationCall, heard: Heard) -> Turn[EscalationCall]:
    return last_words(call, say("ways.farewell"))


WAYS: Question[EscalationCall] = Question(
    step="ways",
    ask=_nothing_first,
    menu=ways_keys,
    nonsense=("ways.nonsense.first", "ways.nonsense.second"),
    silence=("ways.silence.first", "ways.silence.second"),
    give_up=_farewell,
)
