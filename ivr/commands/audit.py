"""`ivr audit`: proves that nobody rewrote what was changed."""

import click

from db.engine import open_engine
from db.unit_of_work import Store
from ivr.commands.complaints import refuse, store_or_refuse
from ivr.commands.database import DATABASE
from ivr.commands.users import SECRET_KEY
from ivr.line.staff import audit_key


@click.group()
def audit() -> None:
    """Who changed what."""


@audit.command()
@SECRET_KEY
@DATABASE
def verify(secret_key: str, database_url: str) -> None:
    """Recompute every seal; exit code 2 when an entry was changed, removed or moved."""
    with store_or_refuse("Run `ivr db upgrade`."):
        store = Store(open_engine(database_url))
        try:
            with store.reading() as work:
                verified = work.audit.verify(audit_key(secret_key))
                last = work.audit.latest(1)
        finally:
            store.close()
    if verified.broken_at is not None:
        refuse(
            f"the audit trail is sound up to entry {verified.entries}, and broken at entry {verified.broken_at}",
            "The entry was changed, removed or moved after it was written, or SECRET_KEY is another one now.",
        )
    click.echo(f"All {verified.entries} entries are sound.")
    if last:
        click.echo(f"Last seal, to keep elsewhere: {last[0].seq} {last[0].seal}")
