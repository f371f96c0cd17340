"""`ivr drill`: the whole call that a routing file would lead to, played with emulated telephones."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

import click

from flows.routing import Line, Routing
from flows.ticket import Ticket
from ivr.clock import wall_clock
from ivr.commands.complaints import refuse
from ivr.commands.database import DATABASE, opened
from ivr.commands.oncall_desk import moment
from ivr.commands.routing_files import FILE, REGIONS, Content, routing_in
from ivr.drill.desk import on_duty_then
from ivr.drill.plan import AFTER_TALK, BEHAVIOURS, HANG_UP_WHEN, PLAYED, DrillPlan
from ivr.drill.process import DrillFailed, play_apart
from ivr.line.dialling import DialPolicy
from ivr.terminal_phone.layout import Entry, laid_out
from ivr.terminal_phone.screen import WIDEST

NOT_PROPERLY_ENDED = 1


def _levels(_: click.Context, __: click.Parameter, given: Sequence[str]) -> dict[int, str]:
    pairs = [each.split("=", 1) if "=" in each else (each, "") for each in given]
    for rank, behaviour in pairs:
        if not rank.isdigit() or behaviour not in BEHAVIOURS:
            known = ", ".join(BEHAVIOURS)
            raise click.BadParameter(f"write a level and what it does, such as 1=accept; there is {known}")
    return {int(rank): behaviour for rank, behaviour in pairs}


@click.command()
@FILE
@click.option("--ticket", "number", required=True, help="A ticket of the built-in ticket system.")
@click.option(
    "--level", "levels", multiple=True, metavar="RANK=BEHAVIOUR", callback=_levels,
    help=f"What a level does when it is rung: {', '.join(BEHAVIOURS)}. Levels not named do not answer.",
)  # fmt: skip
@click.option("--at", metavar="TIME", help='"2026-12-24 18:00" in the zone of the line, or ISO 8601; by default now.')
@click.option("--line", "called", default="", help="The number that is called; by default the first line.")
@click.option("--language", default="", help="What the caller speaks; by default the line's first language.")
@click.option("--after-talk", type=click.Choice(AFTER_TALK), default=AFTER_TALK[0], show_default=True,
              help="What the caller answers after a talk.")
@click.option("--hang-up-when", type=click.Choice(HANG_UP_WHEN[1:]), default=None, help="When the caller gives up.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@REGIONS
@DATABASE
def drill(
    file: Content, number: str, levels: dict[int, str], at: str | None, called: str, language: str, after_talk: str,
    hang_up_when: str | None, as_json: bool, policy: DialPolicy, database_url: str,
) -> None:  # fmt: skip
    """Play the whole call about a ticket by FILE: what everybody hears and presses. Nobody real is rung.

    It is played as if nobody had escalated the ticket before. The exit code is 0 for a call that ended properly,
    however it ended for the caller, 1 for one that did not, 2 for a mistake.
    """
    routing, now = routing_in(file, policy), wall_clock()
    line = _line(routing, called)
    begins = moment(at, ZoneInfo(line.zone)) if at else now
    if language and language not in line.languages:
        refuse(f"{line.number} does not speak {language}; it speaks {', '.join(line.languages)}")
    with opened(database_url) as store, store.reading() as work:
        overrides, absences = on_duty_then(work, routing, now, begins)
        plan = DrillPlan(
            routing=routing, line=line.number, ticket=_ticket(work.tickets.find(number), number),
            language=language or line.languages[0], at=begins, regions=tuple(sorted(policy.regions)), levels=levels,
            after_talk=after_talk, hang_up_when=hang_up_when or "",
            overrides=overrides, absences=absences,
        )  # fmt: skip
    _play(plan, as_json=as_json)


def _play(plan: DrillPlan, *, as_json: bool) -> None:
    try:
        played = play_apart(plan)
    except DrillFailed as failure:
        refuse(f"the drill could not be played: {failure}")
    if as_json:
        click.echo(PLAYED.dump_json(played).decode())
    else:
        for each in played.moments:
            entry = Entry(seconds=each.seconds, party=each.who, verb=each.verb, words=each.words)
            click.echo("\n".join(laid_out(entry, WIDEST)))
        click.echo(f"\n{played.ending}")
    if played.failures:
        click.echo("\n".join(f"ivr: {failure}" for failure in played.failures), err=True)
        raise SystemExit(NOT_PROPERLY_ENDED)


def _line(routing: Routing, number: str) -> Line:
    line = routing.line(number) if number else next(iter(routing.lines), None)
    if line is None:
        refuse(f"the file has no line {number}".rstrip(), f"It has {', '.join(each.number for each in routing.lines)}.")
    return line


def _ticket(found: Ticket | None, number: str) -> Ticket:
    if found is None:
        refuse(f"there is no ticket {number} here", "`ivr tickets import` puts tickets in.")
    return found
