"""What a customer does with a telephone."""

from ivr.emulator.handset import Handset
from tests.faults.company import LINE
from tests.faults.world import World

ASKED = "on the way off hold: a caller chooses"
CONSENT = 12.0
"""By then it has been said that it is recorded, and the tone has sounded."""
CONNECTING, THINKING = 2.0, 1.0
DIALLED, KEYED = "on the way to an escalation: a caller phones", "on the way to an escalation: a caller keys"


def dials(world: World, caller: Handset) -> None:
    """Phone the line and hear who answers."""
    if caller.state == "idle":
        caller.dial(LINE)
        world.passes(CONNECTING)


def keys(world: World, caller: Handset, pressed: str) -> None:
    """Press keys, whatever is being said, and wait a moment for what comes of it."""
    if caller.state != "idle":
        caller.press(pressed)
        world.passes(THINKING)


def asks_for(world: World, caller: Handset, ticket: str, language: str = "1") -> None:
    """Phone the line, choose a language and key a ticket."""
    dials(world, caller)
    world.looked_on(DIALLED)
    keys(world, caller, language)
    world.looked_on(KEYED)
    keys(world, caller, f"{ticket}#")


def escalates(world: World, caller: Handset, ticket: str, language: str = "1") -> None:
    """Phone the line, choose a language, key a ticket, and ask that managers be rung."""
    asks_for(world, caller, ticket, language)
    world.looked_on(KEYED)
    keys(world, caller, "1")
    world.passes(THINKING)


def hangs_up(world: World, caller: Handset) -> None:
    """Put the telephone down."""
    if caller.state != "idle":
        caller.hang_up()
        world.passes(THINKING)


def asks_to_be_called_back(world: World, caller: Handset) -> None:
    """Leave hold: a manager shall be found, and the line shall call."""
    keys(world, caller, "*")
    world.looked_on(ASKED)
    keys(world, caller, "3")


def leaves_a_message(world: World, caller: Handset) -> None:
    """Leave hold, speak after the tone, and keep what was said."""
    keys(world, caller, "*")
    world.looked_on(ASKED)
    keys(world, caller, "2")
    world.passes(CONSENT)
    world.looked_on(ASKED)
    if caller.state != "idle":
        caller.says("Please call me.")
        keys(world, caller, "#")
        world.passes(THINKING)
    world.looked_on("a caller has spoken a message")
    keys(world, caller, "1")
