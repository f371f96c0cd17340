"""`ivr outbox`: letters that could not be delivered, and another try."""


import click

from db.repositories.outbox import Message
from ivr.clock import wall_clock
from ivr.commands.complaints import refuse
from ivr.commands.database import DATABASE, opened
from ivr.logs import masked


@click.group()
def outbox() -> None:
    """Mails and ticket notes that could not be delivered."""


@outbox.command("list")
@click.option("--most", default=50, show_default=True, help="How many letters, the newest first.")
@DATABASE
def list_dead(most: int, database_url: str) -> None:
    """The dead letters: given up after a day of tries, or refused for good; times are UTC."""
    with opened(database_url) as store, store.reading() as work:
        lines = [_line(message) for message in work.outbox.dead(most)]
    click.echo("\n".join(lines) or "No dead letters.")


@outbox.command()
@click.argument("letter", type=int)
@DATABASE
def retry(letter: int, database_url: str) -> None:
    """Send LETTER again; the worker picks it up at once."""
    with opened(database_url) as store, store.writing() as work:
        if not work.outbox.revive(letter, wall_clock()):
            refuse(f"there is no dead letter {letter}; `ivr outbox list` shows them")
    click.echo(f"Letter {letter} is due again.")


def _line(message: Message) -> str:
    error = masked(message.last_error or "")
    return f"{message.id}  {message.created_at:%Y-%m-%d %H:%M}  {message.kind}  {message.tries} tries  {error}"
