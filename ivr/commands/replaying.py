"""`ivr config replay`: what another routing would have decided, printed as it is found."""

import json
from collections import Counter
from datetime import datetime, timedelta
from typing import Any

import click

from db.unit_of_work import Store
from flows.routing import Routing
from ivr.line.replay import Decision, Kind, Replayed, replayed_part


def replay_file(store: Store, routing: Routing, now: datetime, days: int, *, as_json: bool) -> None:
    """Print every decision of the last ``days`` that ``routing`` makes otherwise, the newest first, then the sums."""
    counted, looked_at, after = Counter[Kind](), 0, (now, "")
    while True:
        with store.reading() as work:
            _, published = work.routing.current()
            part = replayed_part(work, published, routing, now - timedelta(days=days), after)
        looked_at += part.looked_at
        for each in part.differing:
            assert each.kind is not None
            counted[each.kind] += 1
            click.echo(json.dumps(_values(each)) if as_json else _told(each))
        if part.after is None:
            break
        after = part.after
    click.echo(
        f"{looked_at} calls looked at: {counted[Kind.FLIPPED]} decisions turned round, {counted[Kind.REASON]} with "
        f"another reason or time, {counted[Kind.PHONES]} with other phones.", err=as_json,
    )  # fmt: skip


def _told(each: Replayed) -> str:
    head = f"{each.at:%Y-%m-%d %H:%M}  ticket {each.ticket.number:10}  {each.sid}"
    return f"{head}\n    published  {_in_words(each.published)}\n    file       {_in_words(each.other)}"


def _in_words(decision: Decision) -> str:
    if decision.passes:
        phones = ", ".join(f"{ring.rank} {ring.name} {ring.seconds} s" for ring in decision.rings)
        return f"may be escalated: {phones or 'nobody would ring'}"
    until = f", until {decision.opens_at:%Y-%m-%d %H:%M}" if decision.opens_at else ""
    return f"refused: {', '.join(decision.reasons)}{until}"


def _values(each: Replayed) -> dict[str, Any]:
    assert each.kind is not None
    return {
        "call": each.sid, "at": each.at.isoformat(), "ticket": each.ticket.number, "kind": each.kind.value,
        "outcome": each.outcome, "refused": list(each.refused),
        "published": _decision(each.published), "file": _decision(each.other),
    }  # fmt: skip


def _decision(decision: Decision) -> dict[str, Any]:
    return {
        "passes": decision.passes,
        "reasons": list(decision.reasons),
        "opens_at": decision.opens_at.isoformat() if decision.opens_at else None,
        "rings": [{"rank": ring.rank, "name": ring.name, "seconds": ring.seconds} for ring in decision.rings],
    }
