"""`ivr promises`: what managers promised, and whether they kept it."""

import json
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

import click

from db.repositories.promises import Promise
from flows.rules.promise import Tally, tallies
from ivr.clock import wall_clock
from ivr.commands.database import DATABASE, opened

AS_JSON = click.option("--json", "as_json", is_flag=True, help="As JSON.")
HEAD = "person                made   kept   broken   open   void"


@click.group()
def promises() -> None:
    """Answers that managers promised by a time."""


@promises.command("list")
@click.option("--most", default=20, show_default=True, help="How many promises, the newest first.")
@AS_JSON
@DATABASE
def list_promises(most: int, as_json: bool, database_url: str) -> None:
    """The latest promises, one line each; times are UTC."""
    with opened(database_url) as store, store.reading() as work:
        found = work.promises.latest(most)
    if as_json:
        click.echo(json.dumps([_values(promise) for promise in found]))
        return
    click.echo("\n".join(_line(promise) for promise in found) or "No promises yet.")


@promises.command()
@click.option("--days", default=30, show_default=True, help="Promises made in so many days until now.")
@AS_JSON
@DATABASE
def report(days: int, as_json: bool, database_url: str) -> None:
    """How many promises were kept, by person and in total. Void ones were superseded, or their ticket is gone."""
    with opened(database_url) as store, store.reading() as work:
        counted = tallies(work.promises.counted(wall_clock() - timedelta(days=days)))
    if as_json:
        people, total = [_tally(each) for each in counted[:-1]], _tally(counted[-1])
        click.echo(json.dumps({"days": days, "people": people, "total": total}))
        return
    click.echo("\n".join([HEAD, *(_row(tally) for tally in counted)]))


def _line(promise: Promise) -> str:
    settled = f"  {_time(promise.settled_at)}" if promise.settled_at else ""
    made, until = _time(promise.promised_at), _time(promise.until)
    return f"ticket {promise.ticket_number:10}  {promise.person:20}  {made}  by {until}  {promise.state.value}{settled}"


def _values(promise: Promise) -> dict[str, Any]:
    return {
        "id": promise.id,
        "ticket": promise.ticket_number,
        "attempt": promise.attempt_id,
        "person": promise.person,
        "promised_at": promise.promised_at.isoformat(),
        "until": promise.until.isoformat(),
        "state": promise.state.value,
        "settled_at": promise.settled_at.isoformat() if promise.settled_at else None,
    }


def _tally(tally: Tally) -> dict[str, Any]:
    named = asdict(tally) | {"made": tally.made}
    return named if tally.person else {name: value for name, value in named.items() if name != "person"}


def _row(tally: Tally) -> str:
    name = tally.person or "everybody"
    return f"{name:20}  {tally.made:4}  {tally.kept:5}  {tally.broken:7}  {tally.open:5}  {tally.void:5}"


def _time(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M}"
