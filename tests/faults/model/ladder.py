"""Who must be rung next: the published ladder climbed again, ring by ring, by people who can count."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Row

from flows.routing import LevelPlan, Routing
from flows.rules.ladder import Order
from tests.faults.company import LINE, OFFICE_HOURS
from tests.faults.model.people import PASSED, People, on_a_workday

NOT_PLACED = "not-placed"
"""The carrier did not take the order: that phone is dialled instead."""

Place = tuple[int, int]
"""A level, and which of its phones in the order in which they ring; both from 0."""


@dataclass(frozen=True, slots=True)
class Phone:
    """One phone of one member; ``round`` counts a member's phones from 0."""

    person: str
    number: str
    round: int


@dataclass(slots=True)
class Climb:
    """One attempt on its way up. ``beside``: the phones of a level may ring at once; ``since`` is the place from which
    on the next phone is looked for; ``second``: those who were engaged are having their second turn."""

    routing: Routing
    levels: tuple[LevelPlan, ...]
    caller: str
    people: People
    beside: bool
    rung: list[str] = field(default_factory=list)
    since: Place | None = None
    second: bool = False
    begins_above: int = 0

    def phones(self, level: int) -> list[Phone]:
        """The level's phones in the order in which they ring."""
        plan = self.levels[level]
        found = [
            (place, Phone(name, number, each))
            for place, name in enumerate(plan.members)
            for each, number in enumerate(self.routing.people[name].phones)
        ]
        together = plan.order is Order.TOGETHER
        return [phone for place, phone in sorted(
            found, key=lambda one: (one[1].round, one[0]) if together else (one[0], one[1].round)
        )]  # fmt: skip

    def next(self, at: datetime, engaged: frozenset[str]) -> tuple[set[Place], bool]:
        """The places of which one must be rung now, and whether it must: False where nobody can tell. Whoever was
        ``engaged`` gets a second turn when all others have had theirs."""
        if not self.second:
            found, sure = self._first_pass(at)
            if found or not engaged:
                return found, sure
            self.second, self.since = True, (0, 0)
        since = self.since or (0, 0)
        return self._along(range(since[0], len(self.levels)), at, since, engaged)

    def _first_pass(self, at: datetime) -> tuple[set[Place], bool]:
        if self.since is not None:
            return self._along(range(self.since[0], len(self.levels)), at, self.since)
        upward, sure = self._along(range(self.begins_above, len(self.levels)), at, None)
        if upward:
            return upward, sure
        return self._along(reversed(range(self.begins_above)), at, None)

    def _along(
        self, levels: Sequence[int] | range | Iterator[int], at: datetime, since: Place | None,
        wanted: frozenset[str] | None = None,
    ) -> tuple[set[Place], bool]:  # fmt: skip
        found: set[Place] = set()
        for level in levels:
            if not self._takes_part(level, at):
                continue
            for index, phone in enumerate(self.phones(level)):
                behind = since is not None and (level, index) < since
                if behind or (wanted is not None and phone.person not in wanted) or not self.in_question(phone):
                    continue
                why = self.people.why_not(phone.person, at)
                if "" in why:
                    found.add((level, index))
                if why == {""}:
                    return found, True
        return found, False

    def could_begin_with(self, rings: Sequence[Row[Any]]) -> bool:
        """Whether an attempt that begins here may ring these phones first."""
        first = next((ring for ring in rings if ring.outcome not in PASSED), None)
        return first is None or any(_is(self, place, first) for place in self._first_pass(first.started_at)[0])

    def in_question(self, phone: Phone) -> bool:
        """Whether this phone may ring at all, and has not rung yet."""
        return phone.number not in (LINE, self.caller, *self.rung)

    def _takes_part(self, level: int, at: datetime) -> bool:
        plan = self.levels[level]
        return not plan.email_only and (not plan.calendar or on_a_workday(at, *OFFICE_HOURS))

    def rings_at_once(self, place: Place, at: datetime) -> tuple[set[str], set[str]]:
        """The numbers that must begin to ring together with the one at ``place``, and those that may: whoever stands
        before it was passed over, and may have become free since."""
        must: set[str] = set()
        may: set[str] = set()
        first = self.phones(place[0])[place[1]]
        for index, phone in enumerate(self.phones(place[0])):
            if phone.round == first.round and self.in_question(phone):
                why = self.people.why_not(phone.person, at)
                must |= {phone.number} if why == {""} and index >= place[1] else set()
                may |= {phone.number} if "" in why else set()
        return must, may

    def in_rounds(self, level: int) -> bool:
        """Whether the phones of this level ring at once."""
        return self.beside and self.levels[level].order is Order.TOGETHER


def misclimbed(climb: Climb, rings: Sequence[Row[Any]], dialled: frozenset[int]) -> Iterator[str]:
    """Everything wrong with whom an attempt has rung; ``dialled`` are the rings from the caller's own leg. Leaves
    ``climb`` where the last ring left it."""
    engaged: frozenset[str] = frozenset()
    for group in groups(climb, rings, dialled):
        ring = group[0]
        if ring.outcome in PASSED:
            engaged |= {ring.person} if ring.outcome == "engaged" else frozenset()
            yield from _passed_over(climb, ring)
            continue
        possible, _ = climb.next(ring.started_at, engaged)
        place = next((one for one in possible if _is(climb, one, ring)), None)
        if place is None:
            names = sorted(climb.phones(level)[index].number[-2:] for level, index in possible)
            yield f"{_name(ring)} on level {ring.rank} was rung; next was {names or 'nobody'}"
            return
        beside = climb.in_rounds(place[0]) and ring.id not in dialled
        if beside:
            yield from _together(climb, place, group)
        _goes_on(climb, place, group, beside=beside)


def _passed_over(climb: Climb, ring: Row[Any]) -> Iterator[str]:
    why = climb.people.why_not(ring.person, ring.started_at)
    if ring.outcome not in why:
        yield f"{ring.member} was passed over as {ring.outcome}, and was {' or '.join(sorted(why)) or 'free'}"


def _together(climb: Climb, place: Place, group: Sequence[Row[Any]]) -> Iterator[str]:
    must, may = climb.rings_at_once(place, group[0].started_at)
    if not must <= {ring.number for ring in group} <= may:
        wanted = ", ".join(sorted(number[-2:] for number in must))
        yield f"level {place[0] + 1} rings together: …{wanted}; it rang {[_name(ring) for ring in group]}"


def _goes_on(climb: Climb, place: Place, group: Sequence[Row[Any]], *, beside: bool) -> None:
    level, index = place
    if all(ring.outcome == NOT_PLACED for ring in group):
        climb.since = place
        return
    climb.rung += [ring.number for ring in group]
    if any(ring.outcome == "talked" for ring in group):
        climb.since, climb.second = (level + 1, 0), False
    elif beside:
        rounds = [phone.round for phone in climb.phones(level)]
        climb.since = (level, sum(one <= rounds[index] for one in rounds))
    else:
        climb.since = (level, index + 1)


def groups(climb: Climb, rings: Sequence[Row[Any]], dialled: frozenset[int]) -> Iterator[list[Row[Any]]]:
    """Rings that began together; whoever was passed over stands alone."""
    group: list[Row[Any]] = []
    for ring in rings:
        alone = ring.outcome in PASSED or ring.id in dialled or not climb.in_rounds(ring.rank - 1)
        if group and not alone and group[0].started_at == ring.started_at and group[0].rank == ring.rank:
            group.append(ring)
            continue
        if group:
            yield group
        group = [ring]
        if alone:
            yield group
            group = []
    if group:
        yield group


def _is(climb: Climb, place: Place, ring: Row[Any]) -> bool:
    phone = climb.phones(place[0])[place[1]]
    return place[0] + 1 == ring.rank and phone.number == ring.number


def _name(ring: Row[Any]) -> str:
    return f"{ring.member} (…{ring.number[-2:]})"
