"""Tickets of the built-in ticket system: listed, read, put in one by one or many at once, and what happened."""

import hashlib
from datetime import datetime
from typing import Any

from flask import request

from db.history import history
from db.unit_of_work import Work
from flows.rules.scopes import Scope
from flows.ticket import Ticket
from ivr.api.v1.endpoints import Endpoints
from ivr.api.v1.problems import Kind, invalid, refuse
from ivr.api.v1.shapes import part
from ivr.api.v1.ticket_shapes import (
    TicketFields,
    TicketListed,
    TicketPage,
    TicketsAsked,
    TicketsPut,
    TicketsTaken,
    TicketWhole,
    Timeline,
    TimelineEvent,
)
from ivr.line.staff import StaffParts
from ivr.line.ticket_intake import Taken, programs_unknown, put_tickets, take
from ivr.line.timeline import timeline
from ivr.line.timeline_words import sentence


def ticket_endpoints(endpoints: Endpoints, parts: StaffParts) -> None:
    """Declare them."""

    @endpoints.endpoint("GET", "/tickets", Scope.READ, TicketPage, query=TicketsAsked)
    def list_tickets(query: TicketsAsked) -> Any:
        """Tickets by number."""
        with parts.store.reading() as work:
            found = work.overview.tickets(query.words, query.limit + 1, query.after)
        shown, after = part(found, query.limit, lambda ticket: ticket.number)
        return {"tickets": [TicketListed.model_validate(each) for each in shown], "next": after}

    @endpoints.endpoint("POST", "/tickets", Scope.TICKETS, TicketsTaken, body=TicketsPut, refuses=(Kind.CONFLICT,))
    def put_many_tickets(body: TicketsPut) -> Any:
        """Put tickets in, new or changed. May be sent again: what is the same stays."""
        found = [each.ticket(each.number) for each in body.tickets]
        for place, ticket in enumerate(found):
            _not_in_the_future(ticket, parts.clock(), f"body.tickets.{place}")
        done = list(put_tickets(parts.store, found, parts.clock))
        counts = {each.value: done.count(each) for each in Taken}
        return {**counts, "warnings": _warnings(parts, found)}

    @endpoints.endpoint("GET", "/tickets/<number>", Scope.READ, TicketWhole)
    def read_ticket(number: str) -> Any:
        """One ticket."""
        with parts.store.reading() as work:
            ticket = existing(work, number)
        return ticket, 200, {"ETag": etag(ticket)}

    @endpoints.endpoint("PUT", "/tickets/<number>", Scope.TICKETS, TicketWhole, body=TicketFields,
                        refuses=(Kind.STALE,))
    def put_ticket(number: str, body: TicketFields) -> Any:
        """Put one ticket in, new or changed. With If-Match only if it is as you saw it; with If-None-Match: * only if
        it is new."""
        if not number.isascii() or not number.isdigit() or len(number) > 20:
            refuse(Kind.NOT_FOUND, "A ticket's number has 1 to 20 digits and nothing else.")
        ticket, now = body.ticket(number), parts.clock()
        _not_in_the_future(ticket, now, "body")
        with parts.store.writing() as work:
            _as_seen(work.tickets.find(number))
            take(work, ticket, now)
        return ticket, 200, {"ETag": etag(ticket)}

    @endpoints.endpoint("GET", "/tickets/<number>/timeline", Scope.READ, Timeline)
    def read_timeline(number: str) -> Any:
        """What happened about a ticket; of a ticket that nobody called about, nothing."""
        with parts.store.reading() as work:
            found = timeline(history(work, number))
        return {"events": [_event(each) for each in found]}


def existing(work: Work, number: str) -> Ticket:
    """The ticket, or a problem."""
    ticket = work.tickets.find(number)
    if ticket is None:
        refuse(Kind.NOT_FOUND, "There is no such ticket in the built-in ticket system; PUT puts one in.")
    return ticket


def etag(ticket: Ticket) -> str:
    """What changes whenever the ticket does."""
    return f'"{hashlib.sha256(repr(ticket).encode()).hexdigest()[:32]}"'


def _as_seen(ticket: Ticket | None) -> None:
    if request.if_none_match.star_tag and ticket is not None:
        refuse(Kind.STALE, "If-None-Match: * asks for a new ticket, and there is one with this number.")
    if request.if_match and (ticket is None or not request.if_match.contains_raw(etag(ticket))):
        refuse(Kind.STALE, "GET the ticket again, make your change to what it says now, and send its new ETag.")


def _not_in_the_future(ticket: Ticket, now: datetime, place: str) -> None:
    if ticket.opened_at > now:
        invalid(f"{place}.opened_at", "lies in the future; check its time zone")


def _warnings(parts: StaffParts, found: list[Ticket]) -> list[str]:
    strange = programs_unknown(parts.store, found)
    return [f"no program {program} is published: its tickets are refused" for program in strange]


def _event(event: Any) -> TimelineEvent:
    names = set(TimelineEvent.model_fields) - {"sentence"}
    return TimelineEvent(sentence=sentence(event), **{name: getattr(event, name) for name in names})
