"""The beginning of the caller's conversation: language, ticket number, and what the ticket system says."""

from dataclasses import replace
from typing import assert_never

from flows.call import EscalationCall
from flows.caller_questions import ASK_AGAIN, LANGUAGE, TICKET, languages
from flows.effects import News, NotifyShiftManager, WrongTicketTried
from flows.flow import Part
from flows.heard import (
    Digits,
    ForwardEnded,
    Keyed,
    Silence,
    Started,
    TicketAnswer,
    TicketFound,
    TicketMissing,
    TicketSystemDown,
)
from flows.prompts.spoken import Count, Spelled, Words, say
from flows.rules.ticket_number import NotDigits, TicketNumber, TooLong, TooShort
from flows.ticket_found import decide
from flows.turn import FindTicket, Forward, Listen, Turn, ask, last_words, turn
from flows.way_forward import OFFER, offer

part: Part[EscalationCall] = Part()
welcome: Part[EscalationCall] = Part()
"""How it begins when the customer calls; one who is called back has chosen a language before."""


@welcome.step(leads={"language": Listen, **ASK_AGAIN})
def greeting(call: EscalationCall, heard: Started) -> Turn[EscalationCall]:
    """Say who answers; ask for the language where there is more than one."""
    question = LANGUAGE if len(call.line.languages) > 1 else TICKET
    return question.asked(call, say("greeting.welcome", company=Words(call.line.company)))


@welcome.step(leads={"language": Listen, **ASK_AGAIN}, question=LANGUAGE)
def language(call: EscalationCall, heard: Keyed) -> Turn[EscalationCall]:
    """Which language? Whoever does not choose is served in the line's first one."""
    match heard:
        case Digits(keys=keys):
            chosen = languages(call).chosen(keys)
            return TICKET.asked(replace(call, language=chosen)) if chosen else LANGUAGE.not_understood(call, heard)
        case Silence():
            return LANGUAGE.not_heard(call, heard)
        case _:
            assert_never(heard)


@part.step(leads={**ASK_AGAIN, "ticket": FindTicket}, ends=True, question=TICKET)
def ticket_number(call: EscalationCall, heard: Keyed) -> Turn[EscalationCall]:
    """Which ticket? The ticket number is the authorization (article 5850)."""
    match heard:
        case Digits(keys="*"):
            return TICKET.asked(call)
        case Digits(keys=keys):
            return _number_keyed(call, heard, keys)
        case Silence():
            return TICKET.not_heard(call, heard)
        case _:
            assert_never(heard)


def _number_keyed(call: EscalationCall, heard: Digits, keys: str) -> Turn[EscalationCall]:
    wanted = call.line.number_format
    match wanted.parse(keys):
        case TicketNumber(number=number):
            return ask(replace(call, keyed=number), FindTicket(number=number), goto="ticket")
        case TooShort():
            shortest = Count(wanted.shortest)
            return TICKET.not_understood(call, heard, say("ticket.too_short", digits=Spelled(keys), shortest=shortest))
        case TooLong():
            return TICKET.not_understood(call, heard, say("ticket.too_long", longest=Count(wanted.longest)))
        case NotDigits():
            return TICKET.not_understood(call, heard, say("ticket.not_digits"))


@part.step(leads={**ASK_AGAIN, "confirm": Listen, "refused": Listen, "forwarded": Forward}, ends=True)
def ticket(call: EscalationCall, heard: TicketAnswer) -> Turn[EscalationCall]:
    """Read the number back and say whether the ticket may be escalated, or why not and when."""
    match heard:
        case TicketFound():
            return decide(call, heard)
        case TicketMissing():
            missing = say("ticket.missing", ticket=Spelled(call.keyed))
            return TICKET.not_understood(call, heard, missing).stating(WrongTicketTried())
        case TicketSystemDown():
            return _ticket_system_down(call)
        case _:
            assert_never(heard)


def _ticket_system_down(call: EscalationCall) -> Turn[EscalationCall]:
    told = NotifyShiftManager(news=News.TICKET_SYSTEM_DOWN)
    down = say("ticket_system.down")
    if not call.line.duty_number:
        return last_words(call, down, say("ticket_system.no_duty")).stating(told)
    through = Forward(number=call.line.duty_number)
    return turn(call, through, down, say("ticket_system.forwarding"), goto="forwarded").stating(told)


@part.step(leads=OFFER, ends=True)
def forwarded(call: EscalationCall, heard: ForwardEnded) -> Turn[EscalationCall]:
    """The call to the duty phone is over. About a ticket we know something else can be done than to call again."""
    if call.ticket is not None and not heard.talked:
        return offer(call, say("ways.no_duty_phone"))
    return last_words(call, say("forward.talked") if heard.talked else say("forward.unanswered"))
