"""`ivr lines`: whether the carrier's numbers lead to this site."""

import click

from db.unit_of_work import Store
from ivr.app import number_desk
from ivr.clock import wall_clock
from ivr.commands.complaints import listed, settings_or_refuse
from ivr.commands.database import opened
from ivr.config import Settings
from ivr.line.number_wiring import Connected, Connection, NumberDesk, connected
from ivr.line.staff import audit_key


@click.group()
def lines() -> None:
    """The numbers that customers call."""


@lines.command()
@click.option("--fix", is_flag=True, help="Set at the carrier what differs.")
def check(fix: bool) -> None:
    """Compare every line's number with the carrier's account; exit code 1 when one does not lead here.

    Reads the settings from the environment: TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN, PUBLIC_BASE_URL, DATABASE_URL.
    """
    settings = settings_or_refuse()
    desk = number_desk(settings)
    with opened(settings.database_url) as store:
        with store.reading() as work:
            numbers = [line.number for line in work.routing.current()[1].lines]
        states = [desk.look(number) for number in numbers]
        if fix:
            states = [_fixed(desk, state, store, settings) for state in states]
    for state in states:
        if state.state is Connection.IN_SYNC:
            click.echo(f"{state.number} leads here.{'' if state.rescued else WITHOUT_FALLBACK}")
    listed([problem for state in states for problem in _problems(state)])


def _fixed(desk: NumberDesk, before: Connected, store: Store, settings: Settings) -> Connected:
    after = desk.fix(before)
    if after.state is Connection.IN_SYNC and before.state is Connection.DIFFERS:
        with store.writing() as work:
            key = audit_key(settings.secret_key.get_secret_value())
            work.audit.add(connected(before, "ivr lines", wall_clock()), key)
    return after


WITHOUT_FALLBACK = " It has no fallback document: while this whole site is dead, callers hear an error (README)."


def _problems(state: Connected) -> list[str]:
    match state.state:
        case Connection.IN_SYNC:
            return []
        case Connection.UNKNOWN:
            return [f"{state.number}: the carrier's account has no such number; buy it there, or correct the routing"]
        case Connection.UNREACHABLE:
            return [f"{state.number}: the carrier does not say: {state.trouble}"]
        case Connection.DIFFERS:
            return [
                f"{state.number}: {each.name} is {each.is_now or 'not set'}, should be {each.should}; `--fix` sets it"
                for each in state.differences
            ]
