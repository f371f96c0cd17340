"""How a command says no: what is wrong, what to do next, exit code 2."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import NoReturn

import click

from db.errors import StoreError
from ivr.config import ConfigError, Settings, load

USAGE = 2


def refuse(*lines: str) -> NoReturn:
    """Say why the command cannot do it, and end with exit code 2."""
    click.echo("\n".join(f"ivr: {line}" for line in lines), err=True)
    raise SystemExit(USAGE)


def settings_or_refuse() -> Settings:
    """The settings from the environment; every mistake is listed."""
    try:
        return load()
    except ConfigError as error:
        refuse("the settings cannot be used:", *error.problems, "README's settings table says what each one means.")


@contextmanager
def store_or_refuse(*advice: str) -> Iterator[None]:
    """Turn trouble with the database into a sentence."""
    try:
        yield
    except StoreError as error:
        refuse(f"the database cannot be used: {error}", *advice)


def listed(problems: Sequence[str]) -> None:
    """Print problems and end with exit code 1; print nothing and go on when there are none."""
    for problem in problems:
        click.echo(problem)
    if problems:
        raise SystemExit(1)
