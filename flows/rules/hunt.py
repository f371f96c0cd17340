"""Climbing the manager ladder: whose phone is next, who is passed over and why, and how long it takes at most."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import groupby

from flows.rules.ladder import Ladder, Level, Member, Order, Position
from flows.rules.ring_outcome import PASSED_OVER, RingOutcome
from flows.ticket import Severity

CARRIER_ADDS = timedelta(seconds=5)
"""The carrier rings about this much longer than it is told (twilio.md 1.4)."""

SCREENING = timedelta(seconds=45)
"""The longest a phone can be answered without the key being pressed: the story, its repetition, two pauses."""

ALTOGETHER = frozenset({RingOutcome.OFF_DUTY, RingOutcome.DECLINED, RingOutcome.TALKED})
"""Whoever is off duty, has passed the call on or has talked is not looked for any more, quiet hours or not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passed:
    """Somebody who is not rung though the hunt came by: indexes from 0 into the ladder, and why."""

    level: int
    member: int
    why: RingOutcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A stretch of the ladder: the phone it leads ``to`` (None: there is none), who was passed over on it, and which
    levels (indexes from 0) it came by that are reached by e-mail only."""

    to: Position | None = None
    passed: tuple[Passed, ...] = ()
    informed: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Hunt:
    """A ladder as it can be climbed ``now`` for a ticket of this ``severity``.

    ``barred`` numbers are never rung (the line's own, the caller's), ``rung`` ones not again in this attempt.
    ``spared`` are people, by their keys, who must not be rung at this moment, and why. ``beside``: the phones of a
    level can ring at once.

    Raises ValueError unless the ladder's ranks count up from 1: what is remembered about a ticket is the rank of the
    level that talked, so a gap would ring the wrong people.
    """

    ladder: Ladder
    now: datetime
    severity: Severity
    barred: frozenset[str] = frozenset()
    rung: frozenset[str] = frozenset()
    spared: Mapping[str, RingOutcome] = field(default_factory=dict)
    beside: bool = False

    def __post_init__(self) -> None:
        ranks = [level.rank for level in self.ladder.levels]
        if ranks != list(range(1, len(ranks) + 1)):
            raise ValueError(f"ladder {self.ladder.name!r} has the ranks {ranks}; number its levels 1, 2, 3 and so on")

    def start(self, last_talked: int) -> Way:
        """To the first phone above the last level that talked (its rank; 0: none has). When no phone is left up there,
        to the first one of the highest level that has one now: a manager who talked before is better than nobody."""
        upward = self._along(self.ladder.levels[last_talked:])
        if upward.to is not None:
            return upward
        down = self._along(level for level in reversed(self.ladder.levels[:last_talked]) if not level.email_only)
        return replace(down, passed=upward.passed + down.passed, informed=upward.informed)

    def onward(self, since: Position) -> Way:
        """To the next phone from ``since`` on, that place included: on the same level, else on a higher one."""
        return self._along(self.ladder.levels[since.level :], since)

    def back(self, people: Collection[str], since: Position | None = None) -> Way:
        """To the next phone of one of these people, wherever they stand; ``since`` leaves out what lies before it."""
        begin = since.level if since is not None else 0
        ringing = (level for level in self.ladder.levels[begin:] if not level.email_only)
        return self._along(ringing, since, people)

    def first(self, last_talked: int) -> Position | None:
        """The phone that ``start`` leads to."""
        return self.start(last_talked).to

    def above(self, place: Position) -> Position | None:
        """The first phone on a higher level."""
        return self.onward(Position(level=place.level + 1, member=0)).to

    def together(self, place: Position, people: Collection[str] | None = None) -> tuple[Position, ...]:
        """The phones to ring at once: those of the level in this round where its members are rung together, else the
        one. A phone that two members share rings once. ``people`` None: anybody's."""
        level = self.ladder.levels[place.level]
        if not self._in_rounds(level):
            return (place,)
        phones: dict[str, Position] = {}
        for each in self._places(level, place, people):
            if each.phone == place.phone and self._why_not(each) is None:
                phones.setdefault(self.ladder.number_at(each), each)
        return tuple(phones.values())

    def beyond(self, place: Position) -> Position:
        """Where the hunt goes on when the phone at ``place`` has rung."""
        if self.ladder.levels[place.level].order is Order.TOGETHER:
            return replace(place, member=place.member + 1)
        return replace(place, phone=place.phone + 1)

    def beyond_round(self, place: Position) -> Position:
        """Where the hunt goes on when everything that rings together with ``place`` has rung."""
        if self._in_rounds(self.ladder.levels[place.level]):
            return Position(level=place.level, member=0, phone=place.phone + 1)
        return self.beyond(place)

    def wait_at(self, place: Position) -> timedelta:
        """How long at most the phone at ``place`` keeps a caller waiting."""
        return self._wait_on(self.ladder.levels[place.level])

    def longest_wait(self, since: Position) -> timedelta:
        """How long at most, from ``since`` on, until every phone has rung and nobody has accepted.

        Whoever is spared now may be back by the time the hunt gets there, and so may a level whose hours begin and a
        person whose quiet hours end until then: all of them count. Phones that ring at once count once, and once more
        where one of them may be engaged then and is returned to.
        """
        total, counted = timedelta(), dict[str, timedelta]()
        for level in self.ladder.levels[since.level :]:
            opens = level.opens(self.now)
            if level.email_only or opens is None or opens > self.now + total:
                continue
            places = [each for each in level.places() if not _before(level, each, since)]
            for _, places_at_once in groupby(places, key=lambda each: each.phone if self._in_rounds(level) else each):
                total += self._rings_for(level, list(places_at_once), counted, self.now + total)
        return total

    def _rings_for(
        self, level: Level, places: Iterable[Position], counted: dict[str, timedelta], by: datetime
    ) -> timedelta:
        """The longest these phones, which ring at once, can add. ``counted``: for how long each number that may ring
        by itself has been counted; on a later level it may ring for longer."""
        wait = self._wait_on(level)
        may_ring = {
            self.ladder.number_at(each)
            for each in places
            if not self.ladder.member_at(each).vacant and self._quiet_until(self.ladder.member_at(each)) <= by
        }
        fresh = {each for each in may_ring - self.barred - self.rung if counted.get(each, timedelta()) < wait}
        if len(fresh) != 1:
            return wait * min(len(fresh), 2)
        (alone,) = fresh
        before, counted[alone] = counted.get(alone, timedelta()), wait
        return wait - before

    def _along(
        self, levels: Iterable[Level], since: Position | None = None, people: Collection[str] | None = None
    ) -> Way:
        """The way over these levels to the first phone that may ring; ``people`` None: anybody's."""
        passed: list[Passed] = []
        informed: list[int] = []
        for level in levels:
            if not self._takes_part(level):
                continue
            informed += [level.rank - 1] if level.email_only else []
            to, spared = self._on(level, since, people)
            passed += [Passed(level=level.rank - 1, member=member, why=why) for member, why in spared.items()]
            if to is not None:
                return Way(to=to, passed=tuple(passed), informed=tuple(informed))
        return Way(passed=tuple(passed), informed=tuple(informed))

    def _on(
        self, level: Level, since: Position | None, people: Collection[str] | None
    ) -> tuple[Position | None, dict[int, RingOutcome]]:
        """The first phone of one level, and by member who was passed over on the way to it, or in its round."""
        to: Position | None = None
        spared: dict[int, RingOutcome] = {}
        for place in self._places(level, since, people):
            if to is not None and not (self._in_rounds(level) and place.phone == to.phone):
                break
            why = self._why_not(place)
            if why is None:
                to = to or place
            elif why in PASSED_OVER:
                spared.setdefault(place.member, why)
        return to, spared

    def _places(self, level: Level, since: Position | None, people: Collection[str] | None) -> Iterator[Position]:
        for place in level.places():
            wanted = people is None or self.ladder.member_at(place).person in people
            if wanted and self._in_question(place) and not (since and _before(level, place, since)):
                yield place

    def _in_question(self, place: Position) -> bool:
        """Whether there is anything to say about this place: a number that may ring, or nobody who has one."""
        if self.ladder.member_at(place).vacant:
            return True
        by_mail = self.ladder.levels[place.level].email_only
        return not by_mail and self.ladder.number_at(place) not in self.barred | self.rung

    def _why_not(self, place: Position) -> RingOutcome | None:
        member = self.ladder.member_at(place)
        if member.vacant:
            return RingOutcome.NOBODY_ON_SHIFT
        spared = self.spared.get(member.person) if member.person else None
        if spared not in ALTOGETHER and self._quiet_until(member) > self.now:
            return RingOutcome.QUIET_HOURS
        return spared

    def _quiet_until(self, member: Member) -> datetime:
        return member.quiet.end(self.now, member.zone, self.severity) if member.quiet else self.now

    def _takes_part(self, level: Level) -> bool:
        opens = level.opens(self.now)
        return opens is not None and opens <= self.now

    def _in_rounds(self, level: Level) -> bool:
        return self.beside and level.order is Order.TOGETHER

    def _wait_on(self, level: Level) -> timedelta:
        return timedelta(seconds=level.ring_seconds) + CARRIER_ADDS + SCREENING


def _before(level: Level, place: Position, since: Position) -> bool:
    return place.level == since.level and level.turn(place) < level.turn(since)
