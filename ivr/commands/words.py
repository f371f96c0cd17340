"""`ivr words`: every sentence of the line and text of its mails by name, as they are shipped."""

from pathlib import Path

import click

from flows.prompts.catalogue import LANGUAGES
from ivr.clock import wall_clock
from ivr.commands.complaints import refuse
from ivr.commands.config import BY
from ivr.commands.database import DATABASE, opened
from ivr.line.rewordable import SPOKEN, WRITTEN
from ivr.line.sounds import LARGEST, Unplayable, milliseconds_of

ADVICE = "Run `ivr db upgrade`, then this again."
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


@words.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@BY
@DATABASE
def upload(file: Path, by: str, database_url: str) -> None:
    """Keep the WAV file FILE, so that a routing can have it played, and print the name by which it does."""
    with file.open("rb") as opened_file:
        audio = opened_file.read(LARGEST + 1)
    try:
        length = milliseconds_of(audio)
    except Unplayable as why:
        refuse(f"{file}: {why}", "Nothing was kept.")
    with opened(database_url, ADVICE) as store, store.writing() as work:
        digest = work.sounds.add(audio, length, by, wall_clock())
    click.echo(f"sound: {digest}    # {length / 1000:.1f} s")
