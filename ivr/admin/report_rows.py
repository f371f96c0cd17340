"""A report as a table of four columns, for spreadsheets: what is counted, of what, in which respect, how many."""

from collections.abc import Iterator

from ivr.line.reports import Report, TimeToHuman

Row = tuple[str, str, str, str]


def report_rows(report: Report) -> Iterator[Row]:
    """All numbers of a report. Outcomes, reasons and states have the names that the Calls page's address has."""
    yield "figure", "of", "what", "number"
    for day in report.days:
        yield "calls", day.day.isoformat(), "all", str(day.calls)
        yield from (("calls", day.day.isoformat(), end, str(count)) for end, count in sorted(day.ends.items()))
    yield from (("refusals", reason, "", str(count)) for reason, count in report.refusals)
    for time in report.times:
        yield from _time(time)
    yield from (("promises", state.value, "", str(count)) for state, count in report.promises.items())
    for row in report.managers:
        hours = enumerate(row.hours)
        yield from (("rings", row.member, f"{hour:02}:00", str(count)) for hour, count in hours if count)
    yield from (("refused, then late", each.ticket_number, each.call_sid, "1") for each in report.late)


def _time(time: TimeToHuman) -> Iterator[Row]:
    level = f"{time.rank}, {time.title}"
    yield "time to a human", level, "talks", str(time.talks)
    yield "time to a human", level, "half within (s)", f"{time.half.total_seconds():.0f}"
    yield "time to a human", level, "9 of 10 within (s)", f"{time.nine_of_ten.total_seconds():.0f}"
