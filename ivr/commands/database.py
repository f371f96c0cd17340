"""`ivr db` and `ivr seed`: schema and demo company."""

from collections.abc import Iterator
from contextlib import contextmanager

import click

from db import migrate
from db import seed as company
from db.engine import open_engine
from db.unit_of_work import Store
from ivr.clock import wall_clock
from ivr.commands.complaints import listed, store_or_refuse

UPGRADE = "Run `ivr db upgrade`."

DATABASE = click.option(
    "--database-url", envvar="DATABASE_URL", default="sqlite:///escalation-line.db", show_default=True,
    help="SQLite file or PostgreSQL database.",
)  # fmt: skip


@contextmanager
def opened(database_url: str, advice: str = UPGRADE) -> Iterator[Store]:
    """The database of a command, closed afterwards; trouble with it ends the command with ``advice``."""
    with store_or_refuse(advice):
        store = Store(open_engine(database_url))
        try:
            yield store
        finally:
            store.close()


@click.group()
def db() -> None:
    """The database schema."""


@db.command()
@DATABASE
def upgrade(database_url: str) -> None:
    """Bring the schema up to date; safe to run from several machines at once."""
    with store_or_refuse("Check DATABASE_URL, that its folder can be written, and that the server runs."):
        migrate.upgrade(database_url)
    click.echo(f"The schema is at {migrate.head()}.")


@db.command()
@DATABASE
def check(database_url: str) -> None:
    """Say whether the schema is what this version expects; exit code 1 when it is not."""
    with store_or_refuse("Check DATABASE_URL, and that the server runs."):
        schema = migrate.check(database_url)
    if schema.current != schema.head:
        found = schema.current or "nothing"
        listed([f"the schema is at {found}, this version needs {schema.head}; run `ivr db upgrade`"])
    listed(schema.differences)
    click.echo(f"The schema is at {migrate.head()}, as this version expects.")


@click.group()
def seed() -> None:
    """Fill a database."""


@seed.command()
@DATABASE
def demo(database_url: str) -> None:
    """Publish the demo company's routing and tickets, relative to now; may be run again."""
    with store_or_refuse("Run `ivr db upgrade` first."):
        store = Store(open_engine(database_url))
        try:
            company.demo(store, wall_clock())
        finally:
            store.close()
    click.echo("The demo company is in place: tickets 48213 to 48219.")
