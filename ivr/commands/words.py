"""`ivr words`: every sentence of the line by name, as it is shipped."""

import click

from flows.prompts.catalogue import LANGUAGES
from flows.prompts.rewording import shipped


@click.group()
def words() -> None:
    """What the line says."""


@words.command("list")
@click.option("--language", type=click.Choice(LANGUAGES), default=LANGUAGES[0], show_default=True)
@click.argument("find", default="")
def list_words(language: str, find: str) -> None:
    """List every sentence, or those with FIND in name or text. In a routing file `words` goes by these names."""
    for name, sentence in shipped(language).items():
        if find.lower() in f"{name} {sentence.text}".lower():
            click.echo(f"{name}: {sentence.text}")
