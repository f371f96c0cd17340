"""Calls: search them, read one from the greeting to the last word, take the list along as CSV."""

from collections.abc import Iterator
from datetime import datetime

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from db.repositories.overview import CallFilter, CallLine
from db.repositories.reports import Period
from db.unit_of_work import Work
from flows.heard import Digits, Heard, HoldEnded, RingEnded, Silence, Started, StillWaiting, TalkEnded
from flows.rules.roles import Right
from ivr.admin.call_recordings import recorded_on
from ivr.admin.csv_files import csv_file
from ivr.admin.pages import Pages
from ivr.admin.parts import AdminParts
from ivr.admin.report_periods import LONGEST
from ivr.admin.shell import zone_of_the_line
from ivr.admin.times import read_local
from ivr.admin.words import OUTCOMES, REASONS
from ivr.line.cursors import cursor, place_at
from ivr.line.reports import rung_in_hour
from ivr.logs import masked

PAGE = 50
CSV_AT_MOST = 10_000
IN_HOUR_AT_MOST = 200
"""Rings of one person in one hour of the day; two a night make no more in a quarter."""


def call_pages(pages: Pages, parts: AdminParts) -> None:
    """Declare the list, its CSV, and the page of one call."""

    @pages.page("/calls", Right.READ)
    def calls() -> ResponseReturnValue:
        zone = zone_of_the_line(parts)
        wanted, wrong = _wanted(zone)
        with parts.store.reading() as work:
            found = _in_hour(work, wanted, zone)
            whole = found is not None
            if found is None:
                found = work.overview.calls(wanted, PAGE + 1, place_at(request.args.get("before", "")))
        shown, more = (found, False) if whole else (found[:PAGE], len(found) > PAGE)
        older = cursor((shown[-1].started_at, shown[-1].sid)) if more else None
        return render_template("admin/calls.html", calls=shown, older=older, wrong=wrong,
                               asked=request.args, outcomes=OUTCOMES, reasons=REASONS)

    @pages.page("/calls.csv", Right.READ)
    def calls_csv() -> ResponseReturnValue:
        zone = zone_of_the_line(parts)
        wanted, _ = _wanted(zone)
        with parts.store.reading() as work:
            found = _in_hour(work, wanted, zone)
            if found is None:
                found = work.overview.calls(wanted, CSV_AT_MOST)
        return csv_file("calls.csv", _rows(found))

    @pages.page("/calls/<sid>", Right.READ)
    def call_whole(sid: str) -> ResponseReturnValue:
        with parts.store.reading() as work:
            stored = work.calls.read(sid)
            if stored is None:
                abort(404)
            turns, refusals = work.turns.of(sid), work.refusals.of(sid)
            rings, recorded = work.rings.of_call(sid), recorded_on(work, sid, stored.ticket_number)
            attempts = {ring.attempt_id: work.attempts.read(ring.attempt_id) for ring in rings}
        return render_template("admin/call_whole.html", call=stored, turns=turns, refusals=refusals, rings=rings,
                               attempts=[attempt for attempt in attempts.values() if attempt], heard=said_or_pressed,
                               recorded=recorded)


def said_or_pressed(heard: Heard) -> str:
    """What a turn was told, in words."""
    match heard:
        case Digits(keys=keys):
            return f"pressed {keys}"
        case Silence():
            return "silence"
        case Started():
            return "picked up"
        case RingEnded(outcome=outcome):
            return f"ring ended: {outcome.value.replace('-', ' ')}"
        case StillWaiting():
            return "waits on hold"
        case HoldEnded(talked=talked):
            return "talk ended" if talked else "left the hold"
        case TalkEnded(talked=talked):
            return "talk ended" if talked else "no talk"
        case _:
            return type(heard).__name__


def _wanted(zone: str) -> tuple[CallFilter, dict[str, str]]:
    given = {name: value.strip() for name, value in request.args.items() if value.strip()}
    since, until = _day(given, "since", zone), _day(given, "until", zone)
    dates = [name for name in given if name in {"since", "until"}]
    wrong = {name: "Choose a date, such as 2026-11-23." for name in dates if _day(given, name, zone) is None}
    caller = "".join(each for each in given.get("caller", "") if each.isdigit()) or None
    return CallFilter(ticket=given.get("ticket"), caller=caller, line=given.get("line"), since=since, until=until,
                      outcome=given.get("outcome"), reason=given.get("reason"),
                      spoken=given.get("spoken"), rang=given.get("rang"), talked=_rank(given.get("talked", "")),
                      promise=given.get("promise"), repeat=True if given.get("repeat") else None), wrong


def _in_hour(work: Work, wanted: CallFilter, zone: str) -> list[CallLine] | None:
    """The calls behind one cell of the report's hours; None where no hour of a period is asked for."""
    hour = _rank(request.args.get("hour", ""))
    if hour is None or wanted.rang is None or wanted.since is None or wanted.until is None:
        return None
    period = Period(since=wanted.since, until=min(wanted.until, wanted.since + LONGEST), line=wanted.line or "")
    sids = rung_in_hour(work, period, wanted.rang, hour, zone)[:IN_HOUR_AT_MOST]
    return [call for sid in sids if (call := work.overview.call(sid)) is not None]


def _rank(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else None


def _day(given: dict[str, str], name: str, zone: str) -> datetime | None:
    return read_local(given[name], zone) if name in given else None


def _rows(calls: list[CallLine]) -> Iterator[tuple[str, ...]]:
    yield "started (UTC)", "ended (UTC)", "line", "caller", "ticket", "outcome", "reached", "refused because"
    for call in calls:
        ended = call.ended_at.isoformat() if call.ended_at else ""
        yield (call.started_at.isoformat(), ended, call.line, masked(call.caller), call.ticket_number or "",
               call.outcome or "", call.reached or "", " ".join(call.reasons))
