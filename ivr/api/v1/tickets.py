"""Tickets of the built-in ticket system: listed, read, put in one by one or many at once, and what happened."""

import hashlib
from datetime import datetime
from typing import Annotated, Any, Literal

from flask import request
from pydantic import AfterValidator, Field, StringConstraints, model_validator

from db.history import history
from db.unit_of_work import Work
from flows.rules.scopes import Scope
from flows.ticket import Severity, Status, Ticket
from ivr.api.v1.endpoints import Endpoints
from ivr.api.v1.problems import Kind, invalid, refuse
from ivr.api.v1.shapes import Answer, Asked, At, Line, Page, PageAsked, Words, part
from ivr.line.staff import StaffParts
from ivr.line.ticket_intake import Taken, programs_unknown, put_tickets, take
from ivr.line.timeline import timeline
from ivr.line.timeline_events import Kind as EventKind
from ivr.line.timeline_words import sentence
from ivr.routing_file.checks.numbers import written_wrong
from ivr.routing_file.checks.times import unknown_zone

MOST_AT_ONCE = 1000


def _zone(name: str) -> str:
    if name and unknown_zone(name):
        raise ValueError(unknown_zone(name))
    return name


def _phone(number: str) -> str:
    if wrong := written_wrong(number):
        raise ValueError(wrong)
    return number


class TicketFields(Asked):
    """A ticket, without its number."""

    subject: Words
    organisation: Words
    requester: Words
    program: Words
    severity: Literal[1, 2, 3, 4] = Field(description="1 urgent to 4 low, as it is now.")
    product: Words
    status: Status
    opened_at: At
    updated_at: At | None = Field(None, description="When it was last updated; null: when it was opened.")
    region: Line = ""
    contact_numbers: list[Annotated[str, AfterValidator(_phone)]] = Field(
        default=[], max_length=20, description="Phones of the requester in E.164 form."
    )
    time_zone: Annotated[Line, AfterValidator(_zone)] = Field("", description="IANA zone of the requester, or empty.")
    account_manager: bool = Field(False, strict=True)

    @model_validator(mode="after")
    def _in_order(self) -> "TicketFields":
        if self.updated_at is not None and self.updated_at < self.opened_at:
            raise ValueError("updated_at: it cannot have been updated before it was opened")
        return self

    def ticket(self, number: str) -> Ticket:
        """The ticket that they describe."""
        fields = self.model_dump(exclude={"number", "severity", "status", "updated_at", "contact_numbers"})
        return Ticket(
            **fields, number=number, severity=Severity(self.severity), status=self.status,
            updated_at=self.updated_at or self.opened_at, contact_numbers=tuple(self.contact_numbers),
        )


class TicketPut(TicketFields):
    """A ticket."""

    number: Annotated[str, StringConstraints(min_length=1, max_length=20, pattern="^[0-9]+$")]


class TicketsPut(Asked):
    """Tickets, new or changed."""

    tickets: list[TicketPut] = Field(min_length=1, max_length=MOST_AT_ONCE)


class TicketsTaken(Answer):
    """What became of them. ``warnings``: what makes callers be refused."""

    new: int
    changed: int
    same: int
    warnings: list[str]


class TicketWhole(Answer):
    """A ticket as the line sees it."""

    number: str
    subject: str
    organisation: str
    requester: str
    program: str
    severity: int
    product: str
    status: Status
    opened_at: datetime
    updated_at: datetime
    region: str
    contact_numbers: list[str]
    time_zone: str
    account_manager: bool


class TicketListed(Answer):
    """A ticket in a list."""

    number: str
    subject: str
    organisation: str
    program: str
    severity: int
    product: str
    status: Status
    updated_at: datetime
    quiet_until: datetime | None
    attempts: int


class TicketPage(Page):
    """Tickets by number."""

    tickets: list[TicketListed]


class TicketsAsked(PageAsked):
    """Which tickets."""

    words: Line = Field("", description="The beginning of a number, or words of subject or organisation.")


class TimelineEvent(Answer):
    """One thing that happened; what does not apply is empty or null."""

    at: datetime
    kind: EventKind
    sentence: str
    attempt: int | None
    rank: int | None
    title: str
    name: str
    outcome: str
    until: datetime | None
    seconds: int | None
    who: str
    why: str
    letter: str


class Timeline(Answer):
    """What happened about a ticket, in order, over all its escalations."""

    events: list[TimelineEvent]


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
