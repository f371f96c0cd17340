"""Reports: a period in numbers; what counts calls leads to them."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from db.repositories.reports import Period
from db.unit_of_work import Work
from flows.rules.promise import State
from flows.rules.roles import Right
from ivr.admin.csv_files import csv_file
from ivr.admin.pages import Pages
from ivr.admin.parts import AdminParts
from ivr.admin.report_periods import PERIODS, ChosenPeriod, chosen_period
from ivr.admin.report_rows import report_rows
from ivr.admin.shell import zone_of_the_line
from ivr.line.reports import DayOfCalls, Report, report

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
    """Declare the page and its CSV."""

    @pages.page("/reports", Right.READ)
    def reports() -> ResponseReturnValue:
        chosen, numbers, line, found = _told(parts)
        return render_template(
            "admin/reports.html", report=found, chosen=chosen, periods=PERIODS, lines=numbers, line=line,
            columns=_columns(found), highest=max((day.calls for day in found.days), default=0), given=request.args,
            asked=_asked(found, line), shade=_shades(found), State=State, timedelta=timedelta,
        )

    @pages.page("/reports.csv", Right.READ)
    def reports_csv() -> ResponseReturnValue:
        return csv_file("report.csv", report_rows(_told(parts)[-1]))


def _told(parts: AdminParts) -> tuple[ChosenPeriod, list[str], str, Report]:
    """The period, all lines, the one that was asked for or "", and what is to be told."""
    zone = zone_of_the_line(parts)
    chosen = chosen_period(request.args, parts.clock(), zone)
    with parts.store.reading() as work:
        numbers = _numbers(work)
        line = request.args.get("line", "")
        line = line if line in numbers else ""
        found = report(work, Period(since=chosen.since, until=chosen.until, line=line), zone)
    return chosen, numbers, line, found


def _numbers(work: Work) -> list[str]:
    """The lines that customers call now; none before anything is published."""
    return [line.number for line in work.routing.current()[1].lines] if work.routing.current_version() else []


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
