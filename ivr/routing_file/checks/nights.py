"""Nights: a ladder on which nobody can be rung at three in the morning is a surprise that comes at three."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from flows.routing import LadderPlan, Routing
from flows.rules.working_time import DAY, Period, opening
from flows.ticket import Severity
from ivr.line.dialling import DialPolicy
from ivr.line.holiday_dates import holiday_dates
from ivr.line.reach import Outlook
from ivr.routing_file.checks.people import filled_elsewhere
from ivr.routing_file.findings import Finding

AHEAD = timedelta(days=14)
DEAD_OF_NIGHT = time(3)


def nights(routing: Routing, policy: DialPolicy, now: datetime) -> Iterator[Finding]:
    """Ladders of a sound routing that have nobody to ring in some night of the next two weeks. Only turns are known
    here: a ladder with a schedule on it that a calendar fills is left out."""
    zone = routing.lines[0].zone
    outlook = Outlook(routing=routing, policy=policy, zone=zone, start=now, end=now + AHEAD,
                      holidays=holiday_dates(routing, now))  # fmt: skip
    for number, ladder in enumerate(routing.ladders, start=1):
        if not any(filled_elsewhere(routing, key) for level in ladder.levels for key in level.members):
            yield from _unreached(outlook, number, ladder)


def _unreached(outlook: Outlook, number: int, ladder: LadderPlan) -> Iterator[Finding]:
    """The first night for the most urgent tickets that ring nobody then."""
    for severity in Severity:
        asleep = _asleep(replace(outlook, severity=severity), ladder)
        if asleep:
            about = "" if severity is Severity.URGENT else f" for a ticket of severity {severity.value} or less urgent"
            local = asleep[0].astimezone(ZoneInfo(outlook.zone))
            more = f", nor in {len(asleep) - 1} more of the next 14 nights" if len(asleep) > 1 else ""
            message = f"nobody can be rung on {local:%Y-%m-%d} at {local:%H:%M} ({outlook.zone}){about}{more}"
            yield Finding(place=("ladders", str(number)), message=message, warning=True)
            return


def _asleep(outlook: Outlook, ladder: LadderPlan) -> list[datetime]:
    gaps = outlook.gaps(ladder)
    return [at for at in _nights(outlook.start, outlook.end, ZoneInfo(outlook.zone)) if _in_one(at, gaps)]


def _nights(start: datetime, end: datetime, zone: ZoneInfo) -> Iterator[datetime]:
    day = start.astimezone(zone).date()
    while (at := opening(day, DEAD_OF_NIGHT, zone)) < end:
        if at >= start:
            yield at
        day += DAY


def _in_one(at: datetime, periods: list[Period]) -> bool:
    return any(begins <= at < ends for begins, ends in periods)
