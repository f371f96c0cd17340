"""`ivr callbacks`: customers who wait to be called back."""


import click

from db.repositories.callbacks import Callback, CallbackState
from ivr.clock import wall_clock
from ivr.commands.complaints import refuse
from ivr.commands.database import DATABASE, opened


@click.group()
def callbacks() -> None:
    """Customers who wait to be called back."""


@callbacks.command("list")
@click.option("--most", default=50, show_default=True, help="How many, the one that is due first first.")
@DATABASE
def list_waiting(most: int, database_url: str) -> None:
    """Who waits, and when the line looks at it next; times are UTC."""
    with opened(database_url) as store, store.reading() as work:
        lines = [_line(callback) for callback in work.callbacks.live(most)]
    click.echo("\n".join(lines) or "Nobody waits to be called back.")


@callbacks.command()
@click.argument("callback", type=int)
@DATABASE
def cancel(callback: int, database_url: str) -> None:
    """Call this customer no more; somebody else should, for the line has promised it."""
    with opened(database_url) as store, store.writing() as work:
        if not work.callbacks.close(callback, CallbackState.CANCELLED, wall_clock()):
            refuse(f"nobody waits under the number {callback}; `ivr callbacks list` shows who does")
    click.echo(f"Callback {callback} is cancelled.")


def _line(one: Callback) -> str:
    tries = "wants a text" if one.by_text else f"rung {one.tries} times"
    return f"{one.id}  ticket {one.ticket_number}  ...{one.number[-2:]}  {one.state.value}  {tries}  " \
        f"next {one.due_at:%Y-%m-%d %H:%M}, until {one.until:%Y-%m-%d %H:%M}"
