"""`ivr demo`: a whole company with its escalation line on this machine, with no account anywhere."""

import secrets
import signal
from contextlib import ExitStack
from email.message import EmailMessage
from pathlib import Path
from threading import Event

import click

from db.errors import StoreError
from db.seed import LEVEL_1, LEVEL_1_NUMBER, LINE_NUMBER, STORY
from flows.rules.roles import Role
from ivr.admin.proofs import hashed_password
from ivr.admin.users import new_password
from ivr.clock import wall_clock
from ivr.commands.complaints import refuse
from ivr.commands.demo_telephones import demo_telephones
from ivr.commands.users import add_user
from ivr.line.pins import hashed, made_up
from ivr.logs import configure
from ivr.private_line import PrivateLine, an_exchange, private_line, working

WELCOME = """
The escalation line is up, on this machine only.

  Telephones in your browser    {carrier}/
  Telephone in this terminal    ivr call --url {carrier}
  One scripted call             ivr call --ticket 48213 --manager 1=decline --manager 2=accept
  The admin                     {line}/admin/   sign in as {owner}, password {password}

{story}

  The manager's line: phone {number} from Level 1's telephone (`1 call` in the terminal) and key the PIN {pin}.
  It is another one at each start of the demo.

  Data is kept in {folder}; `ivr calls list --database-url {database}` shows the calls.
  Mails to the shift manager appear below. Ctrl-C ends the demo.
"""

OWNER = "owner"
FOLDER = click.Path(path_type=Path)


@click.command()
@click.option("--port", default=5000, show_default=True, help="Where the line answers webhooks.")
@click.option("--carrier-port", default=8025, show_default=True, help="Where the emulated carrier's telephones are.")
@click.option("--folder", default="demo-data", show_default=True, type=FOLDER, help="Where data is kept.")
def demo(port: int, carrier_port: int, folder: Path) -> None:
    """Run the whole line with a demo company and an emulated carrier; needs no account."""
    configure("WARNING")
    ended = _ended_by_signals()
    database = f"sqlite:///{_writable(folder) / 'escalation-line.db'}"
    with ExitStack() as running:
        try:
            telephones = demo_telephones()
            exchange = an_exchange(wall_clock(), speed=1.0, port=carrier_port, telephones=telephones)
            running.enter_context(exchange)
            key = _secret_key(folder)
            texting = {"TEXTS": "all"}
            line = running.enter_context(
                private_line(database, exchange, port=port, secret_key=key, others=texting)
            )
        except OSError as error:
            refuse(f"the demo cannot start: {error.strerror or error}", "Choose others with --port and --carrier-port.")
        except StoreError as error:
            refuse(f"the database in {folder} cannot be used: {error}", "Remove it, or name another with --folder.")
        telephones.shows_mail(line.mail)
        line.mail.subscribers.append(_print_mail)
        running.enter_context(working(line))
        click.echo(WELCOME.format(
            carrier=exchange.api_url, line=line.url, owner=OWNER, password=_owner_password(line), story=STORY,
            number=LINE_NUMBER, pin=_new_pin(line), folder=folder, database=database,
        ))
        ended.wait()
    click.echo("\nThe demo has ended; nothing runs any more.")


def _new_pin(line: PrivateLine) -> str:
    """Level 1 gets a PIN. Nobody can be shown the one from the last time: only its hash was kept."""
    pin = made_up((LEVEL_1_NUMBER,))
    hash = hashed(pin)
    with line.parts.store.writing() as work:
        work.pins.set(LEVEL_1, hash, "ivr demo", line.parts.clock())
    return pin


def _writable(folder: Path) -> Path:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / ".probe"
        probe.touch()
        probe.unlink()
    except OSError as error:
        refuse(f"the folder {folder} cannot be written: {error.strerror}", "Name another with --folder.")
    return folder.resolve()


def _secret_key(folder: Path) -> str:
    """The demo's own, kept: sign-ins and the audit trail last over restarts."""
    file = folder / "secret-key"
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(secrets.token_hex(32), encoding="ascii")
    return file.read_text(encoding="ascii").strip()


def _owner_password(line: PrivateLine) -> str:
    """A fresh password for the demo's owner, who is made at the first start."""
    password = new_password()
    with line.parts.store.writing() as work:
        owner = work.users.named(OWNER)
        if owner is None:
            key = line.settings.secret_key.get_secret_value()
            add_user(work, OWNER, frozenset({Role.OWNER}), password, key)
        else:
            work.users.set_password(owner.id, hashed_password(password))
    return password


def _ended_by_signals() -> Event:
    ended = Event()
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, lambda *_: ended.set())
    return ended


def _print_mail(mail: EmailMessage) -> None:
    click.echo(f"  mail to {mail['To']}: {mail['Subject']}")
