"""What requests and answers are made of."""

from datetime import UTC, datetime
from typing import Annotated, Any

from pydantic import AfterValidator, AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

YEARS = range(1970, 2200)
"""Reckoning ends where the calendar does; no ticket is that old."""
MOST = 200
"""Of a list in one answer."""

NO_CONTROL = r"^[^\x00-\x1f\x7f]*$"
Line = Annotated[str, StringConstraints(max_length=200, pattern=NO_CONTROL)]
"""One line of text, perhaps empty."""
Words = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r"^[^\x00-\x20\x7f][^\x00-\x1f\x7f]*$")]
"""One line of text that says something."""
Why = Annotated[
    str,
    StringConstraints(min_length=1, max_length=500, pattern=r"^[^\x00-\x20\x7f][^\x00-\x1f\x7f]*$"),
    Field(description="Why; it stands in the timeline and in the audit trail."),
]


def _written(at: object) -> object:
    """Numbers are no times here: nobody could tell seconds from milliseconds."""
    if not isinstance(at, str) or "T" not in at.upper():
        raise ValueError("expected a time such as 2026-11-20T08:30:00-05:00")
    return at


def _usable(at: datetime) -> datetime:
    if at.year not in YEARS:
        raise ValueError(f"expected a time from {YEARS.start} to {YEARS.stop - 1}")
    return at.astimezone(UTC)


At = Annotated[AwareDatetime, BeforeValidator(_written), AfterValidator(_usable)]
"""An instant with its offset; answered in UTC."""


class Asked(BaseModel):
    """What a program sends. A field that nobody knows is a mistake, not something to pass over."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Answer(BaseModel):
    """What it is answered."""

    model_config = ConfigDict(from_attributes=True)


class PageAsked(Asked):
    """Which part of a list."""

    limit: int = Field(50, ge=1, le=MOST, description="How many at most.")
    after: Line = Field("", description="The `next` of the part before; empty: from the beginning.")


class Page(Answer):
    """A part of a list. ``next``: what to ask for as ``after``, null at the end."""

    next: str | None


def part(found: list[Any], limit: int, mark: Any) -> tuple[list[Any], str | None]:
    """What to show of one more than ``limit`` rows, and where the next part begins: the ``mark`` of the last shown."""
    shown = found[:limit]
    return shown, mark(shown[-1]) if len(found) > limit else None
