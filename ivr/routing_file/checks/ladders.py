"""Ladders: every level has somebody to ring, and every ladder somebody to reach."""

from collections.abc import Iterator
from itertools import combinations

from flows.routing import LadderPlan, LevelPlan, Routing
from ivr.line.dialling import DialPolicy
from ivr.routing_file.checks.people import filled_elsewhere, unknown_member, who_may_be
from ivr.routing_file.findings import Finding, Place
from ivr.routing_file.kinds import meant

SHORTEST_RING, LONGEST_RING = 5, 600
"""What the carrier accepts as a ring time, in seconds."""
NEEDED = {"email": "email", "phones": "phone"}


def ladders(routing: Routing, _: DialPolicy) -> Iterator[Finding]:
    """There are ladders, by names that tell them apart."""
    if not routing.ladders:
        yield Finding(place=("ladders",), message="has no ladder; add one with at least one level")
    names = [ladder.name for ladder in routing.ladders]
    for count, name in enumerate(names, start=1):
        if name in names[: count - 1]:
            yield Finding(place=("ladders", str(count), "name"), message=f"two ladders are called {name}; rename one")


def levels(routing: Routing, _: DialPolicy) -> Iterator[Finding]:
    """Each level for itself."""
    for place, level in _levels(routing):
        if not level.members:
            yield Finding(place=(*place, "members"), message="nobody is on this level; add a person or remove it")
        if not SHORTEST_RING <= level.ring_seconds <= LONGEST_RING:
            message = f"expected {SHORTEST_RING} to {LONGEST_RING} seconds, not {level.ring_seconds}"
            yield Finding(place=(*place, "ring_seconds"), message=message)
        for key in dict.fromkeys(level.members):
            if level.members.count(key) > 1:
                message = f"{key} is on this level twice; once is enough"
                yield Finding(place=(*place, "members"), message=message, warning=True)
            yield from _member(routing, place, level, key)
        yield from _shared(routing, (*place, "members"), level)


def reachable(routing: Routing, _: DialPolicy) -> Iterator[Finding]:
    """A ladder that can ring nobody would promise a call and place none."""
    for number, ladder in enumerate(routing.ladders, start=1):
        members = {key for level in ladder.levels if not level.email_only for key in level.members}
        rung = {person for key in members for person in who_may_be(routing, key)}
        if any(filled_elsewhere(routing, key) for key in members):
            continue
        people = [routing.people[key] for key in rung if key in routing.people]
        if not any(person.phones for person in people):
            message = "nobody on this ladder can be rung; it needs a level with a person who has a phone"
            phones = tuple(("people", key, "phones") for key in sorted(rung))
            yield Finding(place=("ladders", str(number)), message=message, drawn_from=phones)


def on_two_levels(routing: Routing, _: DialPolicy) -> Iterator[Finding]:
    """A phone rings once in an attempt, so whoever stands on two levels leaves the second one empty."""
    for number, ladder in enumerate(routing.ladders, start=1):
        place = ("ladders", str(number), "levels")
        for (low, lower), (high, upper) in combinations(enumerate(ladder.levels, start=1), 2):
            yield from _same_people((*place, str(high), "members"), lower, upper, low)
            yield from _same_phones(routing, (*place, str(high), "members"), lower, upper, low)


def never_climbed(routing: Routing, _: DialPolicy) -> Iterator[Finding]:
    """The first ladder that serves a ticket is climbed, so a later one needs tickets that no earlier one serves."""
    for (early, first), (late, later) in combinations(enumerate(routing.ladders, start=1), 2):
        if _serves_all_of(first, later):
            message = f"is never climbed: {first.name} (ladder {early}) comes first and serves all of its tickets"
            yield Finding(
                place=("ladders", str(late)), message=f"{message}; put the special ladder first", warning=True,
                drawn_from=(("ladders", str(early)),),
            )  # fmt: skip


def served(routing: Routing, _: DialPolicy) -> Iterator[Finding]:
    """What a ladder or a line serves can come to it."""
    for number, ladder in enumerate(routing.ladders, start=1):
        place = ("ladders", str(number))
        for program in ladder.programs:
            if program not in routing.programs:
                message = f"{program} is not among the programs; {meant(program, routing.programs)}"
                yield Finding(place=(*place, "programs"), message=message, drawn_from=(("programs",),))
        yield from _refused_products(routing, place, ladder.products)
    for number, line in enumerate(routing.lines, start=1):
        yield from _refused_products(routing, ("lines", str(number)), line.products)


def _refused_products(routing: Routing, place: Place, products: tuple[str, ...]) -> Iterator[Finding]:
    for product in products:
        if product in routing.other_paths:
            message = f"tickets about {product} are refused, because it is among other_paths; remove one of the two"
            yield Finding(place=(*place, "products"), message=message, warning=True)


def _levels(routing: Routing) -> Iterator[tuple[Place, LevelPlan]]:
    for number, ladder in enumerate(routing.ladders, start=1):
        for rank, level in enumerate(ladder.levels, start=1):
            yield ("ladders", str(number), "levels", str(rank)), level


def _member(routing: Routing, place: Place, level: LevelPlan, key: str) -> Iterator[Finding]:
    if key not in routing.people and key not in routing.schedules:
        yield unknown_member(routing, (*place, "members"), key)
    needed = "email" if level.email_only else "phones"
    for each in who_may_be(routing, key):
        person = routing.people.get(each)
        if person and not (person.email if level.email_only else person.phones):
            message = f"{each} has no {NEEDED[needed]} and is passed over on this level; add one to that person"
            fact = ("people", each, needed)
            yield Finding(place=(*place, "members"), message=message, warning=True, drawn_from=(fact,))


def _same_people(place: Place, lower: LevelPlan, upper: LevelPlan, low: int) -> Iterator[Finding]:
    for key in upper.members:
        if key in lower.members:
            yield Finding(place=place, message=f"{key} is on level {low} too and is not rung again here", warning=True)


def _same_phones(routing: Routing, place: Place, lower: LevelPlan, upper: LevelPlan, low: int) -> Iterator[Finding]:
    below = {number: key for key in lower.members for number in _phones(routing, key)}
    for key in upper.members:
        for number in _phones(routing, key):
            if number in below and key != below[number]:
                message = f"{key} has the number of {below[number]} on level {low}, and no phone rings twice"
                phones = (("people", key, "phones"), ("people", below[number], "phones"))
                yield Finding(place=place, message=f"{message}; name another", drawn_from=phones)


def _shared(routing: Routing, place: Place, level: LevelPlan) -> Iterator[Finding]:
    """Two members of one level with one phone: it rings once, and whoever picks up takes the call."""
    for one, other in combinations(dict.fromkeys(level.members), 2):
        if not {*_phones(routing, one)}.isdisjoint(_phones(routing, other)):
            message = f"{one} and {other} share a phone, which rings once"
            phones = tuple(("people", key, "phones") for key in (one, other))
            yield Finding(place=place, message=message, warning=True, drawn_from=phones)


def _phones(routing: Routing, key: str) -> tuple[str, ...]:
    return routing.people[key].phones if key in routing.people else ()


def _serves_all_of(first: LadderPlan, later: LadderPlan) -> bool:
    wanted = ((first.products, later.products), (first.programs, later.programs), (first.regions, later.regions))
    managed = first.account_manager in {None, later.account_manager}
    return managed and all(not all_of or (some and set(some) <= set(all_of)) for all_of, some in wanted)
