"""What a period was like: calls and refusals counted, how long a human took, who was rung when."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from statistics import median, quantiles
from zoneinfo import ZoneInfo

from db.codec import StoredState
from db.repositories.reports import CallBegun, Escalated, Period, RingMade
from db.unit_of_work import Work
from flows.call import EscalationCall
from flows.rules.cooldown import RefusedBecause
from flows.rules.eligibility import Reason
from flows.rules.promise import State
from flows.rules.ring_outcome import NEVER_RANG, RingOutcome

SPARED = tuple(each.value for each in RefusedBecause)
"""Refusals that kept a manager's phone from ringing once more about the same ticket."""
NEVER = {outcome.value for outcome in NEVER_RANG}
LOOKED_THROUGH = 200
HOURS = range(24)


@dataclass(frozen=True, slots=True, kw_only=True)
class DayOfCalls:
    """One day in the line's zone: how many calls ended how; the names are those of the Calls page's filter."""

    day: date
    ends: Mapping[str, int]

    @property
    def calls(self) -> int:
        """All of them."""
        return sum(self.ends.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeToHuman:
    """How long it took from the call to a talk with this level: half of the callers, and nine of ten."""

    rank: int
    title: str
    talks: int
    half: timedelta
    nine_of_ten: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class RungByHour:
    """How often a manager's phones rang in each hour of the day."""

    member: str
    hours: tuple[int, ...]

    @property
    def rings(self) -> int:
        """In all."""
        return sum(self.hours)


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A period in numbers. ``refusals`` are calls by the reason that was spoken, the most frequent first; ``promises``
    by what became of them; ``late`` are tickets that support had not touched since they were refused for the
    guaranteed response time, when that was over and they were escalated."""

    days: tuple[DayOfCalls, ...]
    refusals: tuple[tuple[str, int], ...]
    times: tuple[TimeToHuman, ...]
    managers: tuple[RungByHour, ...]
    promises: Mapping[State, int]
    late: tuple[Escalated, ...]

    @property
    def calls(self) -> int:
        """All calls."""
        return sum(day.calls for day in self.days)

    @property
    def ends(self) -> Mapping[str, int]:
        """How all calls ended."""
        return sum((Counter(day.ends) for day in self.days), Counter[str]())

    @property
    def spared(self) -> int:
        """Repeat calls that rang nobody."""
        return sum(count for reason, count in self.refusals if reason in SPARED)

    @property
    def kept(self) -> float | None:
        """The share of promises kept among those kept or broken; None without any."""
        settled = self.promises.get(State.KEPT, 0) + self.promises.get(State.BROKEN, 0)
        return self.promises.get(State.KEPT, 0) / settled if settled else None


def report(work: Work, period: Period, zone: str) -> Report:
    """The report of a period; days and hours are those of the IANA ``zone``."""
    here = ZoneInfo(zone)
    calls = work.reports.calls(period)
    begun = {call.sid: call.started_at for call in calls}
    rings = [ring for ring in work.reports.rings(period) if ring.outcome not in NEVER and ring.call_sid in begun]
    refusals = {(sid, reasons[0]) for sid, reasons in work.reports.refusals(period) if reasons and sid in begun}
    return Report(
        days=tuple(_days(calls, work.reports.outcomes(period), {sid for sid, _ in refusals}, period, here)),
        refusals=tuple(Counter(reason for _, reason in refusals).most_common()),
        times=tuple(_times(rings, begun)),
        managers=tuple(_by_hour(rings, here)),
        promises=Counter(State(each) for each in work.reports.promises(period)),
        late=tuple(_late(work.reports.escalated_later(period, Reason.GUARANTEED_RESPONSE.value, LOOKED_THROUGH))),
    )  # fmt: skip


def rung_in_hour(work: Work, period: Period, member: str, hour: int, zone: str) -> list[str]:
    """SIDs of the calls of a period for which somebody's phone rang in this hour of the day, the latest ring first."""
    here = ZoneInfo(zone)
    begun = {call.sid for call in work.reports.calls(period)}
    rings = (
        ring for ring in work.reports.rings(period)
        if ring.member == member and ring.outcome not in NEVER and ring.call_sid in begun
        and ring.started_at.astimezone(here).hour == hour
    )  # fmt: skip
    return list(dict.fromkeys(ring.call_sid for ring in sorted(rings, key=lambda ring: ring.started_at, reverse=True)))


def _days(
    calls: Sequence[CallBegun], outcomes: Mapping[str, str | None], refused: Set[str], period: Period, here: ZoneInfo
) -> Iterable[DayOfCalls]:
    """Days are told apart by their midnights: a clock for each of so many calls would take half the time of it all."""
    day, last = period.since.astimezone(here).date(), (period.until - timedelta(seconds=1)).astimezone(here).date()
    days = [day + timedelta(days=count) for count in range((last - day).days + 1)]
    midnights = [datetime.combine(each, time(), here).astimezone(UTC) for each in days]
    counted = [Counter[str]() for _ in days]
    for call in calls:
        end = outcomes.get(call.sid) or ("refused" if call.sid in refused else "none")
        counted[bisect_right(midnights, call.started_at) - 1][end] += 1
    return (DayOfCalls(day=each, ends=ends) for each, ends in zip(days, counted, strict=True))


def _times(rings: Iterable[RingMade], begun: Mapping[str, datetime]) -> Iterable[TimeToHuman]:
    waited: dict[tuple[int, str], list[float]] = {}
    for ring in rings:
        if ring.outcome == RingOutcome.TALKED.value and ring.accepted_at is not None:
            seconds = (ring.accepted_at - begun[ring.call_sid]).total_seconds()
            waited.setdefault((ring.rank, ring.title), []).append(seconds)
    for (rank, title), waits in sorted(waited.items()):
        ninth = quantiles(waits, n=10, method="inclusive")[-1] if len(waits) > 1 else waits[0]
        yield TimeToHuman(
            rank=rank, title=title, talks=len(waits), half=timedelta(seconds=median(waits)),
            nine_of_ten=timedelta(seconds=ninth),
        )


def _by_hour(rings: Iterable[RingMade], here: ZoneInfo) -> Iterable[RungByHour]:
    rung = Counter((ring.member, ring.started_at.astimezone(here).hour) for ring in rings)
    rows = [
        RungByHour(member=member, hours=tuple(rung[member, hour] for hour in HOURS))
        for member in sorted({member for member, _ in rung})
    ]
    return sorted(rows, key=lambda row: -row.rings)


def _late(candidates: Iterable[Escalated]) -> Iterable[Escalated]:
    """Each ticket once: support had not touched it between the refusal and the escalation."""
    seen: set[str] = set()
    for each in candidates:
        if each.ticket_number not in seen and _untouched(each.state, each.refused_at):
            seen.add(each.ticket_number)
            yield each


def _untouched(state: StoredState, since: datetime) -> bool:
    if not isinstance(state, EscalationCall) or state.ticket is None:
        return False
    return state.ticket.updated_at <= since
