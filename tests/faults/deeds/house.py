"""What happens in the company's house: tickets are worked on, servers fail, somebody publishes another routing."""

from dataclasses import replace
from datetime import timedelta

from flows.routing import Routing
from flows.ticket import Status
from tests.faults.death import Moment
from tests.faults.mail import Post
from tests.faults.model.people import Absence
from tests.faults.tickets import Mood
from tests.faults.world import World


def is_worked_on(world: World, ticket: str, status: Status) -> None:
    """Support does something about a ticket."""
    at = world.carrier.now()
    world.tickets.changes(ticket, at, status)
    world.moved.setdefault(ticket, []).append(at)
    if status in {Status.RESOLVED_PENDING, Status.CLOSED}:
        world.over.setdefault(ticket, []).append(at)


def ticket_system(world: World, mood: Mood) -> None:
    """The ticket system answers so from now on."""
    world.ticket_system(mood)


def mail_server(world: World, manner: Post) -> None:
    """The mail server answers so from now on; accidents happen once."""
    world.mail.manner = manner


def worker_runs(world: World, *, runs: bool) -> None:
    """The worker is stopped, or started again."""
    if runs != (world.worker_since is not None):
        world.worker_since = world.carrier.now() if runs else None


def worker_is_killed(world: World, moment: Moment) -> None:
    """The worker is killed around its next commit, and another one started."""
    world.dies(moment)
    world.work()
    world.dies(None)


def restarts(world: World) -> None:
    """A deployment: another process on the same database."""
    world.restart()


def is_off_duty(world: World, person: str, hours: float) -> None:
    """Somebody goes off duty for a time, or with 0 hours comes back before it is over."""
    now = world.carrier.now()
    before = [replace(one, until=min(one.until, now)) if one.person == person else one for one in world.absences]
    world.absences = before
    with world.parts.store.writing() as work:
        if hours:
            work.absences.set(person, now + timedelta(hours=hours), now, "the machine")
            world.absences.append(Absence(person=person, since=now, until=now + timedelta(hours=hours)))
        else:
            work.absences.clear(person)


def publishes(world: World, routing: Routing) -> None:
    """An admin publishes another routing."""
    world.publish(routing)


def waits_for_callback(world: World) -> None:
    """Time passes until a customer is to be called back, or for a night."""
    if world.callback_due is not None:
        wait = (world.callback_due - world.carrier.now()).total_seconds()
        world.passes(min(max(wait, 0.0) + 20.0, 16 * 3600.0))
