"""Schedules: who is on duty when, on a calendar; and whoever is put in, or swaps, for a time, which counts at once."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from http import HTTPStatus
from zoneinfo import ZoneInfo

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from db.repositories.audit import Change
from db.repositories.overrides import OverrideClash
from db.unit_of_work import Work
from flows.routing import Routing
from flows.rules.roles import Right
from flows.rules.schedule import Override, Schedule
from flows.rules.shifts import SwapRefused, gaps, longest_turn, shift_at, swapped, whole_shifts
from ivr.admin.ladder_form import tidy
from ivr.admin.month import days, month_of, weeks
from ivr.admin.pages import Pages, whoever
from ivr.admin.parts import AdminParts
from ivr.admin.places import places
from ivr.admin.times import read_local, shown
from ivr.line.drafts import read_draft

AHEAD, SWAPPABLE, FARTHEST = timedelta(days=14), timedelta(days=60), timedelta(days=366)
LONGEST_WHY = 200
NOBODY = "nobody"
WRONG_TIME = "Choose a date and time; the end after the beginning, still to come, a year ahead at most."
CHANGED = "One of these shifts has changed hands since you saw them. Look again, then swap."


def schedule_pages(pages: Pages, parts: AdminParts) -> None:
    """Declare the list, the calendar of one schedule, and what is changed by hand."""

    @pages.page("/schedules", Right.READ)
    def schedules() -> ResponseReturnValue:
        now = parts.clock()
        with parts.store.reading() as work:
            draft = read_draft(parts, work)
            routing = draft.sound
            standing = {key: work.overrides.for_schedule(key, now) for key in routing.schedules}
        found = [
            (key, each, shift_at(each, standing[key], now), next(gaps(each, standing[key], now, now + AHEAD), None),
             list(places(routing, key)))
            for key, each in routing.schedules.items()
        ]  # fmt: skip
        return render_template("admin/schedules.html", draft=draft, schedules=found, names=_names(routing))

    @pages.page("/schedules/of/<path:key>", Right.READ)
    def schedules_whole(key: str) -> ResponseReturnValue:
        return _page(parts, key)

    @pages.act("/schedules/override", Right.STAFF)
    def schedules_override() -> ResponseReturnValue:
        return _put_in(parts, request.form.get("schedule", ""))

    @pages.act("/schedules/override/remove", Right.STAFF)
    def schedules_override_remove() -> ResponseReturnValue:
        key = request.form.get("schedule", "")
        with parts.store.writing() as work:
            routing, schedule = _live(work, key)
            removed = work.overrides.remove(request.form.get("override", 0, type=int))
            if removed:
                _note(parts, work, "took out", key, was=_told(routing, schedule, removed))
        flash("Taken out: the rotations count again.")
        return redirect(url_for("admin.schedules_whole", key=key))

    @pages.act("/schedules/swap", Right.STAFF)
    def schedules_swap() -> ResponseReturnValue:
        return _swap(parts, request.form.get("schedule", ""))


def _put_in(parts: AdminParts, key: str) -> ResponseReturnValue:
    try:
        with parts.store.writing() as work:
            routing, schedule = _live(work, key)
            wanted = _wanted(parts, routing, schedule, key)
            if isinstance(wanted, str):
                return _page(parts, key, {"override": wanted})
            work.overrides.add(wanted, parts.clock())
            _note(parts, work, "put in", key, became=_told(routing, schedule, wanted), why=wanted.why)
    except OverrideClash as clash:
        same = (clash.standing.person, clash.standing.starts_at, clash.standing.ends_at)
        if same != (clash.wanted.person, clash.wanted.starts_at, clash.wanted.ends_at):
            return _page(parts, key, {"override": _explained(parts, key, clash)})
    flash("It counts at once: whoever is put in comes before the rotations.")
    return redirect(url_for("admin.schedules_whole", key=key))


def _wanted(parts: AdminParts, routing: Routing, schedule: Schedule, key: str) -> Override | str:
    """The override in the form, or what is wrong with it."""
    begins, ends = (read_local(request.form.get(name, ""), schedule.zone) for name in ("begins", "ends"))
    person, now = request.form.get("person", ""), parts.clock()
    if begins is None or ends is None or not max(begins, now) < ends <= now + FARTHEST:
        return WRONG_TIME
    if person != NOBODY and person not in routing.people:
        return "Choose who is on duty then."
    return Override(
        schedule=key, person=None if person == NOBODY else person, starts_at=begins, ends_at=ends,
        set_by=whoever().user.name, why=tidy(request.form.get("why", ""))[:LONGEST_WHY],
    )  # fmt: skip


def _swap(parts: AdminParts, key: str) -> ResponseReturnValue:
    try:
        with parts.store.writing() as work:
            routing, schedule = _live(work, key)
            wrong = _swapped(parts, work, routing, schedule, key)
    except OverrideClash as clash:
        wrong = _explained(parts, key, clash)
    if wrong:
        return _page(parts, key, {"swap": wrong})
    flash("Swapped. It counts at once.")
    return redirect(url_for("admin.schedules_whole", key=key))


def _swapped(parts: AdminParts, work: Work, routing: Routing, schedule: Schedule, key: str) -> str:
    """Swap the two chosen shifts; why that cannot be, or nothing."""
    chosen = [_chosen(request.form.get(name, "")) for name in ("one", "other")]
    times = [at for at, _ in chosen if at is not None]
    if len(times) < 2:
        return "Choose two shifts."
    standing = work.overrides.for_schedule(key, min(times) - longest_turn(schedule))
    on_duty = [shift_at(schedule, standing, at) for at in times]
    if [each.person if each else "" for each in on_duty] != [person for _, person in chosen]:
        return CHANGED
    try:
        both = swapped(key, schedule, standing, *times)
    except SwapRefused:
        return "Choose the shifts of two different people."
    why = tidy(request.form.get("why", ""))[:LONGEST_WHY]
    for each in both:
        stored = work.overrides.add(replace(each, set_by=whoever().user.name, why=why or "swap"), parts.clock())
        _note(parts, work, "swapped", key, became=_told(routing, schedule, stored), why=why)
    return ""


def _chosen(value: str) -> tuple[datetime | None, str]:
    """A shift as its option says: when it begins, and whose it was when the page was made."""
    at, _, person = value.partition(" ")
    try:
        found = datetime.fromisoformat(at)
    except ValueError:
        return None, ""
    return (found if found.tzinfo else None), person


def _live(work: Work, key: str) -> tuple[Routing, Schedule]:
    """The published routing and one of its schedules; there is nothing to set about another."""
    routing = work.routing.current()[1] if work.routing.current_version() else None
    if routing is None or key not in routing.schedules:
        abort(HTTPStatus.NOT_FOUND)
    return routing, routing.schedules[key]


def _explained(parts: AdminParts, key: str, clash: OverrideClash) -> str:
    with parts.store.reading() as work:
        routing, schedule = _live(work, key)
    told = _told(routing, schedule, clash.standing)
    return f"At that time stands already: {told}. Take that out, or choose another time."


def _told(routing: Routing, schedule: Schedule, override: Override) -> str:
    who = _names(routing).get(override.person or "", override.person or NOBODY)
    span = f"{shown(override.starts_at, schedule.zone)} to {shown(override.ends_at, schedule.zone)}"
    why = f" ({override.why})" if override.why else ""
    return f"{who}, {span}{why}"


def _note(
    parts: AdminParts, work: Work, action: str, key: str, *, was: str = "", became: str = "", why: str = ""
) -> None:
    parts.note(work, Change(at=parts.clock(), who=whoever().user.name, action=action, subject=f"schedule {key}",
                            was=was, became=became, why=why))  # fmt: skip


def _names(routing: Routing) -> dict[str, str]:
    return {key: person.name for key, person in routing.people.items()}


def _page(parts: AdminParts, key: str, wrong: dict[str, str] | None = None) -> ResponseReturnValue:
    now = parts.clock()
    with parts.store.reading() as work:
        draft = read_draft(parts, work)
        schedule = draft.sound.schedules.get(key)
        if schedule is None:
            abort(HTTPStatus.NOT_FOUND)
        today = now.astimezone(ZoneInfo(schedule.zone)).date()
        month = month_of(request.args.get("month", ""), today)
        start = min(month - timedelta(days=7), today)
        standing = work.overrides.for_schedule(key, read_local(start.isoformat(), schedule.zone) or now)
        imported = next((each for each in work.calendar_imports.all() if each.schedule == key), None)
    page = render_template(
        "admin/schedule.html", draft=draft, key=key, schedule=schedule, names=_names(draft.sound), today=today,
        month=month, before=month - timedelta(days=1), after=month + timedelta(days=31),
        weeks=weeks(schedule, standing, month), fortnight=list(days(schedule, standing, today, 14)),
        by_hand=[each for each in standing if not each.imported and each.ends_at > now],
        swappable=_swappable(schedule, standing, now), live=key in draft.before.schedules, nobody=NOBODY,
        gaps=list(gaps(schedule, standing, now, now + AHEAD)), wrong=wrong or {}, given=request.form,
        stand=list(places(draft.sound, key)), imported=imported,
    )  # fmt: skip
    return page, HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK


def _swappable(
    schedule: Schedule, standing: Sequence[Override], now: datetime
) -> list[tuple[str, str, datetime, datetime]]:
    """The shifts of the next two months: the option that means them, whose, and from when to when."""
    found = whole_shifts(schedule, standing, now, now + SWAPPABLE)
    return [(f"{each.starts_at.isoformat()} {each.person}", each.person, each.starts_at, each.ends_at)
            for each in found]  # fmt: skip
