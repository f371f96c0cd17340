"""What duties look like to programs."""

from datetime import datetime

from pydantic import Field

from ivr.api.v1.shapes import Answer, Asked, At, Line


class OnCallAsked(Asked):
    """When."""

    at: At | None = Field(None, description="null: now.")


class OnDuty(Answer):
    """Who has the shift of a schedule: the key of a person, null: nobody."""

    schedule: str
    person: str | None
    name: str


class ShiftManager(Answer):
    """Whom a line's mails go to."""

    line: str
    person: str
    name: str


class OnCall(Answer):
    """Who is on duty at a moment."""

    at: datetime
    schedules: list[OnDuty]
    shift_managers: list[ShiftManager]


class ShiftsAsked(Asked):
    """From when to when; at most 92 days."""

    since: At | None = Field(None, description="null: now.")
    until: At | None = Field(None, description="null: two weeks later.")


class ShiftTold(Answer):
    """From when to when somebody is on duty; ``person`` null: nobody, a gap."""

    starts_at: datetime
    ends_at: datetime
    person: str | None


class Shifts(Answer):
    """A schedule spread out over time, gaps included."""

    shifts: list[ShiftTold]


class OverridePut(Asked):
    """Somebody else is on duty for a time."""

    schedule: Line
    person: Line | None = Field(description="The key of a person; null: nobody.")
    starts_at: At
    ends_at: At
    why: Line = ""


class OverrideTold(Answer):
    """One override. ``imported``: from a calendar, and not to be removed here."""

    id: int
    schedule: str
    person: str | None
    starts_at: datetime
    ends_at: datetime
    set_by: str
    why: str
    imported: bool


class Overrides(Answer):
    """Those that are not over, by their beginning."""

    overrides: list[OverrideTold]
