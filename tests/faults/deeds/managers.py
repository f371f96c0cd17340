"""What a manager does with a telephone."""

import asyncio
from collections.abc import Sequence

from ivr.emulator.handset import Handset
from tests.faults.world import World

LISTENING = 1.5
PICKED_UP = "on the way to an answer: a manager picks up"
LEFT_TALK, CHOSE = "on the way to terms: a manager presses star", "on the way to terms: a manager chooses"


def picks_up(world: World, manager: Handset) -> None:
    """Answer, and begin to listen."""
    if manager.state == "ringing":
        manager.answer()
        world.passes(LISTENING)


def presses(world: World, manager: Handset, keys: str) -> None:
    """Press keys, and wait a moment for what comes of it."""
    if manager.state in {"talking", "calling"}:
        manager.press(keys)
        world.passes(LISTENING)


def accepts(world: World, manager: Handset) -> None:
    """Answer, and press 1."""
    picks_up(world, manager)
    world.looked_on(PICKED_UP)
    presses(world, manager, "1")


def passes_on(world: World, manager: Handset) -> None:
    """Answer, and press 2."""
    picks_up(world, manager)
    world.looked_on(PICKED_UP)
    presses(world, manager, "2")


def accept_at_once(world: World, managers: Sequence[Handset]) -> None:
    """All who are rung answer, and press 1 at the same moment."""
    for manager in managers:
        if manager.state == "ringing":
            manager.answer()
    world.passes(LISTENING)

    async def press() -> None:
        there = [manager for manager in managers if manager.state == "talking"]
        await asyncio.gather(*(manager.phone.press("1") for manager in there))

    world.carrier.drive(press())
    world.passes(LISTENING)


def wraps_up(world: World, manager: Handset, key: str, length: str = "30") -> None:
    """Leave the talk with star and say how it goes on; promises and quiet want a length."""
    presses(world, manager, "*")
    world.looked_on(LEFT_TALK)
    presses(world, manager, key)
    if key in {"2", "9"}:
        world.looked_on(CHOSE)
        presses(world, manager, f"{length}#")


def refuses(world: World, manager: Handset) -> None:
    """Press the red button while it rings."""
    if manager.state == "ringing":
        manager.decline()
        world.passes(LISTENING)


def hangs_up(world: World, manager: Handset) -> None:
    """Put the telephone down."""
    if manager.state != "idle":
        manager.hang_up()
        world.passes(LISTENING)
