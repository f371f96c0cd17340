"""Whatever the ladder, and whoever comes, goes, talks elsewhere or does not answer: what every hunt keeps to."""

from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from flows.effects import AttemptEnded, LevelInformed, PassedOver
from flows.heard import Spared, TicketFound
from flows.prompts.spoken import Span
from flows.rules.cooldown import Outcome
from flows.rules.hunt import CARRIER_ADDS, SCREENING
from flows.rules.ladder import Ladder, Member, Position
from flows.rules.ring_outcome import RingOutcome
from flows.ticket import Severity
from flows.turn import CheckCooldown, Hold, Ring
from tests.flows.anything import unhurried
from tests.flows.on_the_line import OnTheLine
from tests.flows.rules.strategies import manned_ladders, spared
from tests.flows.world import FOUND, NOW, TICKET

MOST_RINGS = 40
"""More than all phones of all levels."""

FRUITLESS = st.sampled_from(
    [RingOutcome.NO_ANSWER, RingOutcome.DECLINED, RingOutcome.NOT_ACCEPTED, RingOutcome.BUSY, RingOutcome.FAILED]
)
AGES = st.integers(0, 400 * 24 * 4).map(lambda quarters: quarters * timedelta(minutes=15))


class Rung:
    """What rang at once: when, and who was spared at that moment."""

    def __init__(self, numbers: tuple[str, ...], at: datetime, away: frozenset[str], second_pass: bool) -> None:
        self.numbers = numbers
        self.at = at
        self.away = away
        self.second_pass = second_pass


class AnyHunt:
    """One attempt from the question to its end, in which nobody accepts."""

    def __init__(self, data: st.DataObject, *, hold: bool) -> None:
        self.draw = data.draw
        self.caller = OnTheLine(hold=hold)
        self.caller.now = self.begun = NOW + self.draw(AGES)
        self.ladder: Ladder = self.draw(manned_ladders())
        self.severity: Severity = self.draw(st.sampled_from(Severity))
        self.rings: list[Rung] = []
        self.passed: list[PassedOver] = []
        self.informed: list[LevelInformed] = []
        self.spared: list[frozenset[str]] = []
        self.declined: set[str] = set()
        self.promised: timedelta | None = None
        self._plays()

    def _plays(self) -> None:
        self.caller.keys_the_ticket(self._found())
        waits = [prompt.values["wait"] for prompt in self.caller.turn.say if "wait" in prompt.values]
        self.promised = waits[0].length if waits and isinstance(waits[0], Span) else None
        self.caller.presses("1")
        self.caller.claim_is_won()
        for _ in range(MOST_RINGS):
            if self.caller.turn.then == CheckCooldown():
                self._looks()
            if self.caller.is_over or any(isinstance(effect, AttemptEnded) for effect in self.caller.states):
                return                                   # from here on the caller is offered other ways
            self._rings()
        raise AssertionError("the hunt does not end")

    def _found(self) -> TicketFound:
        known = tuple(Spared(person=person, why=why) for person, why in self.draw(spared()).items())
        ticket = replace(TICKET, severity=self.severity)
        return replace(FOUND, ladder=self.ladder, ticket=ticket, spared=known)

    def _looks(self) -> None:
        """Anybody may have come, gone or been called elsewhere since; whoever declined has declined for good."""
        away = {**self.draw(spared()), **dict.fromkeys(self.declined, RingOutcome.DECLINED)}
        self.spared.append(frozenset(away))
        self.caller.nobody_objects(*(Spared(person=person, why=why) for person, why in away.items()))
        self.passed += [effect for effect in self.caller.states if isinstance(effect, PassedOver)]
        self.informed += [effect for effect in self.caller.states if isinstance(effect, LevelInformed)]

    def _rings(self) -> None:
        then = self.caller.turn.then
        numbers = tuple(ring.number for ring in then.ring) if isinstance(then, Hold) else (self.caller.rings,)
        call = self.caller.call
        self.rings.append(Rung(numbers, self.caller.now, self.spared[-1], call.second_pass))
        assert call.position is not None
        longest = timedelta(seconds=self.ladder.levels[call.position.level].ring_seconds) + CARRIER_ADDS + SCREENING
        self.caller.now += self.draw(st.sampled_from([longest, longest, longest / 3]))
        outcomes = [self.draw(FRUITLESS) for _ in numbers]
        for number, outcome in zip(numbers, outcomes, strict=True):
            if outcome is RingOutcome.DECLINED:
                self.declined |= {member.person for member in self.people if number in member.phones}
        if isinstance(then, Ring):
            self.caller.ring_ends(outcomes[0])
            return
        for number, outcome in zip(numbers, outcomes, strict=True):
            self.caller.phone_ends(number, outcome)
        self.caller.waits(0)

    @property
    def people(self) -> list[Member]:
        """Everybody on the ladder."""
        return [member for level in self.ladder.levels for member in level.members if not member.vacant]

    @property
    def numbers(self) -> list[str]:
        """Every number that was rung, in order."""
        return [number for ring in self.rings for number in ring.numbers]

    def places(self, number: str) -> list[Position]:
        """Where on the levels that ring this number stands."""
        levels = [level for level in self.ladder.levels if not level.email_only]
        return [place for level in levels for place in level.places() if self.ladder.number_at(place) == number]


@unhurried
@given(st.data(), st.booleans())
def test_it_ends_and_rings_no_number_twice(data: st.DataObject, hold: bool) -> None:
    hunt = AnyHunt(data, hold=hold)

    assert len(set(hunt.numbers)) == len(hunt.numbers)
    assert hunt.caller.attempt_ended.outcome in {Outcome.EXHAUSTED, Outcome.NOBODY_ON_DUTY}


@unhurried
@given(st.data(), st.booleans())
def test_nobody_is_rung_who_must_not_be(data: st.DataObject, hold: bool) -> None:
    """Not on duty, in quiet hours, on a level out of its hours or reached by e-mail only: one owner of every phone that
    rings may be rung there."""
    hunt = AnyHunt(data, hold=hold)

    for ring in hunt.rings:
        for number in ring.numbers:
            owners = [(hunt.ladder.levels[place.level], hunt.ladder.member_at(place)) for place in hunt.places(number)]
            assert any(
                (level.active is None or level.active.is_open(ring.at))
                and owner.person not in ring.away
                and (owner.quiet is None or owner.quiet.end(ring.at, owner.zone, hunt.severity) == ring.at)
                for level, owner in owners
            )


@unhurried
@given(st.data(), st.booleans())
def test_the_ladder_is_climbed_as_it_is_written_and_only_the_engaged_are_returned_to(
    data: st.DataObject, hold: bool
) -> None:
    hunt = AnyHunt(data, hold=hold)
    first = [ring for ring in hunt.rings if not ring.second_pass]
    second = [ring for ring in hunt.rings if ring.second_pass]
    engaged = {
        hunt.ladder.levels[each.level].members[each.member].person
        for each in hunt.passed
        if each.why is RingOutcome.ENGAGED
    }

    assert hunt.rings == first + second
    for rings in (first, second):
        lowest: tuple[int, ...] = (-1,)
        for ring in rings:
            steps = [
                (place.level, *hunt.ladder.levels[place.level].turn(place))
                for number in ring.numbers
                for place in hunt.places(number)
            ]
            later = [step for step in steps if step > lowest]
            assert later
            lowest = min(later)
    for number in (number for ring in second for number in ring.numbers):
        assert any(member.person in engaged for member in hunt.people if number in member.phones)


@unhurried
@given(st.data(), st.booleans())
def test_it_takes_no_longer_than_the_caller_was_told(data: st.DataObject, hold: bool) -> None:
    hunt = AnyHunt(data, hold=hold)

    if hunt.promised is not None:
        assert hunt.caller.now - hunt.begun <= hunt.promised


@unhurried
@given(st.data(), st.booleans())
def test_whoever_could_be_rung_all_the_time_was(data: st.DataObject, hold: bool) -> None:
    hunt = AnyHunt(data, hold=hold)
    spared_once = frozenset[str]().union(*hunt.spared)

    for level in hunt.ladder.levels:
        for member in level.members if level.active is None and not level.email_only else ():
            if not member.vacant and member.quiet is None and member.person not in spared_once:
                assert {*member.phones} <= {*hunt.numbers}


@unhurried
@given(st.data(), st.booleans())
def test_whoever_was_passed_over_is_kept_once_for_each_reason(data: st.DataObject, hold: bool) -> None:
    hunt = AnyHunt(data, hold=hold)

    kept = {(each.level, each.member) for each in hunt.passed}

    assert len(set(hunt.passed)) == len(hunt.passed)
    for level in hunt.ladder.levels:
        for place in level.places() if level.active is None else ():
            member = hunt.ladder.member_at(place)
            seen = member.vacant or (not level.email_only and member.person not in hunt.declined)
            if seen and hunt.ladder.number_at(place) not in hunt.numbers:
                assert (place.level, place.member) in kept


@unhurried
@given(st.data(), st.booleans())
def test_levels_reached_by_mail_only_are_told_once(data: st.DataObject, hold: bool) -> None:
    hunt = AnyHunt(data, hold=hold)

    assert len(set(hunt.informed)) == len(hunt.informed)
    assert all(hunt.ladder.levels[each.level].email_only for each in hunt.informed)
    always = [level for level in hunt.ladder.levels if level.email_only and level.active is None]
    assert {level.rank - 1 for level in always} <= {each.level for each in hunt.informed}
