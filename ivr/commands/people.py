"""`ivr people`: the managers in the routing, and their PINs for the manager's line."""

from datetime import datetime

import click

from db.repositories.pins import StoredPin
from db.unit_of_work import Work
from flows.routing import Person, Routing
from flows.rules.pin import LENGTH, could_be_pin, too_easy
from ivr.clock import wall_clock
from ivr.commands.complaints import refuse
from ivr.commands.config import BY
from ivr.commands.database import DATABASE, opened
from ivr.line.pins import hashed, made_up

ADVICE = "Run `ivr db upgrade`, then this again."


@click.group()
def people() -> None:
    """The managers in the routing."""


@people.group()
def pin() -> None:
    """PINs for the manager's line; only their hashes are kept."""


@pin.command("set")
@click.argument("person")
@click.option("--ask", is_flag=True, help="Ask for the PIN, unseen, instead of making one up.")
@BY
@DATABASE
def set_(person: str, ask: bool, by: str, database_url: str) -> None:
    """Give PERSON (a key of the routing's people) a PIN. One that is made up is printed once, and never again."""
    with opened(database_url, ADVICE) as store:
        with store.reading() as work:
            known = _known(_routing(work), person)
        chosen = _asked(known) if ask else made_up(known.phones)
        hash = hashed(chosen)
        with store.writing() as work:
            work.pins.set(person, hash, by, wall_clock())
    click.echo(f"{known.name} has a new PIN." if ask else f"The PIN of {known.name}: {chosen}")
    if not known.phones:
        click.echo(f"{known.name} has no phone in the routing yet; only from it the PIN is asked for.", err=True)


@pin.command()
@click.argument("person")
@DATABASE
def clear(person: str, database_url: str) -> None:
    """Take PERSON's PIN away; somebody who has left the routing may be named as well."""
    with opened(database_url, ADVICE) as store, store.writing() as work:
        if not work.pins.clear(person):
            refuse(f"{person} has no PIN; `ivr people pin list` shows who has one")
    click.echo(f"{person} has no PIN any more.")


@pin.command("list")
@DATABASE
def list_pins(database_url: str) -> None:
    """Everybody in the routing, and whoever else has a PIN; times are UTC."""
    with opened(database_url, ADVICE) as store, store.reading() as work:
        pins = {each.person: each for each in work.pins.all()}
        keys = sorted({*pins, *_routing(work).people})
    now = wall_clock()
    click.echo("\n".join(f"{key:24}  {_state(pins.get(key), now)}" for key in keys) or "Nobody has a PIN.")


def _state(pin: StoredPin | None, now: datetime) -> str:
    if pin is None:
        return "no PIN"
    told = f"PIN set {pin.set_at:%Y-%m-%d %H:%M} by {pin.set_by}"
    if pin.is_locked(now):
        return f"{told}; locked until {pin.locked_until:%Y-%m-%d %H:%M} after {pin.wrong_tries} wrong tries in a row"
    return f"{told}; {pin.wrong_tries} wrong tries in a row" if pin.wrong_tries else told


def _asked(person: Person) -> str:
    chosen: str = click.prompt(f"PIN for {person.name}, {LENGTH} digits", hide_input=True, confirmation_prompt=True)
    if not could_be_pin(chosen):
        refuse(f"a PIN has {LENGTH} digits; nothing is changed")
    easy = too_easy(chosen, person.phones)
    if easy:
        refuse(f"that PIN would be guessed: {easy}; nothing is changed", "Choose another, or leave --ask out.")
    return chosen


def _routing(work: Work) -> Routing:
    if not work.routing.current_version():
        refuse("nothing is published yet", "Write a routing file (README, Your own line) and `ivr config apply` it.")
    return work.routing.current()[1]


def _known(routing: Routing, person: str) -> Person:
    if person not in routing.people:
        refuse(f"{person} is not among the people of the routing: {', '.join(sorted(routing.people))}")
    return routing.people[person]
