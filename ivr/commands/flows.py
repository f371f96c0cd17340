"""`ivr flows`: prove the conversations whole, and draw them."""

from importlib.resources import files
from pathlib import Path

import click

from flows import check as lint
from flows.drawing import mermaid
from flows.prompts.catalogue import LANGUAGES, CatalogueError
from flows.prompts.lint import shipped_problems
from ivr.commands.complaints import listed, refuse
from ivr.line.conversations import FLOWS

SPEAKING_CODE = [Path(str(files(package))) for package in ("flows", "ivr.line", "ivr.telephony")]
"""Where sentences are chosen by their keys."""


@click.group()
def flows() -> None:
    """Prove the conversations whole, and draw them."""


@flows.command()
def check() -> None:
    """List what is wrong with the conversations and their words; exit code 1 when anything is."""
    problems = [problem for flow in FLOWS.values() for problem in lint.problems(flow)]
    try:
        problems += shipped_problems(SPEAKING_CODE)
    except CatalogueError as error:
        refuse(str(error))
    listed(problems)
    steps = sum(len(flow.steps) for flow in FLOWS.values())
    click.echo(f"{len(FLOWS)} conversations with {steps} steps are whole, in {', '.join(LANGUAGES)}.")


@flows.command()
@click.argument("name", type=click.Choice(sorted(FLOWS)), required=False)
def draw(name: str | None) -> None:
    """Print the conversations (or just NAME) as Mermaid text."""
    for flow in [FLOWS[name]] if name else FLOWS.values():
        click.echo(f"%% {flow.name}\n{mermaid(flow)}\n")
