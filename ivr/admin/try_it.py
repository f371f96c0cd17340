"""Try it: what the line would do for a ticket, real or made up, at any time, by what is published or by the draft."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from flask import render_template, request
from flask.typing import ResponseReturnValue

from db.unit_of_work import Work
from flows.routing import Routing
from flows.rules.cooldown import Standing
from flows.rules.roles import Right
from flows.ticket import Severity, Status, Ticket
from ivr.admin.pages import Pages
from ivr.admin.parts import AdminParts
from ivr.admin.shell import zone_of_the_line
from ivr.admin.times import read_local
from ivr.line.drafts import Draft, read_draft
from ivr.line.shifts import on_shift
from ivr.line.trial import Trial, trial
from ivr.routing_file.texts import length_from_text

MADE_UP = "10000"
LENGTH = "A length such as 45m, 2h or 1d 6h."


def try_pages(pages: Pages, parts: AdminParts) -> None:
    """Declare the page. It only reads, so everything it tries stands in its address and can be sent to a colleague."""

    @pages.page("/try", Right.READ)
    def try_it() -> ResponseReturnValue:
        asked = request.args
        zone = zone_of_the_line(parts)
        wrong: dict[str, str] = {}
        at = _moment(asked.get("at", ""), zone, parts.clock(), wrong)
        with parts.store.reading() as work:
            draft = read_draft(parts, work)
            routing = _routing(draft, asked.get("version", ""), wrong)
            ticket = _ticket(work, routing, at, wrong)
            standing = _standing(work, ticket)
            on_duty = on_shift(work, routing, at)
        tried = None if wrong or ticket is None or not asked or not routing.lines else _tried(
            routing, ticket, standing, at, on_duty)
        return render_template(
            "admin/try_it.html", asked=asked, wrong=wrong, ticket=ticket, tried=tried, at=at, routing=routing,
            draft=draft, severities=list(Severity), statuses=list(Status), now=parts.clock(), zone=zone,
        )


def _tried(
    routing: Routing, ticket: Ticket, standing: Standing, at: datetime, on_duty: Mapping[str, str | None]
) -> Trial:
    line = routing.line(request.args.get("line", "")) or routing.lines[0]
    language = request.args.get("language", "")
    spoken = language if language in line.languages else line.languages[0]
    return trial(routing, line, ticket, standing, request.args.get("caller", ""), spoken, at, on_duty)


def _moment(text: str, zone: str, now: datetime, wrong: dict[str, str]) -> datetime:
    at = read_local(text, zone) if text.strip() else now
    if at is None:
        wrong["at"] = "Choose a date and time, such as 2026-11-23 03:00."
    return at or now


def _routing(draft: Draft, version: str, wrong: dict[str, str]) -> Routing:
    if version != "draft":
        return draft.before
    if draft.document.mistakes:
        wrong["version"] = "The draft has mistakes; mend them before trying it."
        return draft.before
    return draft.document.routing


def _ticket(work: Work, routing: Routing, at: datetime, wrong: dict[str, str]) -> Ticket | None:
    number = request.args.get("ticket", "").strip()
    if not number:
        return _made_up(routing, at, wrong)
    found = work.tickets.find(number)
    if found is None:
        wrong["ticket"] = f"There is no ticket {number} here. Leave the field empty to make one up."
    return found


def _standing(work: Work, ticket: Ticket | None) -> Standing:
    if ticket is None or request.args.get("ignore_cooldown") or ticket.number == MADE_UP:
        return Standing()
    return replace(work.claims.standing(ticket.number), leased_until=None)


def _made_up(routing: Routing, at: datetime, wrong: dict[str, str]) -> Ticket:
    """A ticket as the form describes it; ages count back from the moment that is tried."""
    programs = list(routing.programs) or ["Premium"]
    return Ticket(
        number=MADE_UP,
        subject="Made up",
        organisation="Made up",
        requester="",
        program=request.args.get("program") or programs[0],
        severity=Severity(request.args.get("severity", 2, type=int)) if _known_severity() else Severity.HIGH,
        product=request.args.get("product", ""),
        status=_status(),
        opened_at=at - _age("opened", "1d", wrong),
        updated_at=at - _age("updated", "1d", wrong),
        region=request.args.get("region", ""),
    )


def _known_severity() -> bool:
    return request.args.get("severity", 2, type=int) in {int(each) for each in Severity}


def _status() -> Status:
    wanted = request.args.get("status", "")
    return next((status for status in Status if status.value == wanted), Status.OPEN)


def _age(name: str, usual: str, wrong: dict[str, str]) -> timedelta:
    age = length_from_text(request.args.get(name) or usual)
    if age is None or age > timedelta(days=3650):
        wrong[name] = LENGTH
        return timedelta()
    return age
