"""`ivr`: one command for everything an operator does."""

import click

from ivr.commands.audit import audit
from ivr.commands.call import call
from ivr.commands.callbacks import callbacks
from ivr.commands.calls import calls
from ivr.commands.config import config
from ivr.commands.database import db, seed
from ivr.commands.demo import demo
from ivr.commands.drill import drill
from ivr.commands.flows import flows
from ivr.commands.lines import lines
from ivr.commands.oncall import oncall
from ivr.commands.outbox import outbox
from ivr.commands.people import people
from ivr.commands.privacy import privacy
from ivr.commands.promises import promises
from ivr.commands.serve import serve, worker
from ivr.commands.tickets import tickets
from ivr.commands.tokens import token
from ivr.commands.users import user
from ivr.commands.words import words


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="escalation-line")
def main() -> None:
    """The escalation line: customers phone it when support has gone quiet."""


for command in (
    demo, call, serve, worker, db, seed, flows, calls, outbox, config, tickets, people, oncall, user, audit,
    words, privacy, callbacks, promises, lines,
    token, drill,
):  # fmt: skip
    main.add_command(command)
