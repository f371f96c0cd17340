"""`ivr user`: who may sign in to the admin. The first owner is made here; owners make the others in the browser."""

import click

from db.engine import open_engine
from db.errors import StoreConflict
from db.repositories.audit import Change
from db.unit_of_work import Store, Work
from flows.rules.roles import Role
from ivr.admin.proofs import SHORTEST_PASSWORD, UnusablePassword, hashed_password
from ivr.admin.users import new_password
from ivr.clock import wall_clock
from ivr.commands.complaints import refuse, store_or_refuse
from ivr.commands.database import DATABASE
from ivr.line.staff import audit_key

ROLES = click.Choice([role.value for role in Role])
SECRET_KEY = click.option(
    "--secret-key", envvar="SECRET_KEY", required=True, help="As the line has it; seals the audit trail. [SECRET_KEY]"
)


@click.group()
def user() -> None:
    """Who may sign in to the admin."""


@user.command()
@click.argument("name")
@click.option("--role", "roles", type=ROLES, multiple=True, default=("owner",), show_default=True, help="May repeat.")
@click.option("--person", default="", help="Key of the person in the routing whose availability this user may set.")
@click.option("--ask", is_flag=True, help="Ask for the password instead of making one.")
@SECRET_KEY
@DATABASE
def create(name: str, roles: tuple[str, ...], person: str, ask: bool, secret_key: str, database_url: str) -> None:
    """Make a user, and print the password once."""
    password = _asked() if ask else new_password()
    given = frozenset(Role(role) for role in roles)
    with store_or_refuse("Run `ivr db upgrade`."):
        store = Store(open_engine(database_url))
        try:
            with store.writing() as work:
                add_user(work, name.strip().lower(), given, password, secret_key, person)
        except UnusablePassword as unusable:
            refuse(str(unusable))
        except StoreConflict:
            refuse(f"there is a user {name} already", "`ivr user list` shows all; `ivr user reset` gives a password.")
        finally:
            store.close()
    click.echo(f"{name} may sign in at /admin as {', '.join(roles)}.")
    if not ask:
        click.echo(f"Password, shown only now: {password}")


@user.command("list")
@DATABASE
def list_users(database_url: str) -> None:
    """Every user with roles."""
    with store_or_refuse("Run `ivr db upgrade`."):
        store = Store(open_engine(database_url))
        try:
            with store.reading() as work:
                everyone = work.users.all()
        finally:
            store.close()
    for each in everyone:
        roles = ", ".join(sorted(role.value for role in each.roles))
        click.echo(f"{each.name:20}  {roles:30}  {'locked out' if each.disabled_at else ''}".rstrip())
    if not everyone:
        click.echo("No users yet; `ivr user create NAME` makes an owner.")


@user.command()
@click.argument("name")
@SECRET_KEY
@DATABASE
def reset(name: str, secret_key: str, database_url: str) -> None:
    """Give a user a new password and no second factor, when both are lost."""
    password = new_password()
    with store_or_refuse("Run `ivr db upgrade`."):
        store = Store(open_engine(database_url))
        try:
            with store.writing() as work:
                known = work.users.named(name.strip().lower())
                if known is None:
                    refuse(f"there is no user {name}", "`ivr user list` shows all.")
                work.users.set_password(known.id, hashed_password(password))
                work.users.set_second_factor(known.id, None, ())
                work.passkeys.remove_all(known.id)
                work.sign_ins.end_others(known.id)
                _note(work, secret_key, "reset password and second factor", known.name)
        finally:
            store.close()
    click.echo(f"Password of {name}, shown only now: {password}")


def add_user(
    work: Work, name: str, roles: frozenset[Role], password: str, secret_key: str, person: str = ""
) -> None:
    """Store a user made from a terminal. Raises UnusablePassword, or StoreConflict when the name is taken."""
    hashed = hashed_password(password, name)
    work.users.add(name=name, roles=roles, password_hash=hashed, at=wall_clock(), person=person)
    _note(work, secret_key, "made the user", name, ", ".join(sorted(role.value for role in roles)))


def _note(work: Work, secret_key: str, action: str, name: str, became: str = "") -> None:
    change = Change(at=wall_clock(), who="terminal", action=action, subject=f"user {name}", became=became)
    work.audit.add(change, audit_key(secret_key))


def _asked() -> str:
    return str(click.prompt(f"Password ({SHORTEST_PASSWORD} characters or more)", hide_input=True,
                            confirmation_prompt=True))
