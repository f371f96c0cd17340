"""`ivr privacy`: what is kept about a person who calls, shown or forgotten on request."""


import click

from db.errors import NothingPublished
from db.repositories.audit import Change
from db.unit_of_work import Work
from flows.routing import Routing
from ivr.clock import wall_clock
from ivr.commands.complaints import refuse
from ivr.commands.database import DATABASE, opened
from ivr.commands.users import SECRET_KEY
from ivr.line.privacy import ERASED, StillNeeded, forget, kept_about, number_meant
from ivr.line.staff import audit_key
from ivr.logs import masked
from ivr.routing_file.document import NOTHING


@click.group()
def privacy() -> None:
    """What is kept about a person who calls."""


@privacy.command()
@click.argument("number")
@DATABASE
def export(number: str, database_url: str) -> None:
    """Print everything kept about NUMBER (with plus sign and country code) as JSON."""
    wanted = _number(number)
    with opened(database_url) as store, store.reading() as work:
        click.echo(kept_about(work, wanted).as_json())


@privacy.command()
@click.argument("number")
@click.option("--why", required=True, help="For the audit trail, such as the request's reference.")
@SECRET_KEY
@DATABASE
def erase(number: str, why: str, secret_key: str, database_url: str) -> None:
    """Forget everything about NUMBER: its calls word for word, and the number wherever else it stands."""
    wanted = _number(number)
    with opened(database_url) as store, store.writing() as work:
        try:
            kept = forget(work, _routing(work), wanted, wall_clock())
        except StillNeeded as needed:
            refuse(str(needed))
        change = Change(at=wall_clock(), who="ivr privacy", action=ERASED, subject=masked(wanted), why=why)
        work.audit.add(change, audit_key(secret_key))
    click.echo(kept.forgotten)


def _number(text: str) -> str:
    return number_meant(text) or refuse(
        f"{text} is no phone number", "Write it with plus sign and country code, such as +12025550123."
    )


def _routing(work: Work) -> Routing:
    try:
        _, routing = work.routing.current()
    except NothingPublished:
        return NOTHING
    return routing
