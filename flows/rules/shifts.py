"""Shifts: a schedule spread out over time, who from when to when; its gaps; and the ways to change it."""

import heapq
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from zoneinfo import ZoneInfo

from flows.rules.schedule import DAY, Duty, Override, Rotation, Schedule, duty_at, hours_of
from flows.rules.working_time import Period, utc

MOMENT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """``person`` (a key) is on duty from ``starts_at`` until ``ends_at`` because of ``duty``."""

    person: str
    starts_at: datetime
    ends_at: datetime
    duty: Duty


class SwapRefused(Exception):
    """Two shifts cannot be exchanged; the message is a sentence that says why."""


def shifts(
    schedule: Schedule, overrides: Sequence[Override], start: datetime, end: datetime
) -> Iterator[Shift]:
    """Who is on duty between two instants, cut to them, in their order. With ``gaps`` they tile the time.

    Work is done only for what is asked of the iterator. Raises ValueError for naive instants.
    """
    for begins, ends, duty in _pieces(schedule, overrides, start, end):
        if duty and duty.person:
            yield Shift(person=duty.person, starts_at=begins, ends_at=ends, duty=duty)


def gaps(schedule: Schedule, overrides: Sequence[Override], start: datetime, end: datetime) -> Iterator[Period]:
    """When nobody is on duty between two instants, cut to them."""
    open_since: datetime | None = None
    for begins, _, duty in _pieces(schedule, overrides, start, end):
        if duty and duty.person:
            if open_since:
                yield open_since, begins
            open_since = None
        else:
            open_since = open_since or begins
    if open_since:
        yield open_since, utc(end)


def whole_shifts(
    schedule: Schedule, overrides: Sequence[Override], start: datetime, end: datetime
) -> Iterator[Shift]:
    """The shifts that touch the time between two instants, each from its real beginning to its real end.

    ``overrides`` must hold all that begin or end within the longest turn's length of it.
    """
    turn = longest_turn(schedule)
    touching = [each for each in overrides if each.starts_at < end and start < each.ends_at]
    first = min([start - turn, *(each.starts_at for each in touching)])
    last = max([end + turn, *(each.ends_at for each in touching)])
    for shift in shifts(schedule, overrides, first, last):
        if shift.starts_at >= end:
            return
        if shift.ends_at > start:
            yield shift


def longest_turn(schedule: Schedule) -> timedelta:
    """No turn of the schedule is longer: a day is added for the hours that clocks are put back."""
    return max((rotation.every for rotation in schedule.rotations), default=DAY) + DAY


def shift_at(schedule: Schedule, overrides: Sequence[Override], at: datetime) -> Shift | None:
    """The whole shift that ``at`` belongs to; None in a gap."""
    return next(whole_shifts(schedule, overrides, at, at + MOMENT), None)


def swapped(
    key: str, schedule: Schedule, overrides: Sequence[Override], one: datetime, other: datetime
) -> tuple[Override, Override]:
    """The two overrides by which the persons on duty at ``one`` and at ``other`` take each other's shift.

    ``key`` is the schedule's. Raises SwapRefused in a gap, for one person's two shifts, and for a shift that somebody
    has taken over by hand already.
    """
    first, second = _to_swap(schedule, overrides, one), _to_swap(schedule, overrides, other)
    if first.person == second.person:
        raise SwapRefused(f"{first.person} has both of these shifts")
    return _taken(key, first, second.person), _taken(key, second, first.person)


def clashing(new: Override, overrides: Iterable[Override]) -> Override | None:
    """The first of ``overrides`` that stands in the way of another one set by hand."""
    return next((each for each in overrides if not each.imported and each.overlaps(new)), None)


def _to_swap(schedule: Schedule, overrides: Sequence[Override], at: datetime) -> Shift:
    shift = shift_at(schedule, overrides, at)
    if shift is None:
        raise SwapRefused(f"nobody is on duty at {at.astimezone(ZoneInfo(schedule.zone)):%Y-%m-%d %H:%M}")
    return shift


def _taken(key: str, shift: Shift, person: str) -> Override:
    return Override(schedule=key, person=person, starts_at=shift.starts_at, ends_at=shift.ends_at)


def _pieces(
    schedule: Schedule, overrides: Sequence[Override], start: datetime, end: datetime
) -> Iterator[tuple[datetime, datetime, Duty | None]]:
    """The time between two instants, cut where the duty changes, and nowhere else."""
    begins, until = utc(start), utc(end)
    if begins >= until:
        return
    near = [each for each in overrides if each.starts_at < until and begins < each.ends_at]
    duty = duty_at(schedule, near, begins)
    for edge in _edges(schedule, near, begins, until):
        following = duty_at(schedule, near, edge)
        if following != duty:
            yield begins, edge, duty
            begins, duty = edge, following
    yield begins, until, duty


def _edges(schedule: Schedule, overrides: Iterable[Override], start: datetime, end: datetime) -> Iterator[datetime]:
    """Every instant between two others at which the duty may change, in order."""
    zone = ZoneInfo(schedule.zone)
    given = sorted(utc(at) for each in overrides for at in (each.starts_at, each.ends_at))
    turns = [_hand_overs(rotation, start, end, zone) for rotation in schedule.rotations]
    hours = [_openings(rotation, start, end, zone) for rotation in schedule.rotations if rotation.hours]
    return (edge for edge in heapq.merge(given, *turns, *hours) if start < edge < end)


def _hand_overs(rotation: Rotation, start: datetime, end: datetime, zone: ZoneInfo) -> Iterator[datetime]:
    for turn in count(max(rotation.turn(start, zone), -1) + 1):
        begins = rotation.begins(turn, zone)
        if begins >= end:
            return
        yield begins


def _openings(rotation: Rotation, start: datetime, end: datetime, zone: ZoneInfo) -> Iterator[datetime]:
    for opens, closes in hours_of(rotation, zone.key).periods(start, end):
        yield opens
        yield closes
