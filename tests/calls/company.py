"""The demo company, changed for a story: other people on its levels, other phones, other tickets."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from db import seed
from flows.routing import LadderPlan, LevelPlan, Person, Routing
from flows.rules.schedule import Schedule
from flows.ticket import Severity, Ticket
from tests.calls.stage import Stage

DANA, MARCUS = "dana-whitfield", "marcus-oyelaran"
DANA_AT_HOME, MARCUS_AT_HOME, COLLEAGUE = "+12025550111", "+12025550112", "+12025550114"
EVE = Person(name="Eve Colleague", phones=(COLLEAGUE,), email="eve.colleague@northwind-support.example")
OPERATIONS, DIRECTOR = "Support Operations Manager", "Senior Director of Support"


def publishes(stage: Stage, routing: Routing) -> None:
    """From now on calls begin with this routing."""
    with stage.line.parts.store.writing() as work:
        work.routing.publish(routing, by="test", note="", at=stage.exchange.now())


def current(stage: Stage) -> Routing:
    """The published routing."""
    with stage.line.parts.store.reading() as work:
        return work.routing.current()[1]


def person_is(stage: Stage, key: str, **facts: Any) -> None:
    """Something about a person is otherwise."""
    routing = current(stage)
    publishes(stage, replace(routing, people={**routing.people, key: replace(routing.people[key], **facts)}))


def ladder_is(stage: Stage, *levels: LevelPlan, schedules: Mapping[str, Schedule] | None = None) -> None:
    """The ladder has these levels, on which Eve may stand beside the demo company's people."""
    routing = current(stage)
    changed = replace(
        routing,
        ladders=(LadderPlan(name="Northwind Support", levels=levels),),
        people={**routing.people, "eve": EVE},
        schedules=schedules or {},
    )
    publishes(stage, changed)


def level(title: str, *members: str, **facts: Any) -> LevelPlan:
    """A level of people by their keys."""
    return LevelPlan(title=title, members=members, **facts)


def ticket_is(stage: Stage, number: str = "48213", **facts: Any) -> None:
    """A ticket that may be escalated, like 48213 but for these facts."""
    like = next(each for each in seed.tickets(stage.exchange.now()) if each.number == "48213")
    ticket: Ticket = replace(like, number=number, **facts)
    with stage.line.parts.store.writing() as work:
        work.tickets.put(ticket)


def ticket_is_urgent(stage: Stage) -> None:
    """Severity 1."""
    ticket_is(stage, severity=Severity.URGENT)


def nobody_answers(stage: Stage, *titles: str) -> None:
    """The phones of these levels ring in vain, one after the other."""
    phones = {OPERATIONS: stage.level_1, DIRECTOR: stage.level_2}
    for title in titles:
        phones[title].rings(within=120)
        phones[title].decline()


def show(stage: Stage) -> list[tuple[str, str, str | None]]:
    """Who was rung or passed over for ticket 48213, and how it ended: title, name, outcome."""
    with stage.line.parts.store.reading() as work:
        attempts = reversed(work.attempts.of_ticket("48213"))
        rings = [ring for attempt in attempts for ring in work.rings.of_attempt(attempt.id)]
    return [(ring.title, ring.member, ring.outcome) for ring in rings]
