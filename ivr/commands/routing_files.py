"""Routing files named on a command line: read, checked, and every mistake told with its line."""

from dataclasses import dataclass

import click
from phonenumbers import SUPPORTED_REGIONS

from flows.routing import Routing
from ivr.clock import wall_clock
from ivr.commands.complaints import USAGE
from ivr.config import Settings
from ivr.line.dialling import DialPolicy
from ivr.routing_file.document import read


@dataclass(frozen=True, slots=True)
class Content:
    """A file named on the command line: ``name`` as typed, and what is in it."""

    name: str
    text: bytes


def _content(_: click.Context, __: click.Parameter, name: str) -> Content:
    with click.open_file(name, "rb") as file:
        return Content("<stdin>" if name == "-" else name, file.read())


def _policy(_: click.Context, __: click.Parameter, regions: str) -> DialPolicy:
    known = frozenset(region.strip().upper() for region in regions.split(",") if region.strip())
    strange = sorted(known - SUPPORTED_REGIONS)
    if strange:
        raise click.BadParameter(f"{', '.join(strange)}: no such region; write two-letter codes such as US,DE")
    return DialPolicy(regions=known)


FILE = click.argument(
    "file", type=click.Path(exists=True, dir_okay=False, readable=True, allow_dash=True), callback=_content
)
REGIONS = click.option(
    "--dial-regions", "policy", envvar="DIAL_REGIONS", default=Settings.model_fields["dial_regions"].default,
    show_default=True, callback=_policy, help="Regions whose numbers the line may dial.",
)  # fmt: skip


def routing_in(file: Content, policy: DialPolicy) -> Routing:
    """What the file says; ends with exit code 2 when it has mistakes."""
    document = read(file.text, policy, wall_clock())
    for remark in document.remarks:
        click.echo(f"{file.name}:{remark.line}: {remark.finding}", err=True)
    if document.mistakes:
        raise SystemExit(USAGE)
    return document.routing
