"""`ivr token`: which programs may use the API, from a terminal."""

from datetime import timedelta

import click

from db.errors import StoreConflict
from flows.rules.scopes import Scope
from ivr.clock import wall_clock
from ivr.commands.complaints import refuse
from ivr.commands.database import DATABASE, opened
from ivr.commands.users import SECRET_KEY
from ivr.line.staff import audit_key
from ivr.line.tokens import make_token, revoke_token, scopes_in_words, wrong_name

SCOPES = click.Choice([scope.value for scope in Scope])
TERMINAL = "terminal"


@click.group()
def token() -> None:
    """Which programs may use the API."""


@token.command()
@click.argument("name")
@click.option("--scope", "scopes", type=SCOPES, multiple=True, required=True, help="What it may do; may repeat.")
@click.option("--days", type=click.IntRange(1, 3650), default=None, help="Ends after so many; else when it is revoked.")
@SECRET_KEY
@DATABASE
def create(name: str, scopes: tuple[str, ...], days: int | None, secret_key: str, database_url: str) -> None:
    """Make a token for the program NAME, and print it once."""
    if wrong := wrong_name(name):
        refuse(wrong)
    given = frozenset(Scope(scope) for scope in scopes)
    at = wall_clock()
    expires_at = at + timedelta(days=days) if days else None
    with opened(database_url) as store, store.writing() as work:
        try:
            made = make_token(work, audit_key(secret_key), name=name, scopes=given, by=TERMINAL, at=at,
                              expires_at=expires_at)
        except StoreConflict:
            refuse(f"there is, or was, a token {name}; choose another name", "`ivr token list` shows all.")
    click.echo(f"Token of {name}, shown only now: {made}")


@token.command("list")
@DATABASE
def list_tokens(database_url: str) -> None:
    """Every token: its number, its program, what it may do, and whether it still counts; times are UTC."""
    with opened(database_url) as store, store.reading() as work:
        found = work.api_tokens.all()
    for each in found:
        state = "counts" if each.counts(wall_clock()) else "revoked" if each.revoked_at else "ended"
        used = f"last used {each.used_at:%Y-%m-%d %H:%M}" if each.used_at else "never used"
        click.echo(f"{each.id}  {each.name}  {scopes_in_words(each.scopes)}  {state}, {used}")
    if not found:
        click.echo("No program may use the API; `ivr token create NAME --scope read` makes a token.")


@token.command()
@click.argument("number", type=int)
@SECRET_KEY
@DATABASE
def revoke(number: int, secret_key: str, database_url: str) -> None:
    """Let nobody in by token NUMBER any more."""
    with opened(database_url) as store, store.writing() as work:
        name = revoke_token(work, audit_key(secret_key), number, TERMINAL, wall_clock())
    if name is None:
        refuse(f"there is no token {number} that counts", "`ivr token list` shows all.")
    click.echo(f"The token {name} opens nothing any more.")
