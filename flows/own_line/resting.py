"""A ticket's cooldown: what keeps it from ringing managers, to be lifted, or set for some hours."""

from collections.abc import Iterator
from dataclasses import replace
from typing import assert_never

from flows.call import ManagerLineCall
from flows.effects import CooldownLifted, CooldownSet
from flows.flow import Part
from flows.heard import (
    Digits,
    Keyed,
    RestFound,
    Silence,
    TicketAnswer,
    TicketFound,
    TicketMissing,
    TicketSystemDown,
)
from flows.own_line.questions import (
    BACK,
    LIFT_CONFIRM,
    QUIET_CONFIRM,
    QUIET_UNTIL,
    REST,
    TICKET,
    YES_OR_ANOTHER,
    YES_OR_BACK,
    Confirm,
    Rest,
    back,
    rest_keys,
)
from flows.prompts.spoken import Moment, Prompt, Span, Spelled, Words, say
from flows.rules.cooldown import promise_broken
from flows.rules.keyed_time import keyed_time
from flows.rules.ticket_number import TicketNumber
from flows.spoken_reasons import SEVERITY
from flows.turn import AskRest, FindTicket, Listen, Turn, ask

part: Part[ManagerLineCall] = Part()


@part.step(leads={"ticket_number": Listen, "ticket": FindTicket, **BACK}, ends=True, question=TICKET)
def ticket_number(call: ManagerLineCall, heard: Keyed) -> Turn[ManagerLineCall]:
    """Which ticket?"""
    match heard:
        case Digits(keys="*"):
            return back(call)
        case Digits(keys=keys):
            keyed = call.line.number_format.parse(keys)
            if not isinstance(keyed, TicketNumber):
                return TICKET.not_understood(call, heard)
            return ask(replace(call, number=keyed.number), FindTicket(number=keyed.number), goto="ticket")
        case Silence():
            return TICKET.not_heard(call, heard)
        case _:
            assert_never(heard)


@part.step(leads={"ticket_number": Listen, "found": AskRest}, ends=True)
def ticket(call: ManagerLineCall, heard: TicketAnswer) -> Turn[ManagerLineCall]:
    """Read the ticket back, so that a mistyped number is noticed. Our own memory answers without the ticket system."""
    match heard:
        case TicketFound(ticket=known):
            number, product = Spelled(known.number), Words(known.product)
            told = say("ticket.found", ticket=number, product=product, severity=SEVERITY[known.severity])
            return ask(replace(call, updated_at=known.updated_at, news=(told,)), AskRest(), goto="found")
        case TicketMissing():
            return TICKET.not_understood(call, heard, say("ticket.missing", ticket=Spelled(call.number)))
        case TicketSystemDown():
            told = say("own_ticket.not_looked_up", ticket=Spelled(call.number))
            return ask(replace(call, updated_at=None, news=(told,)), AskRest(), goto="found")
        case _:
            assert_never(heard)


@part.step(leads={"rest": Listen})
def found(call: ManagerLineCall, heard: RestFound) -> Turn[ManagerLineCall]:
    """Whether the ticket rings managers now, until when not, and who talked last."""
    against = tuple(_against(call, heard))
    told = against or (say("own_ticket.open"),)
    return REST.asked(replace(call, rests=bool(against), news=(*call.news, *told, *_beside(call, heard))))


def _against(call: ManagerLineCall, found: RestFound) -> Iterator[Prompt]:
    """What can be lifted. A broken promise has opened the cooldown already."""
    standing, now = found.standing, found.at
    broken = call.updated_at is not None and promise_broken(standing, call.updated_at, now)
    if standing.quiet_until is not None and standing.quiet_until > now and not broken:
        yield say("own_ticket.quiet", until=Moment(standing.quiet_until, now, call.zone))
    if standing.window_opens_at is not None and standing.window_opens_at > now:
        yield say("own_ticket.too_many", until=Moment(standing.window_opens_at, now, call.zone))


def _beside(call: ManagerLineCall, found: RestFound) -> Iterator[Prompt]:
    standing, now, talk = found.standing, found.at, found.last_talk
    if standing.leased_until is not None and standing.leased_until > now:
        yield say("own_ticket.being_rung")
    if standing.promised_until is not None and standing.promised_until > now:
        yield say("own_ticket.promised", until=Moment(standing.promised_until, now, call.zone))
    if talk is not None:
        yield say("own_ticket.last_talk", name=Words(talk.name), age=Span(now - talk.at))


@part.step(
    leads={"rest": Listen, "lift_confirm": Listen, "quiet_until": Listen, "ticket_number": Listen, **BACK},
    ends=True,
    question=REST,
)
def rest(call: ManagerLineCall, heard: Keyed) -> Turn[ManagerLineCall]:
    """Lift it, set it, or look at another ticket."""
    match heard:
        case Digits(keys=keys):
            match rest_keys(call).chosen(keys):
                case Rest.LIFT:
                    would = say("own_ticket.would_lift", ticket=Spelled(call.number))
                    return LIFT_CONFIRM.asked(replace(call, news=(would,)))
                case Rest.SET:
                    return QUIET_UNTIL.asked(call)
                case Rest.OTHER_TICKET:
                    return TICKET.asked(call)
                case Rest.BACK:
                    return back(call)
                case None:
                    return REST.not_understood(call, heard)
        case Silence():
            return REST.not_heard(call, heard)
        case _:
            assert_never(heard)


@part.step(leads={"lift_confirm": Listen, **BACK}, ends=True, question=LIFT_CONFIRM)
def lift_confirm(call: ManagerLineCall, heard: Keyed) -> Turn[ManagerLineCall]:
    """Only a key opens a ticket."""
    match heard:
        case Digits(keys=keys):
            match YES_OR_BACK.chosen(keys):
                case Confirm.YES:
                    lifted = say("own_ticket.lifted", ticket=Spelled(call.number))
                    return back(call, lifted).stating(CooldownLifted(number=call.number))
                case Confirm.BACK | Confirm.ANOTHER_TIME:
                    return back(call)
                case None:
                    return LIFT_CONFIRM.not_understood(call, heard)
        case Silence():
            return LIFT_CONFIRM.not_heard(call, heard)
        case _:
            assert_never(heard)


@part.step(leads={"quiet_until": Listen, "quiet_confirm": Listen, **BACK}, ends=True, question=QUIET_UNTIL)
def quiet_until(call: ManagerLineCall, heard: Keyed) -> Turn[ManagerLineCall]:
    """How long shall the phones rest about it?"""
    match heard:
        case Digits(keys="*"):
            return back(call)
        case Digits(keys=keys):
            until = keyed_time(keys, heard.at, call.zone)
            if until is None:
                return QUIET_UNTIL.not_understood(call, heard)
            told = say("own_ticket.would_rest", ticket=Spelled(call.number), until=Moment(until, heard.at, call.zone))
            return QUIET_CONFIRM.asked(replace(call, until=until, news=(told,)))
        case Silence():
            return QUIET_UNTIL.not_heard(call, heard)
        case _:
            assert_never(heard)


@part.step(leads={"quiet_confirm": Listen, "quiet_until": Listen, **BACK}, ends=True, question=QUIET_CONFIRM)
def quiet_confirm(call: ManagerLineCall, heard: Keyed) -> Turn[ManagerLineCall]:
    """Only a key lets the phones rest."""
    match heard:
        case Digits(keys=keys):
            match YES_OR_ANOTHER.chosen(keys):
                case Confirm.YES:
                    assert call.until is not None
                    until = Moment(call.until, heard.at, call.zone)
                    is_set = say("own_ticket.is_set", ticket=Spelled(call.number), until=until)
                    return back(call, is_set).stating(CooldownSet(number=call.number, until=call.until))
                case Confirm.ANOTHER_TIME:
                    return QUIET_UNTIL.asked(call)
                case Confirm.BACK:
                    return back(call)
                case None:
                    return QUIET_CONFIRM.not_understood(call, heard)
        case Silence():
            return QUIET_CONFIRM.not_heard(call, heard)
        case _:
            assert_never(heard)
