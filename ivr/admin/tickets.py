"""Tickets: what one ticket has been through, whether it may be escalated now, and its cooldown."""

from datetime import timedelta
from http import HTTPStatus

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from flows.rules.roles import Right
from ivr.admin.pages import Pages, whoever
from ivr.admin.parts import AdminParts
from ivr.admin.shell import zone_of_the_line
from ivr.admin.times import shown
from ivr.line.cooldowns import LONGEST_HOURS, LONGEST_WHY, lift_cooldown, set_cooldown

PAGE = 50


def ticket_pages(pages: Pages, parts: AdminParts) -> None:
    """Declare the list and the page of one ticket, with what supervisors may do there."""

    @pages.page("/tickets", Right.READ)
    def tickets() -> ResponseReturnValue:
        words = request.args.get("words", "").strip()
        with parts.store.reading() as work:
            found = work.overview.tickets(words, PAGE + 1, request.args.get("after", ""))
        more = found[PAGE - 1].number if len(found) > PAGE else ""
        return render_template("admin/tickets.html", tickets=found[:PAGE], words=words, more=more, at=parts.clock())

    @pages.page("/tickets/<number>", Right.READ)
    def ticket_whole(number: str) -> ResponseReturnValue:
        return _ticket(parts, number)

    @pages.act("/tickets/<number>/cooldown", Right.SUPERVISE)
    def ticket_cooldown(number: str) -> ResponseReturnValue:
        hours, why = request.form.get("hours", "").strip(), request.form.get("why", "").strip()
        wrong = _wrong(why)
        if not hours.isascii() or not hours.isdigit() or not 1 <= int(hours) <= LONGEST_HOURS:
            wrong["hours"] = f"A whole number of hours from 1 to {LONGEST_HOURS}."
        if wrong:
            return _ticket(parts, number, wrong)
        until = parts.clock() + timedelta(hours=int(hours))
        with parts.store.writing() as work:
            set_cooldown(parts, work, number, until, whoever().user.name, why)
        flash(f"Nobody is rung about ticket {number} until {shown(until, zone_of_the_line(parts))}.")
        return redirect(url_for("admin.ticket_whole", number=number))

    @pages.act("/tickets/<number>/lift", Right.SUPERVISE)
    def ticket_lift(number: str) -> ResponseReturnValue:
        why = request.form.get("why", "").strip()
        wrong = _wrong(why)
        if wrong:
            return _ticket(parts, number, wrong)
        with parts.store.writing() as work:
            lift_cooldown(parts, work, number, whoever().user.name, why)
        flash(f"Ticket {number} may be escalated at once, if its rules allow it.")
        return redirect(url_for("admin.ticket_whole", number=number))


def _wrong(why: str) -> dict[str, str]:
    if not why:
        return {"why": "Say why. Others will ask, and the audit trail keeps it."}
    return {"why": f"At most {LONGEST_WHY} characters."} if len(why) > LONGEST_WHY else {}


def _ticket(parts: AdminParts, number: str, wrong: dict[str, str] | None = None) -> ResponseReturnValue:
    with parts.store.reading() as work:
        ticket = work.tickets.find(number)
        attempts = work.attempts.of_ticket(number)
        if ticket is None and not attempts:
            abort(404)
        standing, notes = work.claims.standing(number), work.tickets.notes(number)
        rings = {attempt.id: work.rings.of_attempt(attempt.id) for attempt in attempts}
        changes = work.audit.of(f"ticket {number}")
    page = render_template(
        "admin/ticket_whole.html", number=number, ticket=ticket, standing=standing, attempts=attempts, rings=rings,
        notes=notes, changes=changes, at=parts.clock(), wrong=wrong or {}, given=request.form,
    )
    return page, HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK
