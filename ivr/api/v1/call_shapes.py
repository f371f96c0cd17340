"""What calls look like to programs."""

from datetime import datetime
from typing import Annotated

from pydantic import Field, StringConstraints

from ivr.api.v1.shapes import Answer, At, Line, Page, PageAsked


class CallsAsked(PageAsked):
    """Which calls; what is left out does not matter."""

    ticket: Line | None = None
    caller: Annotated[str, StringConstraints(pattern="^[0-9]{2,15}$")] | None = Field(
        None, description="The last digits of the caller's number."
    )
    line: Line | None = None
    outcome: Line | None = Field(None, description='How the attempt ended, "refused", or "none".')
    reason: Line | None = Field(None, description="One of the reasons of the last refusal.")
    since: At | None = None
    until: At | None = None


class CallListed(Answer):
    """A customer's call. ``reasons`` are those of its last refusal, the spoken one first; ``caller`` is masked."""

    sid: str
    line: str
    caller: str
    ticket_number: str | None
    step: str
    started_at: datetime
    ended_at: datetime | None
    outcome: str | None
    reached: str | None
    reasons: list[str]


class CallPage(Page):
    """Calls, the newest first."""

    calls: list[CallListed]


class Sentence(Answer):
    """What was said."""

    language: str
    text: str


class TurnTold(Answer):
    """One turn: what was heard, from which step to which, and what was said then."""

    number: int
    at: datetime
    heard: str
    step_from: str
    step_to: str
    said: list[Sentence]


class RefusalTold(Answer):
    """Why a caller was told no; the spoken reason comes first."""

    ticket_number: str
    reasons: list[str]
    opens_at: datetime | None
    at: datetime


class RingTold(Answer):
    """One ring of a manager."""

    attempt_id: int
    rank: int
    title: str
    member: str
    started_at: datetime
    answered_at: datetime | None
    accepted_at: datetime | None
    ended_at: datetime | None
    outcome: str | None
    decline_reason: str | None
    terms: str | None
    terms_until: datetime | None


class CallWhole(Answer):
    """A call, word for word."""

    sid: str
    line: str
    caller: str
    ticket_number: str | None
    step: str
    routing_version: int
    started_at: datetime
    ended_at: datetime | None
    turns: list[TurnTold]
    refusals: list[RefusalTold]
    rings: list[RingTold]


class PhoneTold(Answer):
    """A telephone that rings, is being screened, or talks."""

    call_sid: str
    rank: int
    title: str
    member: str
    started_at: datetime
    answered_at: datetime | None
    accepted_at: datetime | None


class Resting(Answer):
    """A ticket that holds a claim or rests."""

    ticket_number: str
    leased_until: datetime | None
    quiet_until: datetime | None
    promised_until: datetime | None
    last_talked: int
    attempts: int


class CallNow(Answer):
    """A call that goes on."""

    sid: str
    line: str
    caller: str
    ticket_number: str | None
    step: str
    started_at: datetime


class Live(Answer):
    """What goes on now. ``worker_seen_at``: when the worker was last seen."""

    calls: list[CallNow]
    phones: list[PhoneTold]
    resting: list[Resting]
    worker_seen_at: datetime | None
    routing_version: int
