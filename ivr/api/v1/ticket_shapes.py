"""What tickets look like to programs."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from flows.ticket import Severity, Status, Ticket
from ivr.api.v1.shapes import Answer, Asked, At, Line, Page, PageAsked, Words
from ivr.line.timeline_events import Kind as EventKind
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
