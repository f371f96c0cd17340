"""Reading the options of `ivr call`; a mistake is answered with what would have been right."""

import re
from collections.abc import Sequence

import click

from ivr.terminal_phone.cast import Cast, demo_cast
from ivr.terminal_phone.manager import ManagerBehaviour

E164 = re.compile(r"\+[1-9]\d{6,14}")
KEYS = re.compile(r"[0-9*]{1,20}")


def ticket_keys(_context: click.Context, _option: click.Parameter, given: str | None) -> str | None:
    """The keys of a ticket number: right or wrong is for the line to say."""
    if given is not None and not KEYS.fullmatch(given):
        raise click.BadParameter(f"{given!r} cannot be keyed: a ticket number has up to 20 digits")
    return given


def caller_number(_context: click.Context, _option: click.Parameter, given: str) -> Cast:
    """The cast with this caller."""
    if not E164.fullmatch(given):
        raise click.BadParameter(f"{given!r} is not a number: write + and the country code, such as +12025550123")
    try:
        return demo_cast(given)
    except ValueError as error:
        raise click.BadParameter(f"{error}; somebody else must call") from error


def manager_behaviours(
    _context: click.Context, _option: click.Parameter, given: Sequence[str]
) -> dict[int, ManagerBehaviour]:
    """Behaviours by level; of two for one level the last holds."""
    return dict(_manager_behaviour(one) for one in given)


def _manager_behaviour(given: str) -> tuple[int, ManagerBehaviour]:
    level, _, behaviour = given.partition("=")
    titles = demo_cast().levels
    known = {each.value: each for each in ManagerBehaviour}
    if level not in map(str, titles):
        levels = ", ".join(f"{rank} ({title})" for rank, title in titles.items())
        raise click.BadParameter(f"there is no level {level!r}; the levels are {levels}")
    if behaviour not in known:
        raise click.BadParameter(f"{behaviour!r} is no behaviour; there are {', '.join(known)}")
    return int(level), known[behaviour]
