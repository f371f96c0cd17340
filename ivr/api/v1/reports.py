"""A period in numbers."""

from datetime import date, datetime, timedelta
from typing import Any

from pydantic import Field

from db.repositories.reports import Period
from flows.rules.scopes import Scope
from ivr.api.v1.endpoints import Endpoints
from ivr.api.v1.problems import invalid
from ivr.api.v1.shapes import Answer, Asked, At, Line
from ivr.line.reports import Report, report
from ivr.line.staff import StaffParts

LONGEST = timedelta(days=92)


class ReportAsked(Asked):
    """Which period."""

    since: At
    until: At = Field(description="Before then; at most 92 days after since.")
    line: Line = Field("", description="A line's number; empty: all.")


class DayTold(Answer):
    """One day in the first line's zone: how many calls ended how."""

    day: date
    ends: dict[str, int]


class LevelTold(Answer):
    """Seconds from the call to a talk with this level: of half of the callers, and of nine in ten."""

    rank: int
    title: str
    talks: int
    half: float
    nine_of_ten: float


class ManagerTold(Answer):
    """How often a manager's phones rang in each hour of the day, from midnight."""

    member: str
    hours: list[int]


class LateTold(Answer):
    """A ticket refused for its guaranteed response time, which support had not touched when that was over."""

    ticket_number: str
    refused_at: datetime
    call_sid: str


class ReportTold(Answer):
    """``refusals``: calls by spoken reason. ``spared``: repeat calls that rang nobody. ``promises`` by what became of
    them. ``zone``: in which days and hours are meant."""

    zone: str
    calls: int
    ends: dict[str, int]
    days: list[DayTold]
    refusals: dict[str, int]
    spared: int
    levels: list[LevelTold]
    managers: list[ManagerTold]
    promises: dict[str, int]
    late: list[LateTold]


def report_endpoints(endpoints: Endpoints, parts: StaffParts) -> None:
    """Declare them."""

    @endpoints.endpoint("GET", "/reports", Scope.READ, ReportTold, query=ReportAsked)
    def read_report(query: ReportAsked) -> Any:
        """Calls, refusals, times to a human, rings and promises of a period."""
        if not timedelta() < query.until - query.since <= LONGEST:
            invalid("query.until", f"expected a time after since, at most {LONGEST.days} days later")
        with parts.store.reading() as work:
            lines = work.routing.current()[1].lines if work.routing.current_version() else ()
            zone = lines[0].zone if lines else "UTC"
            found = report(work, Period(since=query.since, until=query.until, line=query.line), zone)
        return _told(found, zone)


def _told(found: Report, zone: str) -> ReportTold:
    return ReportTold(
        zone=zone, calls=found.calls, ends=dict(found.ends), refusals=dict(found.refusals), spared=found.spared,
        days=[DayTold(day=each.day, ends=dict(each.ends)) for each in found.days],
        levels=[
            LevelTold(rank=each.rank, title=each.title, talks=each.talks, half=each.half.total_seconds(),
                      nine_of_ten=each.nine_of_ten.total_seconds())
            for each in found.times
        ],
        managers=[ManagerTold.model_validate(each) for each in found.managers],
        promises={state.value: count for state, count in found.promises.items()},
        late=[LateTold.model_validate(each) for each in found.late],
    )
