"""`ivr tickets`: the built-in ticket system, filled from a CSV file."""

import json
from collections import Counter
from collections.abc import Iterator

import click

from db.history import history
from flows.ticket import Ticket
from ivr.clock import wall_clock
from ivr.commands.calls import act_line
from ivr.commands.complaints import USAGE, refuse
from ivr.commands.config import BY
from ivr.commands.database import DATABASE, opened
from ivr.commands.routing_files import FILE, Content
from ivr.line.terms import de_escalate
from ivr.line.ticket_intake import Taken, programs_unknown, put_tickets
from ivr.line.timeline import timeline as timeline_of
from ivr.line.timeline_words import sentence, values
from ivr.routing_file.texts import SEVERITIES
from ivr.routing_file.ticket_csv import TEMPLATE, Reading

ADVICE = "Run `ivr db upgrade`, then this again: tickets that are in stay in."


@click.group()
def tickets() -> None:
    """The built-in ticket system."""


@tickets.command("import")
@FILE
@DATABASE
def import_(file: Content, database_url: str) -> None:
    """Put the tickets of a CSV FILE in, new or changed; may be run again.

    Every mistake is listed as FILE:LINE: column: what, with exit code 2, and then nothing is imported.
    """
    reading = Reading(wall_clock())
    reading.read(file.text)
    for mistake in reading.mistakes:
        click.echo(f"{file.name}:{mistake}", err=True)
    if reading.mistakes:
        raise SystemExit(USAGE)
    found = list(reading.tickets.values())
    with opened(database_url, ADVICE) as store:
        done = Counter(put_tickets(store, found, wall_clock))
        strange = programs_unknown(store, found)
    for program in strange:
        click.echo(f"{file.name}: warning: no program {program} is published: its tickets are refused", err=True)
    click.echo(f"{len(found)} tickets: {done[Taken.NEW]} new, {done[Taken.CHANGED]} changed, {done[Taken.SAME]} "
               "as before.")


@tickets.command()
@click.argument("number")
@DATABASE
def show(number: str, database_url: str) -> None:
    """One ticket, the work notes on it, and what managers did to its cooldown; times are UTC."""
    with opened(database_url, ADVICE) as store, store.reading() as work:
        ticket = work.tickets.find(number)
        notes = work.tickets.notes(number)
        acts = work.acts.of_ticket(number)
    if ticket is None:
        refuse(f"there is no ticket {number}; `ivr tickets import` puts tickets in")
    done = [f"act: {act_line(act)}" for act in acts]
    click.echo("\n".join([*_facts(ticket), *(f"note: {note}" for note in notes), *done]))


@tickets.command()
@click.argument("number")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@DATABASE
def timeline(number: str, as_json: bool, database_url: str) -> None:
    """What happened about ticket NUMBER, in order, over all its escalations; times are UTC."""
    with opened(database_url, ADVICE) as store, store.reading() as work:
        events = timeline_of(history(work, number))
    if as_json:
        click.echo(json.dumps([values(event) for event in events]))
        return
    lines = [f"{event.at:%Y-%m-%d %H:%M:%S}  {sentence(event)}" for event in events]
    click.echo("\n".join(lines) or f"Nothing has happened about a ticket {number} yet.")


@tickets.command()
@click.argument("number")
@click.option("--why", required=True, help="Why; it stands in the timeline.")
@BY
@DATABASE
def deescalate(number: str, why: str, by: str, database_url: str) -> None:
    """Let the next escalation of ticket NUMBER begin at the first level again. Cooldown and promises stay."""
    with opened(database_url, ADVICE) as store, store.writing() as work:
        if not de_escalate(work, number, wall_clock(), by, why):
            refuse(f"nobody has talked about a ticket {number}: its escalation begins at the first level anyway")
    click.echo(f"The next escalation of ticket {number} begins at the first level.")


@tickets.command()
def template() -> None:
    """Print an example of a CSV file for import."""
    click.echo(TEMPLATE, nl=False)


def _facts(ticket: Ticket) -> Iterator[str]:
    severities = {number: name for name, number in SEVERITIES.items()}
    yield f"number: {ticket.number}"
    yield f"subject: {ticket.subject}"
    yield f"organisation: {ticket.organisation}"
    yield f"requester: {ticket.requester}"
    yield f"program: {ticket.program}"
    yield f"severity: {severities[ticket.severity]}"
    yield f"product: {ticket.product}"
    yield f"status: {ticket.status.value}"
    yield f"opened_at: {ticket.opened_at.isoformat()}"
    yield f"updated_at: {ticket.updated_at.isoformat()}"
    yield f"region: {ticket.region or '-'}"
    yield f"contact_numbers: {' '.join(ticket.contact_numbers) or '-'}"
    yield f"time_zone: {ticket.time_zone or '-'}"
