"""Try it: what the line would do for a ticket, real or made up, at any time, by what is published or by the draft."""

from dataclasses import replace

from flask import render_template, request
from flask.typing import ResponseReturnValue

from db.unit_of_work import Work
from flows.rules.cooldown import Standing
from flows.rules.roles import Right
from flows.ticket import Severity, Status, Ticket
from ivr.admin.cases import MADE_UP, Case, read_case
from ivr.admin.pages import Pages
from ivr.admin.parts import AdminParts
from ivr.admin.shell import zone_of_the_line
from ivr.admin.words import DOES
from ivr.drill.plan import AFTER_TALK, BEHAVIOURS, HANG_UP_WHEN
from ivr.line.trial import Trial, trial


def try_pages(pages: Pages, parts: AdminParts) -> None:
    """Declare the page. It only reads, so everything it tries stands in its address and can be sent to a colleague."""

    @pages.page("/try", Right.READ)
    def try_it() -> ResponseReturnValue:
        zone = zone_of_the_line(parts)
        with parts.store.reading() as work:
            case = read_case(parts, work, zone)
            standing = _standing(work, case.ticket)
        tried = _tried(case, standing) if request.args and case.sound else None
        return render_template(
            "admin/try_it.html", asked=request.args, wrong=case.wrong, ticket=case.ticket, tried=tried, at=case.at,
            routing=case.routing, draft=case.draft, severities=list(Severity), statuses=list(Status),
            now=parts.clock(), zone=zone, levels=case.ladder.levels if tried else (), behaviours=BEHAVIOURS,
            after_talk=AFTER_TALK, hang_up_when=HANG_UP_WHEN, does=DOES,
        )


def _tried(case: Case, standing: Standing) -> Trial:
    assert case.ticket is not None
    caller = request.args.get("caller", "")
    return trial(case.routing, case.line, case.ticket, standing, caller, case.language, case.at, case.on_duty)


def _standing(work: Work, ticket: Ticket | None) -> Standing:
    if ticket is None or request.args.get("ignore_cooldown") or ticket.number == MADE_UP:
        return Standing()
    return replace(work.claims.standing(ticket.number), leased_until=None)
