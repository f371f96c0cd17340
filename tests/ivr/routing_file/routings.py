"""Any routing that can be written down, for the properties. A field that is not generated here fails the first test."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import date, time, timedelta
from typing import Any, TypeVar

from hypothesis import strategies as st

from flows.prompts.recorded import Recorded
from flows.routing import Calendar, Grant, LadderPlan, LevelPlan, Line, Person, Program, Routing
from flows.rules.access import AccessTerms
from flows.rules.cooldown import CooldownTerms
from flows.rules.daily_hours import DailyHours
from flows.rules.ladder import Order, QuietHours
from flows.rules.restraint import Restraint
from flows.rules.schedule import Rotation, Schedule
from flows.rules.ticket_number import NumberFormat
from flows.rules.way_forward import CallbackTerms, MessageTerms
from flows.rules.working_time import Hours

T = TypeVar("T")
TRAPS = st.sampled_from([
    "no", "Yes", "~", "null", "0123", "12:30", "+12025550101", "1e3", "2026-12-24", "<<", "=", "a: b", "- a", "# a",
    "*a", "&a", "!a", "{a}", "[a]", "'", '"', "a, b", "%", "@", "`", "|", ">", "?", "true", "3.14", ".inf",
    "a #b", "Ω", "🙂",
])  # fmt: skip
WORDS = TRAPS | st.text(
    st.characters(exclude_categories=("Cc", "Cs", "Co", "Cn"), exclude_characters="\ufeff"), min_size=1, max_size=12
).map(str.strip).filter(bool)
OR_NOTHING = st.just("") | WORDS
LENGTHS = st.integers(0, 400 * 86400).map(lambda seconds: timedelta(seconds=seconds))
COUNTS = st.integers(0, 999_999_999)


def seconds(count: int) -> timedelta:
    return timedelta(seconds=count)


def built(kind: type[T], **parts: st.SearchStrategy[Any]) -> st.SearchStrategy[T]:
    """Values of a dataclass with every field generated."""
    assert parts.keys() == {field.name for field in fields(kind)}, f"{kind.__name__}: generate all of its fields"  # type: ignore[arg-type]
    return st.builds(kind, **parts)


def listed(each: st.SearchStrategy[T]) -> st.SearchStrategy[tuple[T, ...]]:
    return st.lists(each, max_size=3).map(tuple)


def named(each: st.SearchStrategy[T]) -> st.SearchStrategy[Mapping[str, T]]:
    return st.dictionaries(WORDS, each, max_size=3)


TIMES = st.builds(time, st.integers(0, 23), st.integers(0, 59))
SPANS = st.sets(st.integers(0, 24 * 60), min_size=2, max_size=2).map(
    lambda edges: [time(minute // 60 % 24, minute % 60) for minute in sorted(edges)]
)
HOURS = st.builds(lambda day, span: Hours(weekday=day, opens=span[0], closes=span[1]), st.integers(0, 6), SPANS)
EDGES = st.tuples(TIMES, TIMES).filter(lambda span: span[0] != span[1])
DAILY = EDGES.map(lambda span: DailyHours(begins=span[0], ends=span[1]))
WEEKS = st.lists(HOURS, max_size=5, unique_by=lambda each: (each.weekday, each.opens)).map(
    lambda week: tuple(sorted(week, key=lambda each: (each.weekday, each.opens)))
)
DIGITS = st.tuples(st.integers(1, 20), st.integers(1, 20)).map(
    lambda pair: NumberFormat(shortest=min(pair), longest=max(pair))
)
CALLBACKS = st.builds(
    CallbackTerms, offered=st.booleans(), tries=st.integers(1, 10),
    interval=st.integers(5, 60).map(lambda minutes: timedelta(minutes=minutes)),
    within=st.integers(1, 48).map(lambda hours: timedelta(hours=hours)),
)  # fmt: skip
MESSAGES = built(
    MessageTerms, offered=st.booleans(), longest=st.integers(10, 120).map(seconds),
    silence=st.integers(2, 30).map(seconds), transcribe=st.booleans(),
)  # fmt: skip
ACCESS = st.integers(3, 100).map(lambda tries: AccessTerms(wrong_tries=tries))
LINES = built(
    Line, number=WORDS, company=WORDS, languages=listed(WORDS), zone=WORDS, shift_manager=WORDS, duty_number=OR_NOTHING,
    number_format=DIGITS, talk_limit=LENGTHS, access=ACCESS, message=MESSAGES, callback=CALLBACKS,
    products=listed(WORDS), record_talks=st.booleans(),
)  # fmt: skip
PEOPLE = built(
    Person, name=WORDS, phones=listed(WORDS), email=OR_NOTHING, languages=listed(WORDS), zone=OR_NOTHING,
    quiet=st.none() | built(QuietHours, hours=DAILY, except_for=st.integers(0, 4)),
)  # fmt: skip
RESTRAINTS = built(Restraint, rings_a_night=COUNTS, night=DAILY)
CALENDARS = built(
    Calendar, zone=WORDS, hours=WEEKS, holiday_region=OR_NOTHING, closed_on=st.frozensets(st.dates(date(1970, 1, 1)))
)
GRANTS = built(Grant, escalation_allowed=st.booleans(), guaranteed_response=LENGTHS, calendar=OR_NOTHING)
PROGRAMS = built(Program, name=WORDS, grants=st.dictionaries(st.integers(1, 4), GRANTS), grace=LENGTHS)
LEVELS = built(
    LevelPlan, title=WORDS, members=listed(WORDS), titles=named(WORDS), order=st.sampled_from(Order),
    ring_seconds=COUNTS, calendar=OR_NOTHING, email_only=st.booleans(),
)  # fmt: skip
LADDERS = built(
    LadderPlan, name=WORDS, levels=listed(LEVELS), products=listed(WORDS), programs=listed(WORDS),
    regions=listed(WORDS), account_manager=st.none() | st.booleans(),
)  # fmt: skip
COOLDOWNS = built(
    CooldownTerms, after_reached=LENGTHS, after_exhausted=LENGTHS, after_abandoned=LENGTHS,
    max_attempts=st.integers(1, 999), window=LENGTHS.filter(bool),
)  # fmt: skip
ROTATIONS = built(
    Rotation, people=st.lists(WORDS, min_size=1, max_size=3).map(tuple), start=st.dates(date(1970, 1, 1)),
    hand_over=TIMES, hours=WEEKS, every=st.integers(3600, 366 * 86400).map(lambda seconds: timedelta(seconds=seconds)),
)  # fmt: skip
SCHEDULES = built(
    Schedule, name=WORDS, zone=WORDS, rotations=listed(ROTATIONS), calendar_url=OR_NOTHING, refresh=LENGTHS,
    otherwise=OR_NOTHING,
)  # fmt: skip
RECORDED = built(Recorded, says=WORDS, sound=st.from_regex("[0-9a-f]{64}", fullmatch=True))
ROUTINGS = built(
    Routing, lines=listed(LINES), people=named(PEOPLE), programs=named(PROGRAMS), ladders=listed(LADDERS),
    calendars=named(CALENDARS), schedules=named(SCHEDULES), other_paths=named(WORDS), cooldown=COOLDOWNS,
    restraint=RESTRAINTS, words=named(named(WORDS).filter(bool)), mails=named(named(WORDS).filter(bool)),
    voices=named(WORDS), recordings=named(named(RECORDED).filter(bool)),
)  # fmt: skip
