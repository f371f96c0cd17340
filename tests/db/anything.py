"""Any value of our own types, derived from their annotations: a new field is tested without being named here."""

from collections.abc import Mapping
from dataclasses import is_dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from enum import Enum
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from hypothesis import strategies as st

from flows.rules.access import AccessTerms
from flows.rules.cooldown import CooldownTerms
from flows.rules.daily_hours import DailyHours
from flows.rules.restraint import Restraint
from flows.rules.schedule import LONGEST_TURN, SHORTEST_TURN, Rotation
from flows.rules.ticket_number import NumberFormat
from flows.rules.way_forward import CallbackTerms, MessageTerms
from flows.rules.working_time import Hours, WorkingTime

YEARS = timedelta(days=3650)
ZONES = st.sampled_from([UTC, timezone(timedelta(hours=5, minutes=30)), timezone(timedelta(hours=-8))])
OFFICE = WorkingTime(
    zone="America/New_York",
    hours=tuple(Hours(weekday=day, opens=time(8, 30), closes=time(0)) for day in range(5)),
    holidays=frozenset({date(2026, 12, 25), date(2027, 1, 1)}),
)
INSTANTS = st.datetimes(datetime(1970, 1, 1), datetime(2200, 1, 1), timezones=ZONES)  # noqa: DTZ001  (zones are added)
LENGTHS = st.timedeltas(timedelta(0), YEARS)
SIMPLE: dict[Any, st.SearchStrategy[Any]] = {
    str: st.text(max_size=12),
    int: st.integers(-(2**53), 2**53),
    bool: st.booleans(),
    type(None): st.none(),
    datetime: INSTANTS,
    timedelta: st.timedeltas(-YEARS, YEARS),
    NumberFormat: st.just(NumberFormat(shortest=3, longest=5)),
    MessageTerms: st.just(MessageTerms(longest=timedelta(seconds=90), transcribe=True)),
    CallbackTerms: st.just(CallbackTerms(tries=5, within=timedelta(hours=6))),
    WorkingTime: st.just(OFFICE),
    Hours: st.sampled_from(OFFICE.hours),
    date: st.dates(),
    DailyHours: st.just(DailyHours(begins=time(22, 30), ends=time(0))),
    Restraint: st.builds(Restraint, rings_a_night=st.integers(0, 9)),
    AccessTerms: st.builds(AccessTerms, wrong_tries=st.integers(3, 100)),
    Rotation: st.builds(
        Rotation, people=st.lists(st.text(max_size=12), min_size=1, max_size=3).map(tuple), start=st.dates(),
        hand_over=st.times(), every=st.timedeltas(SHORTEST_TURN, LONGEST_TURN),
        hours=st.lists(st.sampled_from(OFFICE.hours), max_size=2).map(tuple),
    ),
    CooldownTerms: st.builds(
        CooldownTerms, after_reached=LENGTHS, after_exhausted=LENGTHS, after_abandoned=LENGTHS,
        max_attempts=st.integers(1, 9), window=LENGTHS.filter(bool),
    ),
}


def anything(kind: Any) -> st.SearchStrategy[Any]:
    """Any value of ``kind``, itself built from any values."""
    if kind in SIMPLE:
        return SIMPLE[kind]
    if isinstance(kind, type) and is_dataclass(kind):
        return st.builds(kind, **{name: anything(hint) for name, hint in get_type_hints(kind).items()})
    if isinstance(kind, type) and issubclass(kind, Enum):
        return st.sampled_from(kind)
    return _combined(get_origin(kind), get_args(kind))


def _combined(origin: Any, inner: tuple[Any, ...]) -> st.SearchStrategy[Any]:
    if origin is UnionType:
        return st.one_of(*(anything(each) for each in inner))
    if origin is tuple:
        return st.lists(anything(inner[0]), max_size=3).map(tuple)
    if origin is frozenset:
        return st.frozensets(anything(inner[0]), max_size=3)
    assert origin is Mapping
    return st.dictionaries(anything(inner[0]), anything(inner[1]), max_size=3)
