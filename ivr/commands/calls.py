"""`ivr calls`: what happened on the line, for whoever is asked "why was I refused last night?"."""

from collections.abc import Iterator
from datetime import datetime

import click

from db.engine import open_engine
from db.repositories.acts import StoredAct
from db.repositories.calls import StoredCall
from db.unit_of_work import Store, Work
from flows.heard import Digits, Heard, RingEnded
from flows.rules.ring_outcome import PASSED_OVER
from ivr.commands.complaints import refuse, store_or_refuse
from ivr.commands.database import DATABASE
from ivr.logs import masked

PASSED_OVER_WORDS = frozenset(why.value for why in PASSED_OVER)


@click.group()
def calls() -> None:
    """What happened on the line."""


@calls.command("list")
@click.option("--most", default=20, show_default=True, help="How many calls, the newest first.")
@DATABASE
def list_calls(most: int, database_url: str) -> None:
    """The latest calls, one line each; times are UTC."""
    with store_or_refuse("Run `ivr db upgrade`."):
        store = Store(open_engine(database_url))
        try:
            with store.reading() as work:
                lines = [_line(call) for call in work.calls.recent(most)]
        finally:
            store.close()
    click.echo("\n".join(lines) or "No calls yet.")


@calls.command()
@click.argument("sid")
@DATABASE
def show(sid: str, database_url: str) -> None:
    """One call, whole: every sentence spoken, key pressed, ring and outcome."""
    with store_or_refuse("Run `ivr db upgrade`."):
        store = Store(open_engine(database_url))
        try:
            with store.reading() as work:
                call = work.calls.read(sid)
                if call is None:
                    refuse(f"there is no call {sid}; `ivr calls list` shows the latest ones")
                click.echo("\n".join(_whole(work, call)))
        finally:
            store.close()


def _line(call: StoredCall) -> str:
    ended = _time(call.ended_at) if call.ended_at else "live"
    ticket = call.ticket_number or "-"
    return f"{call.sid}  {_time(call.started_at)}  {ended}  {call.conversation:15}  ticket {ticket:10}  {call.step}"


def _whole(work: Work, call: StoredCall) -> Iterator[str]:
    yield f"{call.sid}: {call.conversation}, caller {masked(call.caller) or 'withheld'}, line {call.line}"
    for turn in work.turns.of(call.sid):
        yield f"{_time(turn.at)}  {turn.step_from} -> {turn.step_to}  heard {_heard(turn.heard)}"
        yield from (f"    [{language}] {sentence}" for language, sentence in turn.said)
    for refusal in work.refusals.of(call.sid):
        yield f"{_time(refusal.at)}  refused: {', '.join(refusal.reasons)}"
    for ring in work.rings.of_call(call.sid):
        did = "passed over" if ring.outcome in PASSED_OVER_WORDS else "rang"
        yield f"{_time(ring.started_at)}  {did} {ring.title}, {ring.member}: {ring.outcome or 'ringing'}"
    attempt = work.attempts.read(call.attempt_id) if call.attempt_id else None
    if attempt is not None and attempt.ended_at is not None:
        yield f"{_time(attempt.ended_at)}  attempt ended: {attempt.outcome}"
    yield from (act_line(act) for act in work.acts.of_call(call.sid))


def act_line(act: StoredAct) -> str:
    """What somebody did on the manager's line, and until when it counts; times are UTC."""
    ticket = f", ticket {act.ticket_number}" if act.ticket_number else ""
    until = f", until {_time(act.until)}" if act.until else ""
    about = f", {act.about}" if act.about else ""
    return f"{_time(act.at)}  {act.person or 'somebody'}: {act.act.value}{ticket}{until}{about}"


def _heard(heard: Heard) -> str:
    match heard:
        case Digits(keys=keys):
            return f"keys {keys}"
        case RingEnded(outcome=outcome):
            return f"ring ended: {outcome.value}"
        case _:
            return type(heard).__name__


def _time(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M:%S}"
