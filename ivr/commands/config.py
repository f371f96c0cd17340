"""`ivr config`: the routing as a file, so that it can live in git, be reviewed, and be published."""

from collections.abc import Callable
from typing import NoReturn

import click

from db.errors import NothingPublished, StoreConflict
from db.unit_of_work import Store, Work
from flows.routing import Routing
from ivr.clock import wall_clock
from ivr.commands.complaints import refuse
from ivr.commands.database import DATABASE, opened
from ivr.commands.replaying import replay_file
from ivr.commands.routing_files import FILE, REGIONS, Content, routing_in
from ivr.line.dialling import DialPolicy
from ivr.routing_file.checks.recordings import missing
from ivr.routing_file.difference import differences
from ivr.routing_file.document import NOTHING
from ivr.routing_file.writing import write

ADVICE = "Run `ivr db upgrade` if it is new, else try again."


def one_line(_: click.Context, __: click.Parameter, text: str | None) -> str | None:
    """What was typed, on one line; an option that was not given stays None."""
    line = None if text is None else " ".join(text.encode(errors="replace").decode().split())
    if line == "":
        raise click.BadParameter("say it in a few words")
    return line


BY = click.option(
    "--by", envvar=["USER", "LOGNAME", "USERNAME"], default="command line", callback=one_line,
    help="Who publishes; by default whoever is logged in.",
)  # fmt: skip
EXPECTED = click.option(
    "--expect-version", "expected", type=click.IntRange(min=0),
    help="Publish only if this is still the published version, so that nobody's edit is lost; 0: if nothing is.",
)  # fmt: skip


@click.group()
def config() -> None:
    """The routing (lines, people, ladders, programs, calendars, cooldown) as a YAML file."""


@config.command()
@click.option("--version", type=click.IntRange(min=1), help="A version other than the published one.")
@DATABASE
def export(version: int | None, database_url: str) -> None:
    """Print the published routing; its version goes to standard error."""
    with opened(database_url, ADVICE) as store, store.reading() as work:
        number = version or work.routing.current_version()
        text = write(_published(work, number))
    click.echo(text, nl=False)
    click.echo(f"Version {number}. After editing, `ivr config apply FILE --expect-version {number}`.", err=True)


@config.command()
@FILE
@REGIONS
def check(file: Content, policy: DialPolicy) -> None:
    """List every mistake in FILE as FILE:LINE: what, exit code 2. Warnings alone are no mistake."""
    routing_in(file, policy)
    click.echo(f"{file.name}: no mistakes.")


@config.command()
@FILE
@REGIONS
@DATABASE
def diff(file: Content, policy: DialPolicy, database_url: str) -> None:
    """Say what publishing FILE would change."""
    routing = routing_in(file, policy)
    with opened(database_url, ADVICE) as store, store.reading() as work:
        number = work.routing.current_version()
        changes = differences(_said_by(work, number), routing)
    click.echo("\n".join(changes) or f"No difference from version {number}.")


@config.command()
@FILE
@click.option("--note", required=True, callback=one_line, help="Why, in a few words.")
@BY
@EXPECTED
@REGIONS
@DATABASE
def apply(file: Content, note: str, by: str, expected: int | None, policy: DialPolicy, database_url: str) -> None:
    """Check FILE, say what it changes, and publish it as the next version.

    Calls that are running keep the version they began with; new calls begin with this one.
    """
    routing = routing_in(file, policy)
    with opened(database_url, ADVICE) as store:
        _publish(store, lambda _: routing, by, note, expected)


@config.command()
@DATABASE
def versions(database_url: str) -> None:
    """Every published version, the newest first; times are UTC."""
    with opened(database_url, ADVICE) as store, store.reading() as work:
        lines = [
            f"{each.version:>4}  {each.published_at:%Y-%m-%d %H:%M}  {each.published_by}: {each.note}"
            for each in work.routing.history()
        ]
    click.echo("\n".join(lines) or "Nothing is published yet.")


@config.command()
@click.argument("version", type=click.IntRange(min=1))
@click.option("--note", default=None, callback=one_line, help="Why; by default that it was restored.")
@BY
@EXPECTED
@DATABASE
def restore(version: int, note: str | None, by: str, expected: int | None, database_url: str) -> None:
    """Publish what VERSION said, as the next version. It is not checked again: it was when it was published."""
    with opened(database_url, ADVICE) as store:
        _publish(store, lambda work: _published(work, version), by, note or f"version {version} restored", expected)


@config.command()
@FILE
@click.option("--days", type=click.IntRange(1, 366), default=30, show_default=True, help="How far back.")
@click.option("--json", "as_json", is_flag=True, help="As JSON, a line for each difference.")
@REGIONS
@DATABASE
def replay(file: Content, days: int, as_json: bool, policy: DialPolicy, database_url: str) -> None:
    """Decide the real calls of the last days once more: which decisions would FILE have turned?

    Each is decided as things stood at its time; times are UTC. Nothing is published and nobody is rung.
    """
    routing = routing_in(file, policy)
    with opened(database_url, ADVICE) as store:
        replay_file(store, routing, wall_clock(), days, as_json=as_json)


def _publish(store: Store, wanted: Callable[[Work], Routing], by: str, note: str, expected: int | None) -> None:
    """Compare and publish in one transaction, so that what is shown is what is changed."""
    try:
        with store.writing() as work:
            current = work.routing.current_version()
            if expected not in {None, current}:
                refuse(
                    f"version {current} is published, not {expected}: somebody has published since; nothing is changed",
                    "Export it, bring your edit into it, and apply again.",
                )
            routing = wanted(work)
            _refuse_missing(routing, work)
            changes = differences(_said_by(work, current), routing)
            number = work.routing.publish(routing, by, note, wall_clock()) if changes else current
            if changes and number != current + 1:
                _too_late()
    except StoreConflict:
        _too_late()
    told = f"Version {number} is published." if changes else f"Nothing to publish: version {current} says the same."
    click.echo("\n".join([*changes, told]))


def _refuse_missing(routing: Routing, work: Work) -> None:
    found = list(missing(routing, work.sounds.known()))
    if found:
        refuse("; ".join(map(str, found)), "Upload them with `ivr words upload FILE` or on the page Words.")


def _too_late() -> NoReturn:
    """PostgreSQL lets others publish between our reading and our writing; SQLite does not."""
    refuse("somebody else published at the same moment; nothing is changed", "See `ivr config diff` and try again.")


def _said_by(work: Work, version: int) -> Routing:
    return work.routing.read(version) if version else NOTHING


def _published(work: Work, version: int) -> Routing:
    try:
        return work.routing.read(version)
    except NothingPublished:
        latest = work.routing.current_version()
        if latest:
            refuse(f"there is no version {version}; the published one is {latest}", "`ivr config versions` lists all.")
        refuse("nothing is published yet", "Write a routing file (README, Your own line) and `ivr config apply` it.")
