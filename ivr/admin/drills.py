"""Drills: the whole call that a case would lead to, played with emulated telephones and shown word for word."""

from dataclasses import replace
from urllib.parse import urlencode

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from db.unit_of_work import Work
from flows.routing import Line
from flows.rules.roles import Right
from flows.ticket import Ticket
from ivr.admin.cases import MADE_UP, Case, read_case
from ivr.admin.pages import Pages, fragment, whoever
from ivr.admin.parts import AdminParts
from ivr.admin.shell import zone_of_the_line
from ivr.admin.times import shown
from ivr.drill.desk import LOST_AFTER, on_duty_then
from ivr.drill.plan import AFTER_TALK, BEHAVIOURS, HANG_UP_WHEN, PLAYED, DrillPlan

SHOWN = 20
BUSY = "Another drill is being played; it takes seconds. Press again when it is over."


def drill_pages(pages: Pages, parts: AdminParts) -> None:
    """Declare the list, the page of one drill, and how one is begun: from *Try it*, whose address says the case."""

    @pages.page("/drills", Right.READ)
    def drills() -> ResponseReturnValue:
        with parts.store.reading() as work:
            found = work.drills.latest(SHOWN)
        return render_template("admin/drills.html", drills=found, lost=parts.clock() - LOST_AFTER)

    @pages.act("/drills", Right.ROUTE)
    def drill_begin() -> ResponseReturnValue:
        zone = zone_of_the_line(parts)
        with parts.store.reading() as work:
            case = read_case(parts, work, zone)
            plan = _plan(parts, work, case) if case.sound else None
        back = f"{url_for('admin.try_it')}?{urlencode(request.args)}"
        if plan is None:
            return redirect(back)
        begun = parts.drills.begin(plan, _about(case, zone), whoever().user.name)
        if begun is None:
            flash(BUSY)
            return redirect(back)
        return redirect(url_for("admin.drill", drill_id=begun))

    @pages.page("/drills/<int:drill_id>", Right.READ)
    def drill(drill_id: int) -> ResponseReturnValue:
        with parts.store.reading() as work:
            found = work.drills.read(drill_id)
        if found is None:
            abort(404)
        played = PLAYED.validate_json(found.played) if found.played else None
        template = "admin/drill_played.html" if fragment() else "admin/drill.html"
        return render_template(template, drill=found, played=played, lost=parts.clock() - LOST_AFTER)


def _plan(parts: AdminParts, work: Work, case: Case) -> DrillPlan:
    assert case.ticket is not None
    overrides, absences = on_duty_then(work, case.routing, parts.clock(), case.at)
    return DrillPlan(
        routing=case.routing, line=case.line.number, ticket=_keyable(case.ticket, case.line), language=case.language,
        at=case.at, regions=tuple(sorted(parts.policy.regions)), levels=_levels(case),
        after_talk=_one_of(AFTER_TALK, "after_talk"), hang_up_when=_one_of(HANG_UP_WHEN, "hang_up_when"),
        overrides=overrides, absences=absences,
    )  # fmt: skip


def _keyable(ticket: Ticket, line: Line) -> Ticket:
    """A made-up ticket gets a number that this line takes."""
    if ticket.number != MADE_UP:
        return ticket
    digits = min(max(len(MADE_UP), line.number_format.shortest), line.number_format.longest)
    return replace(ticket, number=f"{MADE_UP:0<{digits}}"[:digits])


def _levels(case: Case) -> dict[int, str]:
    """What each level does; nonsense is not answering."""
    given = {level.rank: request.form.get(f"level-{level.rank}", "") for level in case.ladder.levels}
    return {rank: behaviour for rank, behaviour in given.items() if behaviour in BEHAVIOURS}


def _one_of(choices: tuple[str, ...], field: str) -> str:
    given = request.form.get(field, "")
    return given if given in choices else choices[0]


def _about(case: Case, zone: str) -> str:
    assert case.ticket is not None
    asked = request.args.get("version", "")
    routing = "the draft" if asked == "draft" else f"version {case.draft.published}"
    which = "A made-up ticket" if case.ticket.number == MADE_UP else f"Ticket {case.ticket.number}"
    return f"{which} by {routing}, {shown(case.at, zone)}"
