"""How every run ends: all faults stop, everybody hangs up, and then nothing else happens."""

from tests.faults.carrier import Fate
from tests.faults.deeds import house, network
from tests.faults.mail import Post
from tests.faults.rest_desk import Manner
from tests.faults.tickets import Mood
from tests.faults.wire import Mishap
from tests.faults.world import World

CLOSING_SECONDS = 75.0
LONGEST_DEADLINE_SECONDS = 26 * 60.0
OVERNIGHT_SECONDS = 3 * 3600.0
NIGHTS = 10
QUIET_SECONDS = 3600.0


def everything_works(world: World) -> None:
    """No fault any more; the worker runs."""
    network.treats_callbacks(world, Fate.ARRIVE)
    network.befalls_the_next_webhook(world, Mishap.NONE)
    network.answers_rest(world, Manner.FINE)
    house.ticket_system(world, Mood.QUICK)
    house.mail_server(world, Post.UP)
    house.worker_runs(world, runs=True)


def everybody_hangs_up(world: World) -> None:
    """Callers first; whose phone still rings then lets it ring."""
    for phone in world.everybody:
        phone.be_manual()
        if phone.state in {"talking", "calling"}:
            phone.hang_up()


def all_is_over(world: World) -> None:
    """Until the last call is closed and the last letter settled; then an hour in which nothing may happen."""
    everything_works(world)
    everybody_hangs_up(world)
    world.passes(CLOSING_SECONDS)
    world.judged()
    world.passes(LONGEST_DEADLINE_SECONDS)
    for _ in range(NIGHTS):
        if not world.letters_waiting():
            break
        world.passes(OVERNIGHT_SECONDS)
    orders, mails = len(world.witness.orders), world.mails_about_escalations()
    world.passes(QUIET_SECONDS)
    world.judge.after_the_end = world.witness.orders[orders:]
    world.judge.mails_after_the_end = world.mails_about_escalations() - mails
    world.judged(at_end=True)
