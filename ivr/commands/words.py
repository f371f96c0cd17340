"""`ivr words`: every sentence of the line and text of its mails by name, as they are shipped."""

import click

from flows.prompts.catalogue import LANGUAGES
from ivr.line.rewordable import SPOKEN, WRITTEN

KINDS = {each.section: each for each in (SPOKEN, WRITTEN)}


@click.group()
def words() -> None:
    """What the line says, and what its mails say."""


@words.command("list")
@click.option("--language", type=click.Choice(LANGUAGES), default=LANGUAGES[0], show_default=True)
@click.option("--of", "section", type=click.Choice(list(KINDS)), default=SPOKEN.section, show_default=True,
              help="Sentences of the line, or texts of its mails.")
@click.argument("find", default="")
def list_words(language: str, section: str, find: str) -> None:
    """List every text, or those with FIND in name or text. In a routing file `words` and `mails` go by these names."""
    for name, sentence in KINDS[section].shipped(language).items():
        if find.lower() in f"{name} {sentence.text}".lower():
            click.echo(f"{name}: {sentence.text}")
