"""The company that is phoned: the demo's, with a ladder and a first manager for each of many regions.

A manager on another call is passed over, so that calls at the same time need managers of their own; and nobody's
recent rings are as many as one phone's would be under this load.
"""

from dataclasses import replace
from datetime import datetime

from db import seed
from flows.routing import LadderPlan, Routing
from flows.rules.restraint import Restraint
from flows.ticket import Ticket

REGIONS = 64
"""Twice the load processes of the open loop, four times those of the closed one; they take calls in turn, so that no
two of them are ever in the same region at the same time."""
NEVER_ENOUGH = Restraint(rings_a_night=10**9)
"""The benchmark measures the same at night."""


def routing() -> Routing:
    """The demo's routing, by region."""
    plan, first = seed.ROUTING.ladders[0], seed.ROUTING.people[seed.LEVEL_1]
    people = {_manager(region): replace(first, phones=(_phone(region),)) for region in range(REGIONS)}
    ladders = tuple(_ladder(plan, region) for region in range(REGIONS))
    return replace(seed.ROUTING, people={**seed.ROUTING.people, **people}, ladders=ladders, restraint=NEVER_ENOUGH)


def eligible(number: str, now: datetime) -> Ticket:
    """A ticket like the demo's own 48213: no answer for five hours, and one was promised within one."""
    return replace(seed.tickets(now)[0], number=number, region=str(_region(number)))


def phone_for(number: str) -> str:
    """The phone that rings first about this ticket."""
    return _phone(_region(number))


def _region(number: str) -> int:
    return int(number) % REGIONS


def _manager(region: int) -> str:
    return f"manager-{region}"


def _phone(region: int) -> str:
    return f"+1202555{1000 + region}"


def _ladder(plan: LadderPlan, region: int) -> LadderPlan:
    own = replace(plan.levels[0], members=(_manager(region),))
    return replace(plan, regions=(str(region),), levels=(own, *plan.levels[1:]))
