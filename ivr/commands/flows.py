"""`ivr flows`: prove the conversations whole, and draw them."""

import click

from flows import check as lint
from flows.drawing import mermaid
from flows.prompts import lint as words
from flows.prompts.catalogue import LANGUAGES, CatalogueError, catalogue
from ivr.commands.complaints import listed, refuse
from ivr.line.speech import KEYS_SPOKEN_HERE
from ivr.line.turn_taking import FLOWS


@click.group()
def flows() -> None:
    """Prove the conversations whole, and draw them."""


@flows.command()
def check() -> None:
    """List what is wrong with the conversations and their words; exit code 1 when anything is."""
    try:
        catalogues = [catalogue(language) for language in LANGUAGES]
    except CatalogueError as error:
        refuse(str(error))
    problems = [problem for flow in FLOWS.values() for problem in lint.problems(flow)]
    problems += words.problems(catalogues, words.used() | KEYS_SPOKEN_HERE)
    listed(problems)
    steps = sum(len(flow.steps) for flow in FLOWS.values())
    click.echo(f"{len(FLOWS)} conversations with {steps} steps are whole, in {', '.join(LANGUAGES)}.")


@flows.command()
@click.argument("name", type=click.Choice(sorted(FLOWS)), required=False)
def draw(name: str | None) -> None:
    """Print the conversations (or just NAME) as Mermaid text."""
    for flow in [FLOWS[name]] if name else FLOWS.values():
        click.echo(f"%% {flow.name}\n{mermaid(flow)}\n")
