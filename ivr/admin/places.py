"""Where somebody stands in the routing, so that nobody is removed who is still needed there."""

from collections.abc import Iterator, Sequence

from flows.routing import Routing
from flows.rules.schedule import Override


def places(routing: Routing, key: str, overrides: Sequence[Override] = ()) -> Iterator[str]:
    """Every place of a person or a schedule, in words. ``overrides`` are those not over."""
    yield from on_ladders(routing, key)
    for schedule in routing.schedules.values():
        for number, rotation in enumerate(schedule.rotations, start=1):
            if key in rotation.people:
                yield f"schedule {schedule.name}, rotation {number}"
        if schedule.otherwise == key:
            yield f"schedule {schedule.name}, mailed while nobody is on duty"
    for line in routing.lines:
        if line.shift_manager == key:
            yield f"line {line.number}, shift manager"
    for override in overrides:
        if override.person == key and override.schedule in routing.schedules:
            yield f"schedule {routing.schedules[override.schedule].name}, put in by hand for a time"


def on_ladders(routing: Routing, key: str) -> Iterator[str]:
    """Every level on which a person or a schedule stands."""
    for ladder in routing.ladders:
        for rank, level in enumerate(ladder.levels, start=1):
            if key in level.members:
                yield f"ladder {ladder.name}, level {rank} {level.title}"
