"""Who would be rung on a ladder at a moment, in which order; and why the others would not."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from db.unit_of_work import Work
from flows.routing import LadderPlan, Routing
from flows.rules.hunt import Hunt, Passed
from flows.rules.ladder import Ladder, Level, Position
from flows.rules.ring_outcome import RingOutcome
from flows.ticket import Severity, Status, Ticket
from ivr.line.dialling import DialPolicy
from ivr.line.holiday_dates import holiday_dates
from ivr.line.shifts import on_shift

_LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """One member of a level. ``round``: the how manieth to ring (from 1; members of one round ring at once), None when
    nothing rings. ``person`` and ``name`` are whom a schedule means, empty when nobody has the shift; ``why`` one is
    passed over, if the line would say; ``numbers`` those that would ring."""

    member: str
    person: str
    name: str
    round: int | None = None
    numbers: tuple[str, ...] = ()
    why: RingOutcome | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One level at that moment. ``opens``: when its hours begin, if they have not (None: they have)."""

    level: Level
    opens: datetime | None
    members: tuple[Rung, ...]


def who_rings(
    work: Work, routing: Routing, plan: LadderPlan, severity: Severity, at: datetime, policy: DialPolicy
) -> list[Step]:
    """Every level of ``plan`` at ``at``, for a ticket of ``severity``. What is known now about absences and overrides
    counts; calls that will be going on then cannot be known. The routing must be sound."""
    ladder = _frozen(work, routing, plan, severity, at)
    hunt = Hunt(
        ladder=ladder,
        now=at,
        severity=severity,
        barred=frozenset(line.number for line in routing.lines) | _undiallable(ladder, policy),
        spared=dict.fromkeys(work.absences.off(at), RingOutcome.OFF_DUTY),
        beside=True,
    )
    rounds: dict[Position, int] = {}
    passed: list[Passed] = []
    for round, (places, way) in enumerate(_climbed(hunt), start=1):
        rounds |= dict.fromkeys(places, round)
        passed += way
    reasons = {(each.level, each.member): each.why for each in passed}
    return [_step(ladder, level, plan.levels[level.rank - 1].members, rounds, reasons, at) for level in ladder.levels]


def rung_in_order(steps: list[Step]) -> list[Rung]:
    """Those who would be rung, in their order."""
    rung = [each for step in steps for each in step.members if each.round is not None]
    return sorted(rung, key=lambda each: each.round or 0)


def _frozen(work: Work, routing: Routing, plan: LadderPlan, severity: Severity, at: datetime) -> Ladder:
    """The ladder with people on it, as a call would freeze it that came for any ticket."""
    anything = replace(plan, products=(), programs=(), regions=(), account_manager=None)
    ticket = Ticket(
        number="", subject="", organisation="", requester="", program="", severity=severity, product="",
        status=Status.OPEN, opened_at=_LONG_AGO, updated_at=_LONG_AGO, region="",
    )  # fmt: skip
    zone = routing.lines[0].zone
    alone = replace(routing, ladders=(anything,))
    return alone.ladder(ticket, holiday_dates(routing, at), zone, on_shift(work, routing, at))


def _undiallable(ladder: Ladder, policy: DialPolicy) -> frozenset[str]:
    numbers = {number for level in ladder.levels for member in level.members for number in member.phones}
    return frozenset(number for number in numbers if policy.refusal(number) is not None)


def _climbed(hunt: Hunt) -> Iterator[tuple[tuple[Position, ...], tuple[Passed, ...]]]:
    """The phones that ring at once, round by round, and who was passed over on the way to them."""
    way = hunt.start(0)
    while way.to is not None:
        places = hunt.together(way.to)
        yield places, way.passed
        hunt = replace(hunt, rung=hunt.rung | {hunt.ladder.number_at(each) for each in places})
        way = hunt.onward(hunt.beyond_round(way.to))
    yield (), way.passed


def _step(
    ladder: Ladder, level: Level, keys: tuple[str, ...], rounds: Mapping[Position, int],
    reasons: Mapping[tuple[int, int], RingOutcome], at: datetime,
) -> Step:  # fmt: skip
    index = level.rank - 1
    opens = level.opens(at) or at + timedelta(days=3660)
    members = []
    for count, member in enumerate(level.members):
        mine = {place: round for place, round in rounds.items() if (place.level, place.member) == (index, count)}
        members.append(Rung(
            member=keys[count], person=member.person, name=member.name, round=min(mine.values(), default=None),
            numbers=tuple(ladder.number_at(place) for place in mine), why=reasons.get((index, count)),
        ))  # fmt: skip
    return Step(level=level, opens=opens if opens > at else None, members=tuple(members))
