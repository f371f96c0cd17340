"""Replay: which decisions of the last days the draft would have turned, before it is published."""

from datetime import timedelta

from flask import render_template, request
from flask.typing import ResponseReturnValue

from flows.rules.roles import Right
from ivr.admin.pages import Pages, fragment
from ivr.admin.parts import AdminParts
from ivr.line.cursors import cursor, place_at
from ivr.line.drafts import read_draft
from ivr.line.replay import Kind, Replayed, ReplayedPart, replayed_part

USUAL_DAYS, MOST_DAYS = 30, 366
KINDS = {kind.value: kind for kind in Kind}
LABELS = {
    Kind.FLIPPED.value: "Turned round",
    Kind.REASON.value: "Another reason or time",
    Kind.PHONES.value: "Other phones",
}


def replay_pages(pages: Pages, parts: AdminParts) -> None:
    """Declare the page. It decides a part of the calls at a time and lets the browser ask for the next."""

    @pages.page("/replay", Right.READ)
    def replay() -> ResponseReturnValue:
        asked, wrong = request.args, dict[str, str]()
        days, now = _days(asked.get("days", ""), wrong), parts.clock()
        until = place_at(asked.get("after", ""))
        with parts.store.reading() as work:
            draft = read_draft(parts, work)
            ready = draft.begun and not draft.document.mistakes and not wrong
            part = replayed_part(
                work, draft.before, draft.document.routing, now - timedelta(days=days), until or (now, "")
            ) if ready else None  # fmt: skip
        counts = _counted(part)
        further = fragment() and until is not None
        template = "admin/replay_part.html" if further else "admin/replay.html"
        return render_template(
            template, draft=draft, ready=ready, rows=_rows(part), counts=counts, days=days, wrong=wrong, asked=asked,
            labels=LABELS, more=_more(part, counts), oob=further,
        )


def _days(text: str, wrong: dict[str, str]) -> int:
    text = text.strip() or str(USUAL_DAYS)
    if text.isascii() and text.isdigit() and 1 <= int(text[:6]) <= MOST_DAYS:
        return int(text)
    wrong["days"] = f"A number of days from 1 to {MOST_DAYS}."
    return USUAL_DAYS


def _rows(part: ReplayedPart | None) -> list[Replayed]:
    kind = KINDS.get(request.args.get("kind", ""))
    return [each for each in part.differing if kind in {None, each.kind}] if part else []


def _counted(part: ReplayedPart | None) -> dict[str, int]:
    """The calls looked at up to here, and how their decisions differ: the parts before say theirs in the address."""
    counts = {name: max(request.args.get(name, 0, type=int), 0) for name in ("looked", *KINDS)}
    if part is not None:
        counts["looked"] += part.looked_at
        for each in part.differing:
            if each.kind is not None:
                counts[each.kind.value] += 1
    return counts


def _more(part: ReplayedPart | None, counts: dict[str, int]) -> dict[str, str]:
    """The address of the next part; empty at the end."""
    if part is None or part.after is None:
        return {}
    kept = {name: request.args[name] for name in ("days", "kind") if name in request.args}
    return {**kept, **{name: str(count) for name, count in counts.items()}, "after": cursor(part.after)}
