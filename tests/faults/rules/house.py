"""The company's house: tickets, mail, worker, deployments, routing, and what managers' phones do by themselves."""

from dataclasses import dataclass
from enum import Enum
from typing import assert_never

from hypothesis import strategies as st

from flows.ticket import Status
from ivr.emulator.behaviours import Answers, Behaviour, Busy, Declines, Mailbox, Manual, NoAnswer, Unreachable
from tests.faults import company
from tests.faults.death import Moment
from tests.faults.deeds import house
from tests.faults.mail import Post
from tests.faults.rules.acting import Acting, step
from tests.faults.tickets import Mood


class Worker(Enum):
    """What becomes of the worker."""

    RUNS = "runs"
    RESTS = "rests"


class Admin(Enum):
    """What an admin does."""

    RESTARTS = "restarts the line"
    PUBLISHES_FIRST = "publishes the first edition of the routing"
    PUBLISHES_SECOND = "publishes the second"


@dataclass(frozen=True, slots=True)
class WorkedOn:
    """Support does something about a ticket."""

    ticket: str
    status: Status


@dataclass(frozen=True, slots=True)
class Habit:
    """What a manager's phone does by itself from now on."""

    manager: str
    behaviour: Behaviour


@dataclass(frozen=True, slots=True)
class Absent:
    """A manager goes off duty for so many hours, or comes back (0)."""

    manager: str
    hours: float


BEHAVIOURS: st.SearchStrategy[Behaviour] = st.sampled_from([
    Manual(), Manual(), Manual(), Answers(after=2.0), Declines(after=2.0), Mailbox(greeting="Please leave a message."),
    Busy(), Unreachable(), NoAnswer(),
])  # fmt: skip
Event = Mood | Post | Worker | Moment | Admin | WorkedOn | Habit | Absent
EVENTS: st.SearchStrategy[Event] = st.one_of(
    st.sampled_from([Mood.QUICK, *Mood]),
    st.sampled_from([Post.UP, *Post]),
    st.sampled_from([Worker.RUNS, *Worker]),
    st.sampled_from(Moment),
    st.sampled_from(Admin),
    st.builds(WorkedOn, st.sampled_from(company.ELIGIBLE), st.sampled_from([Status.OPEN, *Status])),
    st.builds(Habit, st.sampled_from(company.MANAGERS), BEHAVIOURS),
    st.builds(Absent, st.sampled_from(["anna", "boris", "clara", "hugo"]), st.sampled_from([0.0, 0.0, 0.02, 0.5, 9.0])),
)
KINDS = {
    Mood: "the ticket system is up, slow or down",
    Post: "the mail server is up, down, or loses its answer",
    Worker: "the worker stops, or starts",
    Moment: "the worker is killed",
    Admin: "the line restarts, or another routing is published",
    WorkedOn: "a ticket is worked on",
    Absent: "a manager goes off duty, or comes back",
    Habit: "a manager's phone answers, declines or is a mailbox by itself",
}


class HouseRules(Acting):
    """What happens in the house."""

    @step(lambda event: KINDS[type(event)], event=EVENTS)
    def house(self, event: Event) -> None:
        match event:
            case Mood():
                house.ticket_system(self.world, event)
            case Post():
                house.mail_server(self.world, event)
            case Worker():
                house.worker_runs(self.world, runs=event is Worker.RUNS)
            case Moment():
                house.worker_is_killed(self.world, event)
            case Admin():
                self._admin(event)
            case WorkedOn(ticket=ticket, status=status):
                house.is_worked_on(self.world, ticket, status)
            case Habit(manager=manager, behaviour=behaviour):
                self.world.phones[manager].phone.behaviour = behaviour
            case Absent(manager=manager, hours=hours):
                house.is_off_duty(self.world, manager, hours)
            case _:
                assert_never(event)

    def _admin(self, does: Admin) -> None:
        match does:
            case Admin.RESTARTS:
                house.restarts(self.world)
            case Admin.PUBLISHES_FIRST:
                house.publishes(self.world, company.FIRST_EDITION)
            case Admin.PUBLISHES_SECOND:
                house.publishes(self.world, company.SECOND_EDITION)
            case _:
                assert_never(does)
