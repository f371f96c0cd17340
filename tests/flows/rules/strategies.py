"""Hypothesis strategies for the trade: believable instants, tickets, terms, calendars, ladders. Free for any test."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import available_timezones

from hypothesis import strategies as st

from flows.rules.cooldown import CooldownTerms
from flows.rules.daily_hours import DailyHours
from flows.rules.eligibility import Terms
from flows.rules.hunt import Hunt
from flows.rules.ladder import Ladder, Level, Member, Order, QuietHours
from flows.rules.ring_outcome import RingOutcome
from flows.rules.working_time import Hours, WorkingTime
from flows.ticket import Severity, Status, Ticket

MOMENT = timedelta(microseconds=1)

SPECIAL_ZONES = (
    "Africa/Cairo", "Africa/Casablanca", "America/Asuncion", "America/Havana", "America/New_York", "America/Nuuk",
    "America/Santiago", "America/Scoresbysund", "America/St_Johns", "Antarctica/Troll", "Asia/Beirut", "Asia/Gaza",
    "Asia/Jerusalem", "Asia/Kathmandu", "Atlantic/Azores", "Australia/Adelaide", "Australia/Lord_Howe", "Europe/Athens",
    "Europe/Berlin", "Europe/Dublin", "Europe/London", "Pacific/Apia", "Pacific/Chatham", "Pacific/Easter", "UTC",
)  # fmt: skip
"""25 zones that between them change clocks in every way there is from 2024 to 2035: at and around midnight, by half an
hour and by two hours, in the middle of Ramadan, backwards in summer (Dublin), or never, with odd offsets."""

ALL_ZONES = tuple(sorted(available_timezones() - {"Factory"}))


def instants(first: int = 2024, last: int = 2035) -> st.SearchStrategy[datetime]:
    """UTC instants from the beginning of year ``first`` to the end of year ``last``."""
    begin, end = datetime(first, 1, 1), datetime(last + 1, 1, 1) - MOMENT  # noqa: DTZ001  (UTC is added by the strategy)
    return st.datetimes(begin, end, timezones=st.just(UTC))


def lengths(longest: timedelta = timedelta(days=30)) -> st.SearchStrategy[timedelta]:
    """Lengths of time from none to ``longest``, in whole minutes as contracts have them."""
    return st.integers(0, longest // timedelta(minutes=1)).map(lambda minutes: timedelta(minutes=minutes))


@st.composite
def hours(draw: st.DrawFn) -> tuple[Hours, ...]:
    """Hours on the quarter, the same on each working day; no two overlap, some touch, some end at midnight."""
    edges = [_quarter(each) for each in sorted(draw(st.sets(st.integers(0, 96), min_size=2, max_size=4)))]
    openings = [*pairwise(edges)][:: draw(st.sampled_from([1, 2]))]
    days = draw(st.sets(st.integers(0, 6), min_size=1))
    return tuple(Hours(weekday=day, opens=opens, closes=closes) for opens, closes in openings for day in days)


@st.composite
def calendars(draw: st.DrawFn, zones: tuple[str, ...] = SPECIAL_ZONES) -> WorkingTime:
    """Working time in one of ``zones``, with a few holidays."""
    holidays = draw(st.frozensets(st.dates(date(2024, 1, 1), date(2035, 12, 31)), max_size=3))
    return WorkingTime(zone=draw(st.sampled_from(zones)), hours=draw(hours()), holidays=holidays)


@st.composite
def tickets(draw: st.DrawFn) -> Ticket:
    """Any ticket; it was updated when it was opened or later."""
    opened_at = draw(instants())
    return Ticket(
        number=draw(st.text("0123456789", min_size=4, max_size=10)),
        subject="Orders are stuck",
        organisation="Contoso",
        requester="Kim",
        program=draw(st.sampled_from(["Premium", "Standard", "Community"])),
        severity=draw(st.sampled_from(Severity)),
        product=draw(st.sampled_from(["Ledger", "Archive"])),
        status=draw(st.sampled_from(Status)),
        opened_at=opened_at,
        updated_at=opened_at + draw(lengths()),
    )


def terms() -> st.SearchStrategy[Terms]:
    """What a program may grant: around the clock or in working time, escalation allowed or not."""
    return st.builds(
        Terms,
        escalation_allowed=st.booleans(),
        guaranteed_response=lengths(timedelta(days=3)),
        grace=lengths(timedelta(hours=8)),
        clock=st.none() | calendars(),
    )


def cooldown_terms() -> st.SearchStrategy[CooldownTerms]:
    """Any lengths of cooldown, up to six attempts in a window of one minute to two days."""
    short = lengths(timedelta(hours=4))
    return st.builds(
        CooldownTerms,
        after_reached=short,
        after_exhausted=short,
        after_abandoned=short,
        max_attempts=st.integers(1, 6),
        window=lengths(timedelta(days=2)).filter(bool),
    )


NUMBERS = tuple(f"+120255501{n:02}" for n in range(1, 9))
"""Telephones of managers; few, so that the same one turns up on two levels now and then."""


PEOPLE = ("dana", "eve", "frank", "grace", "heidi")
VACANT = Member(name="Night shift", vacant=True)
SPARED = (RingOutcome.OFF_DUTY, RingOutcome.RUNG_ENOUGH, RingOutcome.ENGAGED)
"""Why somebody must not be rung at a moment; what the ladder itself says (quiet hours, a vacant shift) comes on top."""


def spared() -> st.SearchStrategy[Mapping[str, RingOutcome]]:
    """Some of the people, and why they must not be rung now."""
    return st.dictionaries(st.sampled_from(PEOPLE), st.sampled_from(SPARED), max_size=3)


def quiet_hours() -> st.SearchStrategy[QuietHours]:
    """Quiet hours, over midnight or not, some of which every ticket but an urgent one must respect."""
    edges = st.tuples(st.integers(0, 95), st.integers(0, 95)).filter(lambda pair: pair[0] != pair[1])
    hours = edges.map(lambda pair: DailyHours(begins=_quarter(pair[0]), ends=_quarter(pair[1])))
    return st.builds(QuietHours, hours=hours, except_for=st.integers(0, 4))


@st.composite
def members(draw: st.DrawFn, person: str) -> Member:
    """Somebody with none to three telephones, some of which are somebody else's too."""
    phones = draw(st.lists(st.sampled_from(NUMBERS), max_size=3))
    return Member(
        person=person,
        name=person.title(),
        number=phones[0] if phones else "",
        further=tuple(phones[1:]),
        zone=draw(st.sampled_from(SPECIAL_ZONES)),
        quiet=draw(st.none() | quiet_hours()),
    )


DAYS = WorkingTime(zone="UTC", hours=tuple(Hours(weekday=day, opens=time(8), closes=time(20)) for day in range(7)))
NIGHTS = WorkingTime(
    zone="UTC",
    hours=tuple(
        Hours(weekday=day, opens=opens, closes=closes)
        for day in range(7)
        for opens, closes in ((time(0), time(8)), (time(20), time(0)))
    ),
)
"""Two shifts of twelve hours, so that levels take over from each other now and then."""


@st.composite
def ladders(draw: st.DrawFn, most: int = 4) -> Ladder:
    """Ladders of none to ``most`` levels; levels may be empty, e-mail only, or active in working time only, and one
    person may stand on several."""
    company = [draw(members(person)) for person in PEOPLE]
    levels = [draw(_levels(rank, [*company, VACANT])) for rank in range(1, draw(st.integers(0, most)) + 1)]
    return Ladder(name="any", levels=tuple(levels))


NUMBERS_AT_HOME = tuple(f"+120255502{n:02}" for n in range(1, 6))
seldom = st.sampled_from([False, False, False, False, True])


@st.composite
def manned_ladders(draw: st.DrawFn) -> Ladder:
    """Ladders on which there is somebody to ring: two to four levels of one to three people, most of whom have a phone
    or two of their own; now and then somebody sleeps, a phone is shared, a shift is vacant, a level rests."""
    company = [_with_phones(draw, *each) for each in zip(PEOPLE, NUMBERS, NUMBERS_AT_HOME, strict=False)]
    return Ladder(
        name="any",
        levels=tuple(_manned(draw, rank, company) for rank in range(1, draw(st.sampled_from([3, 2, 4])) + 1)),
    )


def _with_phones(draw: st.DrawFn, person: str, number: str, at_home: str) -> Member:
    further = draw(st.sampled_from([(), (at_home,), (NUMBERS[0],), (at_home, NUMBERS[-1])]))
    return Member(
        person=person,
        name=person.title(),
        number=number,
        further=further,
        zone=draw(st.sampled_from(SPECIAL_ZONES)),
        quiet=draw(quiet_hours()) if draw(seldom) else None,
    )


def _manned(draw: st.DrawFn, rank: int, company: list[Member]) -> Level:
    one = st.sampled_from([*company, *company, VACANT])
    return Level(
        rank=rank,
        title=f"Level {rank}",
        members=tuple(draw(one) for _ in range(draw(st.sampled_from([2, 1, 3])))),
        ring_seconds=draw(st.integers(5, 60)),
        active=draw(st.sampled_from([DAYS, NIGHTS])) if draw(seldom) else None,
        email_only=draw(seldom),
        order=draw(st.sampled_from(Order)),
    )


def hunts() -> st.SearchStrategy[Hunt]:
    """A ladder at any moment, with numbers that must not be rung and numbers that have been."""
    few = st.frozensets(st.sampled_from(NUMBERS), max_size=3)
    return st.builds(
        Hunt,
        ladder=ladders(),
        now=instants(),
        severity=st.sampled_from(Severity),
        barred=few,
        rung=few,
        spared=spared(),
        beside=st.booleans(),
    )


def _levels(rank: int, company: list[Member]) -> st.SearchStrategy[Level]:
    return st.builds(
        Level,
        rank=st.just(rank),
        title=st.just(f"Level {rank}"),
        members=st.lists(st.sampled_from(company), max_size=3).map(tuple),
        ring_seconds=st.integers(5, 60),
        active=st.sampled_from([None, DAYS, NIGHTS]),
        email_only=st.booleans(),
        order=st.sampled_from(Order),
    )


def _quarter(number: int) -> time:
    return time(number // 4 % 24, number % 4 * 15)
