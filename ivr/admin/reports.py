"""Reports: a period in numbers, each of which leads to its calls."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask import render_template, request
from flask.typing import ResponseReturnValue

from db.repositories.reports import Period
from db.unit_of_work import Work
from flows.rules.promise import State
from flows.rules.roles import Right
from ivr.admin.pages import Pages
from ivr.admin.parts import AdminParts
from ivr.admin.shell import zone_of_the_line
from ivr.line.reports import DayOfCalls, Report, report

PERIODS = (7, 30, 90)
USUAL = 30
GROUPS = {
    "reached": ("reached",),
    "not-reached": ("exhausted", "nobody-on-duty", "lost"),
    "refused": ("refused",),
    "left": ("abandoned", "left-early", "none"),
}
"""The four colours of the chart, and which ends of calls each of them shows."""
SHADES = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One part of a day's column, in hundredths of the highest day."""

    group: str
    bottom: float
    height: float


def report_pages(pages: Pages, parts: AdminParts) -> None:
    """Declare the page."""

    @pages.page("/reports", Right.READ)
    def reports() -> ResponseReturnValue:
        zone, days = zone_of_the_line(parts), _days()
        with parts.store.reading() as work:
            numbers = _numbers(work)
            line = request.args.get("line", "")
            period = _period(parts.clock(), zone, days, line if line in numbers else "")
            found = report(work, period, zone)
        return render_template(
            "admin/reports.html", report=found, days=days, periods=PERIODS, lines=numbers, line=period.line,
            columns=_columns(found), highest=max((day.calls for day in found.days), default=0),
            asked=_asked(found, period.line), shade=_shades(found), State=State, timedelta=timedelta,
        )


def _numbers(work: Work) -> list[str]:
    """The lines that customers call now; none before anything is published."""
    return [line.number for line in work.routing.current()[1].lines] if work.routing.current_version() else []


def _days() -> int:
    given = request.args.get("days", "")
    return int(given) if given in {str(each) for each in PERIODS} else USUAL


def _period(now: datetime, zone: str, days: int, line: str) -> Period:
    """Whole days in the line's zone, today included."""
    here = ZoneInfo(zone)
    midnight = now.astimezone(here).replace(hour=0, minute=0, second=0, microsecond=0)
    return Period(since=midnight - timedelta(days=days - 1), until=midnight + timedelta(days=1), line=line)


def _asked(found: Report, line: str) -> dict[str, Any]:
    """What the Calls page is asked for, to show the calls of the whole period."""
    first, last = found.days[0].day, found.days[-1].day
    period = {"since": first.isoformat(), "until": (last + timedelta(days=1)).isoformat()}
    return {**period, **({"line": line} if line else {})}


def _columns(found: Report) -> list[list[Bar]]:
    highest = max((day.calls for day in found.days), default=0) or 1
    return [_column(day, highest) for day in found.days]


def _column(day: DayOfCalls, highest: int) -> list[Bar]:
    bars, bottom = [], 0.0
    for group, ends in GROUPS.items():
        height = 100 * sum(day.ends.get(end, 0) for end in ends) / highest
        if height:
            bars.append(Bar(group=group, bottom=round(bottom, 2), height=round(height, 2)))
            bottom += height
    return bars


def _shades(found: Report) -> dict[int, int]:
    """How dark a number of rings is shown: the most in one hour is the darkest."""
    most = max((count for row in found.managers for count in row.hours), default=0)
    return {count: -(-count * SHADES // most) if count else 0 for count in range(most + 1)}
