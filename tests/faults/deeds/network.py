"""What the carrier and the networks do to the line."""

from ivr.emulator.handset import Handset
from tests.faults.carrier import Fate
from tests.faults.rest_desk import Manner
from tests.faults.wire import Mishap
from tests.faults.world import World


def treats_callbacks(world: World, fate: Fate) -> None:
    """From now on callbacks arrive, are lost, doubled, late or overtaken."""
    world.carrier.fates.fate = fate


def befalls_the_next_webhook(world: World, mishap: Mishap) -> None:
    """The next webhook comes twice, or its answer is lost, or the line's process dies over it."""
    world.carrier.wire.mishap = mishap


def answers_rest(world: World, manner: Manner) -> None:
    """From now on the carrier's REST API answers so."""
    world.carrier.rest.manner = manner


def loses(world: World, phone: Handset) -> None:
    """The network loses a telephone's call."""
    if phone.state in {"talking", "calling"}:
        world.carrier.lose(phone)
        world.passes(1.0)


def is_away(world: World, seconds: float) -> None:
    """The line's site cannot be reached for a while; whoever calls in that time hears the carrier's apology."""
    world.carrier.wire.is_down = True
    world.passes(seconds)
    world.carrier.wire.is_down = False
